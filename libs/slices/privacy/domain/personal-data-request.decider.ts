import type { Decider } from '@khamrap/kernel';
import type { PersonalDataRequestCommand } from './personal-data-request.commands';
import { decide } from './personal-data-request.decide';
import type { PersonalDataRequestEvent } from './personal-data-request.events';
import { evolve } from './personal-data-request.evolve';
import type { PersonalDataRequestState } from './personal-data-request.state';

/** The rules of a stream `personal-data-request-{id}`. */
export const personalDataRequestDecider: Decider<
  PersonalDataRequestState,
  PersonalDataRequestCommand,
  PersonalDataRequestEvent
> = {
  initialState: { status: 'notFiled' },
  decide,
  evolve,
};
