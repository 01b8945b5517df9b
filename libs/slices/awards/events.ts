/** The door for other slices: what an award's events say. Types only, so nothing of this slice runs elsewhere. */
export type { AwardEvent, AwardForm, AwardGranted, AwardsAnnounced } from './domain/award.events';
