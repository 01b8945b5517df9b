import type { AwardCorrected, AwardEvent } from './award.events';
import type { AwardState, AwardStatement } from './award.state';

/** Folds one event. It takes in what happened and judges nothing. */
export function evolve(state: AwardState, event: AwardEvent): AwardState {
  switch (event.type) {
    case 'AwardGranted':
      return { status: 'stands', statement: { kind: 'granted', data: event.data } };
    case 'AwardsAnnounced':
      return { status: 'stands', statement: { kind: 'announced', data: event.data } };
    case 'AwardCorrected': {
      const statement = correctedStatement(event.data);
      return state.status === 'notRecorded' || !statement ? state : { ...state, statement };
    }
    case 'AwardRevoked':
      return state.status === 'notRecorded' ? state : { ...state, status: 'revoked' };
  }
}

/** The statement that a correction puts in place of the one before. */
export function correctedStatement({ granted, announced }: AwardCorrected['data']): AwardStatement | undefined {
  if (granted) return { kind: 'granted', data: granted };
  return announced && { kind: 'announced', data: announced };
}
