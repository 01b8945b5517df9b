/** The door for other slices: what the events say. Types only, so nothing of this slice runs elsewhere. */
export type {
  PersonalDataErased,
  PersonalDataRequestEvent,
  PersonalDataRequestFiled,
  PersonalDataRequestFulfilled,
  PersonalDataRequestRefused,
} from './domain/personal-data-request.events';
export type { RetentionApplied } from './domain/retention.events';
