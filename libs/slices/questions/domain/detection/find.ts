import { holds } from '../rules/rules-in-force';
import type { Around } from './around';
import { findInFigure } from './find-in-figures';
import { findInApproval, findInCertification, findInClosing, findInReopening } from './find-in-rounds';
import { findInEffect, findInEffectiveDay, findInSignature } from './find-in-signing';
import { findInTarget, findInWeight } from './find-in-targets';
import { watchOfCell, watchOfSignatures, watchOfTarget, type Finding, type Touch } from './finding';
import type { AgreementMemory, RememberedEvent, ToldEvent } from './memory';

type Heard = Exclude<RememberedEvent, { type: 'AgreementDrafted' }>;

/** What an event of an agreement gives to ask, before it is taken in, by whatever rule. */
export function findInAgreement(memory: AgreementMemory, told: ToldEvent<Heard>, around: Around): Finding[] {
  const { event } = told;
  switch (event.type) {
    case 'AgreementSigned':
      return findInSignature(memory, { ...told, event }, around.office(event.data.officeId));
    case 'AgreementTookEffect':
      return findInEffect(memory, { ...told, event });
    case 'AmendmentApproved':
      return findInApproval(memory, { ...told, event });
    case 'TargetAmended':
      return [...findInTarget(memory, { ...told, event }), ...findInEffectiveDay(memory, { ...told, event })];
    case 'WeightAmended':
      return [...findInWeight(memory, { ...told, event }), ...findInEffectiveDay(memory, { ...told, event })];
    case 'ActualReported':
    case 'ActualCorrected':
      return findInFigure(memory, { ...told, event }, around);
    case 'ActualCertified':
      return findInCertification(memory, { ...told, event });
    case 'EvaluationRoundClosed':
      return findInClosing(memory, { ...told, event });
    case 'EvaluationRoundReopened':
      return findInReopening(memory, { ...told, event }, around);
    case 'IndicatorAdded':
    case 'IndicatorRevised':
    case 'IndicatorRemoved':
    case 'TargetSet':
    case 'SignaturesVoided':
    case 'AmendmentRequested':
      return [];
  }
}

/** The findings that put a question by the rules in force. */
export function raisedOf(findings: readonly Finding[], { rules }: Around['rules']): Finding[] {
  return findings.filter(({ rule, measures }) => holds(rule, rules[rule], measures));
}

/** What an event of an agreement changes for questions that were raised before. */
export function touchedByAgreement({ agreementId }: AgreementMemory, { event }: ToldEvent<Heard>): Touch[] {
  if (event.type === 'ActualCorrected') {
    const { indicatorId, span, officeId } = event.data;
    return [{ watch: watchOfCell(agreementId, indicatorId, span, officeId) }];
  }
  if (event.type === 'TargetAmended')
    return [{ watch: watchOfTarget(agreementId, event.data.indicatorId, event.data.span) }];
  return event.type === 'SignaturesVoided' ? [{ watch: watchOfSignatures(agreementId) }] : [];
}
