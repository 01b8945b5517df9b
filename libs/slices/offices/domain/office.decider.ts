import type { Decider } from '@khamrap/kernel';
import type { OfficeCommand } from './office.commands';
import { decide } from './office.decide';
import type { OfficeEvent } from './office.events';
import { evolve } from './office.evolve';
import type { OfficeState } from './office.state';

/** The rules of a stream `office-{id}`. */
export const officeDecider: Decider<OfficeState, OfficeCommand, OfficeEvent> = {
  initialState: { status: 'notRegistered' },
  decide,
  evolve,
};
