import type { PersonalDataRequestEvent } from './personal-data-request.events';
import type { FiledRequest, PersonalDataRequestState } from './personal-data-request.state';

/** Folds one event. It takes in what happened and judges nothing. */
export function evolve(state: PersonalDataRequestState, event: PersonalDataRequestEvent): PersonalDataRequestState {
  switch (event.type) {
    case 'PersonalDataRequestFiled': {
      const { kind, subject, filedBy, scope } = event.data;
      return { status: 'open', kind, subject, filedBy, scope };
    }
    case 'PersonalDataRequestFulfilled':
      return decided(state, 'fulfilled');
    case 'PersonalDataRequestRefused':
      return decided(state, 'refused');
    case 'PersonalDataErased':
      return state;
  }
}

function decided(state: PersonalDataRequestState, status: FiledRequest['status']): PersonalDataRequestState {
  return state.status === 'notFiled' ? state : { ...state, status };
}
