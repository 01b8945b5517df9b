import type { IsoDate, NotStated, Provenance, ScoringRule, Span } from '@khamrap/kernel';
import type {
  ActualCertified,
  ActualCorrected,
  ActualExamined,
  ActualReported,
  ActualReturned,
  AgreementDrafted,
  AgreementSigned,
  AgreementWithdrawn,
  AmendmentApproved,
  AmendmentRejected,
  AmendmentRequested,
  AppealDecided,
  AppealFiled,
  EvaluationRoundReopened,
  ExemptionGranted,
  IndicatorAdded,
  IndicatorRemoved,
  IndicatorRevised,
  ResultAnnounced,
  ScoreDetermined,
  TargetSet,
  TermsAccepted,
  TermsProposed,
  TermsReturned,
} from './agreement.events';

/**
 * Intentions, as plain data. Where the event says what the command asks for, the command speaks in the event's own
 * fields. What a rule needs besides comes along: where the statement is from, which day it is, who asks (by pseudonym), and
 * the facts of other streams.
 */
export type AgreementCommand =
  | DraftAgreement
  | AddIndicator
  | ReviseIndicator
  | RemoveIndicator
  | SetTarget
  | ProposeTerms
  | ReturnTerms
  | AcceptTerms
  | SignAgreement
  | WithdrawAgreement
  | RequestAmendment
  | ApproveAmendment
  | RejectAmendment
  | ReportActual
  | CorrectActual
  | CertifyActual
  | ReturnActual
  | ExamineActual
  | GrantExemption
  | CloseEvaluationRound
  | ReopenEvaluationRound
  | DetermineScore
  | AnnounceResult
  | FileAppeal
  | DecideAppeal
  | CloseAgreement;

/** The day in Bangkok on which the command is decided. */
interface Dated {
  readonly decidedOn: IsoDate;
}

/** Begins an agreement, also anew after one was withdrawn. Without a period it runs for the fiscal year. */
export interface DraftAgreement {
  readonly type: 'DraftAgreement';
  readonly data: Omit<AgreementDrafted['data'], 'period'> & { readonly period?: Span };
  readonly provenance: Provenance;
  /** Indicators to begin with, parents first: of another year's agreement, or one for each goal of a goal set. */
  readonly indicators?: readonly IndicatorAdded['data'][];
}

/** Adds an indicator to the terms. */
export interface AddIndicator {
  readonly type: 'AddIndicator';
  readonly data: IndicatorAdded['data'];
  readonly provenance: Provenance;
  /** Rounds of the calendar, where the agreement has agreed on one. */
  readonly calendar?: readonly CalendarRound[];
}

/** States all terms of an indicator anew. */
export interface ReviseIndicator {
  readonly type: 'ReviseIndicator';
  readonly data: IndicatorRevised['data'];
  readonly provenance: Provenance;
  /** Rounds of the calendar, where the agreement has agreed on one. */
  readonly calendar?: readonly CalendarRound[];
}

/** Takes an indicator out of the terms. */
export interface RemoveIndicator {
  readonly type: 'RemoveIndicator';
  readonly data: IndicatorRemoved['data'];
  readonly provenance: Provenance;
}

/** States the target of an indicator for a span; in a draft it may be stated anew. */
export interface SetTarget {
  readonly type: 'SetTarget';
  readonly data: WithSpan<TargetSet['data']>;
  readonly provenance: Provenance;
}

/** Freezes the terms and puts them to the receivers. */
export interface ProposeTerms {
  readonly type: 'ProposeTerms';
  readonly data: Pick<TermsProposed['data'], 'officeId' | 'note'>;
  /** Rounds of the calendar, where the agreement has agreed on one. */
  readonly calendar?: readonly CalendarRound[];
}

/** Gives the proposed terms back, with comments. */
export interface ReturnTerms {
  readonly type: 'ReturnTerms';
  readonly data: TermsReturned['data'];
}

/** Agrees to the proposed terms for a receiver. */
export interface AcceptTerms {
  readonly type: 'AcceptTerms';
  readonly data: TermsAccepted['data'];
}

/** Signs the accepted terms for an office, on one side. */
export interface SignAgreement extends Dated {
  readonly type: 'SignAgreement';
  readonly data: Omit<
    AgreementSigned['data'],
    'capture' | 'scanSha256' | 'signedOn' | 'certificate' | 'termsRevision' | 'signedBy'
  > & {
    readonly termsRevision: number;
    /** A click signs today; a paper or a certificate was signed on the day that it bears. */
    readonly capture:
      | { readonly kind: 'click' }
      | { readonly kind: 'paper'; readonly scanSha256: string; readonly signedOn: IsoDate }
      | {
          readonly kind: 'certificate';
          readonly documentSha256: string;
          readonly certificateSha256: string;
          readonly signedOn: IsoDate;
        };
  };
  /** Pseudonym of the one who clicks, or who brings the paper in. */
  readonly actorId: string;
}

