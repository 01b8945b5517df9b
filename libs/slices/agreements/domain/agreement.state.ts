import type { IsoDate, Provenance, Span } from '@khamrap/kernel';
import type {
  ActualReported,
  AgreementDrafted,
  AmendmentRequested,
  Assessor,
  CertificationStep,
  IndicatorAdded,
  Level,
  Side,
  TargetSet,
} from './agreement.events';

/**
 * What the rules need to know of an agreement, and no more: states are kept in memory by the thousand. Each status has
 * the fields that can exist in it, so a rule cannot ask a draft for its actuals.
 */
export type AgreementState = NotDrafted | DraftedAgreement;
export type DraftedAgreement = Draft | WithdrawnDraft | RunningAgreement;
/** Figures are reported against it. */
export type RunningAgreement = AgreementInEffect | UnsignedAgreement;

export interface NotDrafted {
  readonly status: 'notDrafted';
}

/** What the rules, and those who ask for leave to act, need of every agreement. */
interface Outline {
  /** Revision of the last event: what a proposal freezes. */
  readonly revision: number;
  readonly level: Level;
  readonly fiscalYear: number;
  /** ISO 3166-2, such as `TH-54`. */
  readonly province?: string;
  /** The days for which the parties undertake. */
  readonly period: Span;
  readonly parties: readonly Party[];
  readonly scheme?: Scheme;
}

/** Waits for its signatures. The terms stand here in full, because a signature names the hash of their text. */
export interface Draft extends Outline {
  readonly status: 'draft';
  readonly heading: Heading;
  readonly indicators: ReadonlyMap<string, DraftIndicator>;
  readonly negotiation: Negotiation;
  /** Signatures on the terms as they are now. */
  readonly signatures: readonly Signature[];
}

/** Given up before it took effect. */
export interface WithdrawnDraft extends Outline {
  readonly status: 'withdrawn';
  readonly indicators: ReadonlyMap<string, never>;
}

/** Signed by every maker and receiver: the terms are fixed, and their hash stands for them. `closed`: its year is over. */
export interface AgreementInEffect extends Outline, Progress {
  readonly status: 'inEffect' | 'closed';
  readonly termsHash: string;
  /** The revision at which they were frozen; absent where they were signed before terms had to be proposed. */
  readonly termsRevision?: number;
  readonly effectiveOn: IsoDate;
  readonly signatures: readonly Signature[];
  readonly amendments: ReadonlyMap<string, Amendment>;
  readonly rounds: ReadonlyMap<string, Round>;
  readonly appeals: ReadonlyMap<string, Appeal>;
  /** As what somebody has given scores, by pseudonym; absent while nobody has. */
  readonly assessors?: ReadonlyMap<string, Assessor>;
}

/** Known by announcement, or followed without an agreement at hand: nobody signs it here, and no round of it is closed. */
export interface UnsignedAgreement extends Outline, Progress {
  readonly status: 'announced' | 'monitored';
  /** Rounds of which a document states the result; absent where there is none. */
  readonly announcedRounds?: ReadonlySet<string>;
}

interface Progress {
  readonly indicators: ReadonlyMap<string, RunningIndicator>;
}

export type Heading = AgreementDrafted['data'];
export type IndicatorTerms = IndicatorAdded['data'];
export type TargetTerms = TargetSet['data'];
export type Scheme = NonNullable<Heading['scheme']>;

export interface Party {
  readonly side: Side;
  readonly officeId: string;
}

export interface Signature extends Party {
  readonly signedOn: IsoDate;
  /** Pseudonym of the signatory; absent where a paper or a certificate was brought in. */
  readonly signedBy?: string;
}

/** How far the parties are with the terms as they stand. */
export type Negotiation =
  | { readonly stage: 'open' }
  | {
      readonly stage: 'proposed';
      readonly termsRevision: number;
      readonly termsHash: string;
      /** The receivers that have accepted; with all of them the terms may be signed. */
      readonly acceptedBy: readonly string[];
    };

/** What the rules ask of an indicator in any status. */
export type IndicatorOutline = Pick<IndicatorTerms, 'displayNumber' | 'parentIndicatorId' | 'unit' | 'weight'> & {
  readonly leadOffice?: { readonly officeId: string };
};

/** What they ask of one that runs. */
export type RunningTerms = IndicatorOutline &
  Pick<IndicatorTerms, 'direction' | 'accumulation' | 'rounds'> & {
    /** The offices that report; several make a joint indicator. */
    readonly keepers: readonly string[];
    readonly supervisor?: { readonly officeId: string };
  };

export interface DraftIndicator {
  readonly terms: IndicatorTerms;
  /** By span key. */
  readonly targets: ReadonlyMap<string, TargetTerms>;
}

/** Actuals are nested here, so that one more costs a copy of this indicator's figures and of nothing else. */
export interface RunningIndicator {
  readonly terms: RunningTerms;
  /** The targets that stand, by span key. */
  readonly targets: ReadonlyMap<string, TargetTerms>;
  /** The figures that stand, by `figureKey`. */
  readonly figures: ReadonlyMap<string, ReportedFigure>;
  /** Every weight in the order of the approvals, the one first agreed on first; absent where none was amended. */
  readonly weights?: readonly { readonly weight: string; readonly effectiveFrom?: IsoDate }[];
  /** The round from which on it no longer counts. */
  readonly cancelledFromRound?: string;
  readonly exemptRounds: ReadonlySet<string>;
  /** Scores by an evaluator, by round: what a judged indicator is scored with. */
  readonly evaluatedScores: ReadonlyMap<string, string>;
}

/** What stands for an indicator, a span and, where it is joint, a keeper: all that was said, but for what is private. */
export interface ReportedFigure extends Omit<
  ActualReported['data'],
  'indicatorId' | 'reportedBy' | 'note' | 'preparedBy'
> {
  /** Whose figure it is: pseudonyms of who reported it and who corrected it since; nobody's where it was transcribed. */
  readonly authors: readonly string[];
  /** The steps that are done, with who did them; none while it is returned. */
  readonly certification: readonly { readonly step: CertificationStep; readonly by: string }[];
  /** The step that gave it back, until the keeper corrects it or stands by it. */
  readonly returnedAt?: CertificationStep;
  readonly provenance: Provenance['kind'];
}

export interface Amendment {
  readonly status: 'requested' | 'approved' | 'rejected';
  readonly request: AmendmentRequested['data'];
  /** Receivers that have approved. */
  readonly approvedBy: readonly string[];
}

export interface Round {
  /** How often it was closed. */
  readonly revision: number;
  /** Who closed it and when, while it is closed. */
  readonly closed?: { readonly by: string; readonly on: IsoDate; readonly span: string };
  readonly isAnnounced: boolean;
}

export interface Appeal {
  readonly round: string;
  /** Absent where the appeal is against the result as a whole. */
  readonly indicatorId?: string;
  readonly officeId: string;
  readonly filedBy: string;
  readonly isDecided: boolean;
}

/** The indicators of an agreement in any status, by indicator id. */
export type Indicators = ReadonlyMap<string, { readonly terms: IndicatorOutline }>;

/** The key of a figure among those of its indicator. */
export function figureKey({
  span,
  officeId,
}: {
  readonly span: string;
  readonly officeId?: string | undefined;
}): string {
  return officeId === undefined ? span : `${span} ${officeId}`;
}
