import type { AwardGranted, AwardsAnnounced } from './award.events';

/** What is stated of one award, or of a number of them. */
export type AwardStatement =
  | { readonly kind: 'granted'; readonly data: AwardGranted['data'] }
  | { readonly kind: 'announced'; readonly data: AwardsAnnounced['data'] };

/** An award as it was last stated. Who said what before is for the views. */
export interface RecordedAward {
  readonly status: 'stands' | 'revoked';
  readonly statement: AwardStatement;
}

/** What the rules need to know of an award. */
export type AwardState = { readonly status: 'notRecorded' } | RecordedAward;
