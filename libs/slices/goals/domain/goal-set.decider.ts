import type { Decider } from '@khamrap/kernel';
import type { GoalSetCommand } from './goal-set.commands';
import { decide } from './goal-set.decide';
import type { GoalSetEvent } from './goal-set.events';
import { evolve } from './goal-set.evolve';
import type { GoalSetState } from './goal-set.state';

/** The rules of a stream `goal-set-{id}`. */
export const goalSetDecider: Decider<GoalSetState, GoalSetCommand, GoalSetEvent> = {
  initialState: { status: 'notPublished' },
  decide,
  evolve,
};
