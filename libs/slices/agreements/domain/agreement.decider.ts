import type { Decider } from '@khamrap/kernel';
import type { AgreementCommand } from './agreement.commands';
import { decide } from './agreement.decide';
import type { AgreementEvent } from './agreement.events';
import { evolve } from './agreement.evolve';
import type { AgreementState } from './agreement.state';

/** The rules of a stream `agreement-{id}`. */
export const agreementDecider: Decider<AgreementState, AgreementCommand, AgreementEvent> = {
  initialState: { status: 'notDrafted' },
  decide,
  evolve,
};
