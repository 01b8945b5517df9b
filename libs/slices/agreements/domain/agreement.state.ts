import type { IsoDate, Span } from '@khamrap/kernel';
import type { AgreementDrafted, IndicatorAdded, Side, TargetSet } from './agreement.events';

/**
 * What the rules need to know of an agreement, and no more: states are kept in memory by the thousand. Each status has
 * the fields that can exist in it, so a rule cannot ask a draft for its actuals.
 */
export type AgreementState = NotDrafted | DraftedAgreement;
export type DraftedAgreement = Draft | AgreementInEffect | UnsignedAgreement;

export interface NotDrafted {
  readonly status: 'notDrafted';
}

/** What the rules, and those who ask for leave to act, need of every agreement. */
interface Outline {
  /** ISO 3166-2. */
  readonly province?: string;
  /** The days for which the parties undertake. */
  readonly period: Span;
  readonly parties: readonly Party[];
}

/** Waits for its signatures. The terms stand here in full, because a signature names the hash of their text. */
export interface Draft extends Outline {
  readonly status: 'draft';
  readonly heading: Heading;
  readonly indicators: ReadonlyMap<string, DraftIndicator>;
  /** Signatures on the terms as they are now. */
  readonly signatures: readonly Signature[];
}

/** Signed by every maker and receiver: the terms are fixed, and their hash stands for them. */
export interface AgreementInEffect extends Outline {
  readonly status: 'inEffect';
  readonly termsHash: string;
  readonly signatures: readonly Signature[];
  readonly indicators: ReadonlyMap<string, RunningIndicator>;
}

/** Known by announcement, or followed without an agreement at hand: nobody signs it here. */
export interface UnsignedAgreement extends Outline {
  readonly status: 'announced' | 'monitored';
  readonly indicators: ReadonlyMap<string, RunningIndicator>;
}

export type Heading = AgreementDrafted['data'];
export type IndicatorTerms = IndicatorAdded['data'];
export type TargetTerms = TargetSet['data'];

export interface Party {
  readonly side: Side;
  readonly officeId: string;
}

export interface Signature extends Party {
  readonly signedOn: IsoDate;
}

/** What the rules ask of an indicator in any status. */
export type IndicatorOutline = Pick<IndicatorTerms, 'displayNumber' | 'parentIndicatorId' | 'unit' | 'weight'> & {
  readonly leadOffice?: { readonly officeId: string };
};

export interface DraftIndicator {
  readonly terms: IndicatorTerms;
  /** By span key. */
  readonly targets: ReadonlyMap<string, TargetTerms>;
}

/** Actuals are nested here, so that one more costs a copy of this indicator's span keys and of nothing else. */
export interface RunningIndicator {
  readonly terms: IndicatorOutline;
  /** Keys of the spans that have a target. */
  readonly targetSpans: ReadonlySet<string>;
  /** Keys of the spans for which an actual was reported. */
  readonly reportedSpans: ReadonlySet<string>;
}

/** The indicators of an agreement in any status, by indicator id. */
export type Indicators = ReadonlyMap<string, { readonly terms: IndicatorOutline }>;