/** Gives a draft up. */
export interface WithdrawAgreement {
  readonly type: 'WithdrawAgreement';
  readonly data: AgreementWithdrawn['data'];
}

/** Asks for a change of terms in effect. */
export interface RequestAmendment extends Dated {
  readonly type: 'RequestAmendment';
  readonly data: Omit<AmendmentRequested['data'], 'requestedOn'>;
  /** The last day on which the calendar takes requests; absent where no calendar is agreed on. */
  readonly cutOffOn?: IsoDate;
  /** Rounds of the calendar, in their order. */
  readonly rounds?: readonly CalendarRound[];
}

export interface ApproveAmendment {
  readonly type: 'ApproveAmendment';
  readonly data: AmendmentApproved['data'];
}

export interface RejectAmendment {
  readonly type: 'RejectAmendment';
  readonly data: AmendmentRejected['data'];
}

/** Reports what was achieved in a span, once; what was reported wrongly is corrected, not reported again. */
export interface ReportActual extends Dated {
  readonly type: 'ReportActual';
  readonly data: WithSpan<Omit<ActualReported['data'], 'reportedBy'>>;
  readonly provenance: Provenance;
  readonly actorId: string;
}

/** Puts another figure in the place of one that was reported. */
export interface CorrectActual extends Dated {
  readonly type: 'CorrectActual';
  readonly data: ActualCorrected['data'];
  readonly provenance: Provenance;
}

/** Does one step of certification. */
export interface CertifyActual {
  readonly type: 'CertifyActual';
  readonly data: ActualCertified['data'];
}

/** Gives a figure back to its keeper. */
export interface ReturnActual {
  readonly type: 'ReturnActual';
  readonly data: ActualReturned['data'];
}

/** Notes what an inspector found of a figure. */
export interface ExamineActual {
  readonly type: 'ExamineActual';
  readonly data: ActualExamined['data'];
  /** The inspection round that it names, by its own stream; undefined where there is none. */
  readonly inspection: InspectionFact | undefined;
}

/** What an examination rests on: a round of the inspections, as it is now. */
export interface InspectionFact {
  readonly isOpen: boolean;
  /** What it inspects: provinces, and offices that it names. */
  readonly provinces: readonly string[];
  readonly officeIds: readonly string[];
  /** Pseudonyms of those who inspect in it. */
  readonly inspectors: readonly string[];
}

/** Lets an indicator out of one round. */
export interface GrantExemption {
  readonly type: 'GrantExemption';
  readonly data: ExemptionGranted['data'];
  /** Rounds of the calendar, in their order. */
  readonly rounds: readonly CalendarRound[];
}

/** A round as the reporting calendar has it. */
export interface CalendarRound {
  readonly round: string;
  readonly span: Span;
}

/** Closes a round and scores it by the published rules. */
export interface CloseEvaluationRound extends Dated {
  readonly type: 'CloseEvaluationRound';
  readonly data: { readonly round: string; readonly closedBy: string; readonly officeId?: string };
  /** Absent where the agreement names no scheme: then nothing can be closed. */
  readonly rule?: ScoringRule;
  /** Rounds of the calendar, in their order. */
  readonly rounds: readonly CalendarRound[];
  readonly bands?: {
    readonly bandsVersion: number;
    readonly bands: readonly { readonly code: string; readonly from: string }[];
  };
}

export interface ReopenEvaluationRound {
  readonly type: 'ReopenEvaluationRound';
  readonly data: Omit<EvaluationRoundReopened['data'], 'revision'>;
}

/** Notes the score that somebody gave. */
export interface DetermineScore {
  readonly type: 'DetermineScore';
  readonly data: ScoreDetermined['data'];
  /** Absent where the agreement names no scheme: then nothing can be scored. */
  readonly bounds?: ScoreBounds;
  readonly rounds: readonly CalendarRound[];
}

export interface AnnounceResult extends Dated {
  readonly type: 'AnnounceResult';
  readonly data: ResultAnnounced['data'];
  readonly provenance: Provenance;
}

export interface FileAppeal {
  readonly type: 'FileAppeal';
  readonly data: AppealFiled['data'];
}

export interface DecideAppeal {
  readonly type: 'DecideAppeal';
  readonly data: AppealDecided['data'];
  /** The office for which the one who decides acts, where it is one. */
  readonly officeId?: string;
  /** Needed where a score follows. */
  readonly bounds?: ScoreBounds;
}

/** The least and the most that the rule allows. */
export interface ScoreBounds {
  readonly least: string;
  readonly most: string;
}

/** Ends the year of an agreement whose rounds are all closed. */
export interface CloseAgreement extends Dated {
  readonly type: 'CloseAgreement';
  readonly data: { readonly closedBy: string };
  readonly rounds: readonly CalendarRound[];
}

/** The same fields with the span itself in place of its key. */
type WithSpan<Data> = Omit<Data, 'span'> & { readonly span: Span | NotStated };
