import type { Narration } from '@khamrap/audit/events';
import type {
  ActualCertified,
  ActualExamined,
  ActualReturned,
  AgreementClosed,
  AgreementDrafted,
  AgreementEvent,
  AgreementSigned,
  AgreementTookEffect,
  AgreementWithdrawn,
  AmendmentApproved,
  AmendmentRejected,
  AmendmentRequested,
  AppealDecided,
  AppealFiled,
  EvaluationRoundClosed,
  EvaluationRoundReopened,
  ExemptionGranted,
  IndicatorAdded,
  IndicatorCancelled,
  ResultAnnounced,
  ScoreDetermined,
  TermsAccepted,
  TermsProposed,
  TermsReturned,
  WeightAmended,
} from '../domain/agreement.events';
import type { ToldFigure, ToldTarget } from './amounts';

/** A figure that stands, with what was said of it since; the figure itself may not be told. */
export interface FigureTold {
  readonly figure?: ToldFigure;
  /** By step. */
  readonly certified: ReadonlyMap<string, ActualCertified['data']>;
  readonly returned?: ActualReturned['data'];
  /** By inspection round. */
  readonly examined: ReadonlyMap<string, ActualExamined['data']>;
}

/** An indicator, as far as somebody was told of it: the terms may be missing, and what was said of it be there. */
export interface IndicatorTold {
  readonly indicatorId: string;
  readonly terms?: IndicatorAdded['data'];
  /** By span: as set, or as amended since. */
  readonly targets: ReadonlyMap<string, ToldTarget>;
  readonly weight?: WeightAmended['data'];
  readonly cancelled?: IndicatorCancelled['data'];
  /** By evaluation round. */
  readonly exemptions: ReadonlyMap<string, ExemptionGranted['data']>;
  /** By span and keeper. */
  readonly figures: ReadonlyMap<string, FigureTold>;
}

/** An evaluation round: what it came to stays as it was last closed, until it is closed again. */
export interface RoundTold {
  readonly round: string;
  readonly closed?: EvaluationRoundClosed['data'];
  readonly reopened?: EvaluationRoundReopened['data'];
  /** By assessor and, where it is of one, indicator. */
  readonly scores: ReadonlyMap<string, ScoreDetermined['data']>;
  readonly result?: ResultAnnounced['data'];
}

export interface AmendmentTold {
  readonly requested?: AmendmentRequested['data'];
  /** By office. */
  readonly approved: ReadonlyMap<string, AmendmentApproved['data']>;
  readonly rejected?: AmendmentRejected['data'];
}

export interface AppealTold {
  readonly filed?: AppealFiled['data'];
  readonly decided?: AppealDecided['data'];
}

/** What somebody was told of an agreement. Parts that nothing happened to stay the same objects. */
export interface ToldAgreement {
  readonly heading?: AgreementDrafted['data'];
  readonly withdrawn?: AgreementWithdrawn['data'];
  readonly proposed?: TermsProposed['data'];
  readonly returned?: TermsReturned['data'];
  /** By office. */
  readonly accepted: ReadonlyMap<string, TermsAccepted['data']>;
  /** By side and office. */
  readonly signed: ReadonlyMap<string, AgreementSigned['data']>;
  readonly effect?: AgreementTookEffect['data'];
  readonly closed?: AgreementClosed['data'];
  /** In the order of their numbers. */
  readonly indicators: ReadonlyMap<string, IndicatorTold>;
  readonly rounds: ReadonlyMap<string, RoundTold>;
  readonly amendments: ReadonlyMap<string, AmendmentTold>;
  readonly appeals: ReadonlyMap<string, AppealTold>;
}

/** Before anything was told. */
export const NOTHING_TOLD: ToldAgreement = {
  accepted: new Map(),
  signed: new Map(),
  indicators: new Map(),
  rounds: new Map(),
  amendments: new Map(),
  appeals: new Map(),
};

/** How some of the events of an agreement are told. */
export type Tells<Type extends AgreementEvent['type']> = Pick<Narration<ToldAgreement, AgreementEvent>['tells'], Type>;
