import { eventVersions, type EventDeclaration } from '@khamrap/kernel';
import * as actuals from './figures/actuals.events';
import * as amendments from './amendments/amendments.events';
import * as rounds from './rounds/rounds.events';
import * as signing from './signing/signing.events';
import * as terms from './terms/terms.events';

/** Everything that can have happened in a stream `agreement-{id}`. */
export type AgreementEvent =
  | terms.AgreementDrafted
  | terms.IndicatorAdded
  | terms.IndicatorRevised
  | terms.IndicatorRemoved
  | terms.TargetSet
  | signing.TermsProposed
  | signing.TermsReturned
  | signing.TermsAccepted
  | signing.AgreementSigned
  | signing.SignaturesVoided
  | signing.AgreementTookEffect
  | signing.AgreementWithdrawn
  | amendments.AmendmentRequested
  | amendments.AmendmentApproved
  | amendments.AmendmentRejected
  | amendments.TargetAmended
  | amendments.WeightAmended
  | amendments.IndicatorCancelled
  | actuals.ActualReported
  | actuals.ActualCorrected
  | actuals.ActualCertified
  | actuals.ActualReturned
  | actuals.ActualExamined
  | actuals.ExemptionGranted
  | rounds.EvaluationRoundClosed
  | rounds.EvaluationRoundReopened
  | rounds.ScoreDetermined
  | rounds.ResultAnnounced
  | rounds.AppealFiled
  | rounds.AppealDecided
  | rounds.AgreementClosed;

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const agreementEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(terms.agreementDraftedV1, terms.agreementDrafted),
  eventVersions(terms.indicatorAddedV1, terms.indicatorAdded),
  eventVersions(terms.indicatorRevised),
  eventVersions(terms.indicatorRemoved),
  eventVersions(terms.targetSetV1, terms.targetSet),
  eventVersions(signing.termsProposed),
  eventVersions(signing.termsReturned),
  eventVersions(signing.termsAccepted),
  eventVersions(signing.agreementSignedV1, signing.agreementSigned),
  eventVersions(signing.signaturesVoided),
  eventVersions(signing.agreementTookEffect),
  eventVersions(signing.agreementWithdrawn),
  eventVersions(amendments.amendmentRequested),
  eventVersions(amendments.amendmentApproved),
  eventVersions(amendments.amendmentRejected),
  eventVersions(amendments.targetAmended),
  eventVersions(amendments.weightAmended),
  eventVersions(amendments.indicatorCancelled),
  {
    versions: [actuals.actualReportedV1, actuals.actualReported],
    upcasters: [actuals.actualReportedFromV1],
  },
  eventVersions(actuals.actualCorrected),
  eventVersions(actuals.actualCertified),
  eventVersions(actuals.actualReturned),
  eventVersions(actuals.actualExamined),
  eventVersions(actuals.exemptionGranted),
  eventVersions(rounds.evaluationRoundClosed),
  eventVersions(rounds.evaluationRoundReopened),
  eventVersions(rounds.scoreDetermined),
  eventVersions(rounds.resultAnnounced),
  eventVersions(rounds.appealFiled),
  eventVersions(rounds.appealDecided),
  eventVersions(rounds.agreementClosed),
];

export type {
  ActualCertified,
  ActualCorrected,
  ActualExamined,
  ActualReported,
  ActualReturned,
  ExemptionGranted,
} from './figures/actuals.events';
export type {
  AmendmentApproved,
  AmendmentRejected,
  AmendmentRequested,
  IndicatorCancelled,
  TargetAmended,
  WeightAmended,
} from './amendments/amendments.events';
export type {
  AgreementClosed,
  AppealDecided,
  AppealFiled,
  EvaluationRoundClosed,
  EvaluationRoundReopened,
  ResultAnnounced,
  ScoreDetermined,
} from './rounds/rounds.events';
export type {
  AgreementSigned,
  AgreementTookEffect,
  AgreementWithdrawn,
  SignaturesVoided,
  TermsAccepted,
  TermsProposed,
  TermsReturned,
} from './signing/signing.events';
export type {
  AgreementDrafted,
  IndicatorAdded,
  IndicatorRemoved,
  IndicatorRevised,
  TargetSet,
} from './terms/terms.events';
export * from './agreement.vocabulary';
