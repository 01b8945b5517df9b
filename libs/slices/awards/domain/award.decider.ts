import type { Decider } from '@khamrap/kernel';
import type { AwardCommand } from './award.commands';
import { decide } from './award.decide';
import type { AwardEvent } from './award.events';
import { evolve } from './award.evolve';
import type { AwardState } from './award.state';

/** The rules of a stream `award-{id}`. */
export const awardDecider: Decider<AwardState, AwardCommand, AwardEvent> = {
  initialState: { status: 'notRecorded' },
  decide,
  evolve,
};
