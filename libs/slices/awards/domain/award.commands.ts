import type { IsoDate, NotStated, Provenance } from '@khamrap/kernel';
import type { AwardGranted, AwardRevoked, AwardsAnnounced, NamedRecipients } from './award.events';

export type AwardCommand = AwardStatementCommand | CorrectAward | RevokeAward;

/** The commands that begin the stream of an award. */
export type AwardStatementCommand = GrantAward | AnnounceAwards;

/** Records an award whose recipients are known by name. */
export interface GrantAward {
  readonly type: 'GrantAward';
  readonly data: WithYear<AwardGranted['data']>;
  readonly provenance: Provenance;
  readonly facts?: FactsOfOthers;
}

/** Records that a number of awards was announced, where the document does not say whose they are. */
export interface AnnounceAwards {
  readonly type: 'AnnounceAwards';
  readonly data: Omit<WithYear<AwardsAnnounced['data']>, 'recipients'> & { readonly recipients?: NamedRecipients };
  readonly provenance: Provenance;
}

/** States an award, or a number of awards, anew and as a whole. */
export interface CorrectAward {
  readonly type: 'CorrectAward';
  readonly awardId: string;
  readonly statement: StatementToRecord;
  readonly reason: string;
  readonly provenance: Provenance;
  readonly facts?: FactsOfOthers;
}

/** Takes back an award, or all that were announced together. */
export interface RevokeAward {
  readonly type: 'RevokeAward';
  readonly data: AwardRevoked['data'];
  /** Today in Bangkok. */
  readonly decidedOn: IsoDate;
  readonly provenance: Provenance;
}

/** What a command states, of either kind. */
export type StatementToRecord =
  | { readonly kind: 'granted'; readonly data: GrantAward['data'] }
  | { readonly kind: 'announced'; readonly data: AnnounceAwards['data'] };

/** What other streams say about that which an award names. */
export interface FactsOfOthers {
  /** Whether what the award is `partOf` is an announcement that stands. */
  readonly isAnnounced?: boolean;
  /** Whether there is such an agreement. */
  readonly isAgreementKnown?: boolean;
}

/** The same fields with the year as a number of the Buddhist Era. */
type WithYear<Data> = Omit<Data, 'awardYear'> & { readonly awardYear: number | NotStated };
