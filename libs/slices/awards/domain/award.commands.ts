import type { NotStated, Provenance } from '@khamrap/kernel';
import type { AwardGranted, AwardsAnnounced } from './award.events';

export type AwardCommand = GrantAward | AnnounceAwards;

/** Records an award whose recipients are known by name. */
export interface GrantAward {
  readonly type: 'GrantAward';
  readonly data: WithYear<AwardGranted['data']>;
  readonly provenance: Provenance;
}

/** Records that a number of awards was announced, where the document does not say whose they are. */
export interface AnnounceAwards {
  readonly type: 'AnnounceAwards';
  readonly data: Omit<WithYear<AwardsAnnounced['data']>, 'recipients'>;
  readonly provenance: Provenance;
}

/** The same fields with the year as a number of the Buddhist Era. */
type WithYear<Data> = Omit<Data, 'awardYear'> & { readonly awardYear: number | NotStated };
