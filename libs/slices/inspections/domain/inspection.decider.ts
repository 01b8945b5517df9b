import type { Decider } from '@khamrap/kernel';
import type { InspectionCommand } from './inspection.commands';
import { decide } from './inspection.decide';
import type { InspectionEvent } from './inspection.events';
import { evolve } from './inspection.evolve';
import type { InspectionState } from './inspection.state';

/** The rules of a stream `inspection-{roundId}`. */
export const inspectionDecider: Decider<InspectionState, InspectionCommand, InspectionEvent> = {
  initialState: { status: 'notOpened' },
  decide,
  evolve,
};
