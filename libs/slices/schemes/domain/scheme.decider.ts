import type { Decider } from '@khamrap/kernel';
import type { SchemeCommand } from './scheme.commands';
import { decide } from './scheme.decide';
import type { SchemeEvent } from './scheme.events';
import { evolve } from './scheme.evolve';
import type { SchemeState } from './scheme.state';

/** The rules of a stream `scheme-{id}`. */
export const schemeDecider: Decider<SchemeState, SchemeCommand, SchemeEvent> = {
  initialState: { status: 'notPublished' },
  decide,
  evolve,
};
