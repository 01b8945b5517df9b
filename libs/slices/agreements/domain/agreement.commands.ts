import type { IsoDate, NotStated, Provenance, Span } from '@khamrap/kernel';
import type { ActualReported, AgreementDrafted, AgreementSigned, IndicatorAdded, TargetSet } from './agreement.events';

/**
 * Intentions, as plain data. Where the event says what the command asks for, the command speaks in the event's own
 * fields. What a rule needs besides comes along: where the statement is from, and which day it is.
 */
export type AgreementCommand = DraftAgreement | AddIndicator | SetTarget | SignAgreement | ReportActual;

/** Begins an agreement. Without a period it runs for the fiscal year. */
export interface DraftAgreement {
  readonly type: 'DraftAgreement';
  readonly data: Omit<AgreementDrafted['data'], 'period'> & { readonly period?: Span };
  readonly provenance: Provenance;
}

/** Adds an indicator to the terms. */
export interface AddIndicator {
  readonly type: 'AddIndicator';
  readonly data: IndicatorAdded['data'];
  readonly provenance: Provenance;
}

/** States the target of an indicator for a span; in a draft it may be stated anew. */
export interface SetTarget {
  readonly type: 'SetTarget';
  readonly data: WithSpan<TargetSet['data']>;
  readonly provenance: Provenance;
}

/** Signs the terms for an office, on one side. */
export interface SignAgreement {
  readonly type: 'SignAgreement';
  readonly data: Omit<AgreementSigned['data'], 'capture' | 'scanSha256' | 'signedOn'> & {
    /** A click signs today; a paper was signed on the day that it bears. */
    readonly capture:
      { readonly kind: 'click' } | { readonly kind: 'paper'; readonly scanSha256: string; readonly signedOn: IsoDate };
  };
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}

/** Reports what was achieved in a span, once; what was reported wrongly is corrected, not reported again. */
export interface ReportActual {
  readonly type: 'ReportActual';
  readonly data: WithSpan<ActualReported['data']>;
  readonly provenance: Provenance;
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}

/** The same fields with the span itself in place of its key. */
type WithSpan<Data> = Omit<Data, 'span'> & { readonly span: Span | NotStated };
