/** The door for other slices: what an award's events say. Types only, so nothing of this slice runs elsewhere. */
export type {
  AwardCorrected,
  AwardEvent,
  AwardForm,
  AwardGranted,
  AwardRevoked,
  AwardsAnnounced,
  BasisAgreement,
  NamedRecipients,
} from './domain/award.events';
