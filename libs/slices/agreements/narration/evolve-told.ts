import type {
  ActualCertified,
  ActualCorrected,
  ActualExamined,
  ActualReported,
  ActualReturned,
  AgreementEvent,
} from '../domain/agreement.events';
import { figureKey } from '../domain/agreement.state';
import { withEntry, withoutEntry } from '../domain/evolving';
import { compareDisplayNumbers } from '../domain/terms/display-number';
import type { ToldFigure } from './amounts';
import {
  NOTHING_TOLD,
  type AmendmentTold,
  type AppealTold,
  type FigureTold,
  type IndicatorTold,
  type RoundTold,
  type ToldAgreement,
} from './told-agreement';

const NO_AMENDMENT: AmendmentTold = { approved: new Map() };
const NO_FIGURE: FigureTold = { certified: new Map(), examined: new Map() };

/** What somebody was told after one more event. Events that would have to be there may be missing. */
export function evolveTold(told: ToldAgreement, event: AgreementEvent): ToldAgreement {
  switch (event.type) {
    case 'AgreementDrafted':
      return { ...NOTHING_TOLD, heading: event.data };
    case 'IndicatorAdded':
    case 'IndicatorRevised':
    case 'TargetSet':
      return inOrder(
        withIndicator(reopened(told), event.data.indicatorId, (indicator) => afterTerms(indicator, event)),
      );
    case 'IndicatorRemoved':
      return { ...reopened(told), indicators: withoutEntry(told.indicators, event.data.indicatorId) };
    case 'TermsProposed':
    case 'TermsReturned':
    case 'TermsAccepted':
    case 'AgreementSigned':
    case 'SignaturesVoided':
    case 'AgreementTookEffect':
    case 'AgreementWithdrawn':
    case 'AgreementClosed':
      return afterNegotiation(told, event);
    case 'AmendmentRequested':
    case 'AmendmentApproved':
    case 'AmendmentRejected':
      return withAmendment(told, event);
    case 'TargetAmended':
    case 'WeightAmended':
    case 'IndicatorCancelled':
    case 'ExemptionGranted':
      return withIndicator(told, event.data.indicatorId, (indicator) => afterChange(indicator, event));
    case 'ActualReported':
    case 'ActualCorrected':
    case 'ActualCertified':
    case 'ActualReturned':
    case 'ActualExamined':
      return withIndicator(told, event.data.indicatorId, (indicator) => withFigure(indicator, event));
    case 'EvaluationRoundClosed':
    case 'EvaluationRoundReopened':
    case 'ScoreDetermined':
    case 'ResultAnnounced':
      return withRound(told, event);
    case 'AppealFiled':
      return withAppeal(told, event.data.appealId, { filed: event.data });
    case 'AppealDecided':
      return withAppeal(told, event.data.appealId, { decided: event.data });
  }
}

type Of<Type extends AgreementEvent['type']> = Extract<AgreementEvent, { type: Type }>;

/** Changed terms are nobody's proposal any more. */
function reopened(told: ToldAgreement): ToldAgreement {
  if (told.effect || (!told.proposed && told.accepted.size === 0)) return told;
  const { proposed: _taken, ...rest } = told;
  return { ...rest, accepted: new Map() };
}

function withIndicator(
  told: ToldAgreement,
  indicatorId: string,
  after: (indicator: IndicatorTold) => IndicatorTold,
): ToldAgreement {
  const before = told.indicators.get(indicatorId) ?? {
    indicatorId,
    targets: new Map(),
    exemptions: new Map(),
    figures: new Map(),
  };
  return { ...told, indicators: withEntry(told.indicators, indicatorId, after(before)) };
}

/** By their numbers; those whose terms were not told last. */
function inOrder(told: ToldAgreement): ToldAgreement {
  const indicators = [...told.indicators].sort(([, { terms: first }], [, { terms: second }]) => {
    if (first && second) return compareDisplayNumbers(first.displayNumber, second.displayNumber);
    return Number(first === undefined) - Number(second === undefined);
  });
  return { ...told, indicators: new Map(indicators) };
}

function afterTerms(
  indicator: IndicatorTold,
  event: Of<'IndicatorAdded' | 'IndicatorRevised' | 'TargetSet'>,
): IndicatorTold {
  if (event.type !== 'TargetSet') {
    const { weight: _amended, ...rest } = indicator;
    return { ...rest, terms: event.data };
  }
  const { indicatorId: _its, ...target } = event.data;
  return { ...indicator, targets: withEntry(indicator.targets, target.span, target) };
}

function afterNegotiation(
  told: ToldAgreement,
  event: Of<
    | 'TermsProposed'
    | 'TermsReturned'
    | 'TermsAccepted'
    | 'AgreementSigned'
    | 'SignaturesVoided'
    | 'AgreementTookEffect'
    | 'AgreementWithdrawn'
    | 'AgreementClosed'
  >,
): ToldAgreement {
  switch (event.type) {
    case 'TermsProposed': {
      const { returned: _answered, ...rest } = told;
      return { ...rest, proposed: event.data, accepted: new Map() };
    }
    case 'TermsReturned': {
      const { proposed: _answered, ...rest } = told;
      return { ...rest, returned: event.data, accepted: new Map() };
    }
    case 'TermsAccepted':
      return { ...told, accepted: withEntry(told.accepted, event.data.officeId, event.data) };
    case 'AgreementSigned':
      return { ...told, signed: withEntry(told.signed, partyKey(event.data), event.data) };
    case 'SignaturesVoided': {
      const signed = event.data.signatures.reduce((rest, party) => withoutEntry(rest, partyKey(party)), told.signed);
      return { ...told, signed };
    }
    case 'AgreementTookEffect':
      return { ...told, effect: event.data };
    case 'AgreementWithdrawn':
      return { ...told, withdrawn: event.data };
    case 'AgreementClosed':
      return { ...told, closed: event.data };
  }
}

function partyKey({ side, officeId }: { readonly side: string; readonly officeId: string }): string {
  return `${side} ${officeId}`;
}

function withAmendment(
  told: ToldAgreement,
  event: Of<'AmendmentRequested' | 'AmendmentApproved' | 'AmendmentRejected'>,
): ToldAgreement {
  const { amendmentId } = event.data;
  const before = told.amendments.get(amendmentId) ?? NO_AMENDMENT;
  const after = (): AmendmentTold => {
    switch (event.type) {
      case 'AmendmentRequested':
        return { ...before, requested: event.data };
      case 'AmendmentApproved':
        return { ...before, approved: withEntry(before.approved, event.data.officeId, event.data) };
      case 'AmendmentRejected':
        return { ...before, rejected: event.data };
    }
  };
  return { ...told, amendments: withEntry(told.amendments, amendmentId, after()) };
}

function afterChange(
  indicator: IndicatorTold,
  event: Of<'TargetAmended' | 'WeightAmended' | 'IndicatorCancelled' | 'ExemptionGranted'>,
): IndicatorTold {
  switch (event.type) {
    case 'TargetAmended': {
      const { indicatorId: _its, amendmentId: _by, basisDocument: _basis, ...target } = event.data;
      return { ...indicator, targets: withEntry(indicator.targets, target.span, target) };
    }
    case 'WeightAmended':
      return { ...indicator, weight: event.data };
    case 'IndicatorCancelled':
      return { ...indicator, cancelled: event.data };
    case 'ExemptionGranted':
      return { ...indicator, exemptions: withEntry(indicator.exemptions, event.data.round, event.data) };
  }
}

function withFigure(
  indicator: IndicatorTold,
  event: ActualReported | ActualCorrected | ActualCertified | ActualReturned | ActualExamined,
): IndicatorTold {
  const key = figureKey(event.data);
  const figure = afterFigure(indicator.figures.get(key) ?? NO_FIGURE, event);
  return { ...indicator, figures: withEntry(indicator.figures, key, figure) };
}

function afterFigure(
  before: FigureTold,
  event: ActualReported | ActualCorrected | ActualCertified | ActualReturned | ActualExamined,
): FigureTold {
  switch (event.type) {
    case 'ActualReported':
      return { ...NO_FIGURE, figure: figureIn(event.data) };
    // What was certified was the figure before.
    case 'ActualCorrected':
      return { ...NO_FIGURE, figure: figureIn(event.data), examined: before.examined };
    case 'ActualCertified': {
      const { returned: _answered, ...rest } = before;
      return { ...rest, certified: withEntry(before.certified, event.data.step, event.data) };
    }
    case 'ActualReturned':
      return { ...before, certified: new Map(), returned: event.data };
    case 'ActualExamined':
      return { ...before, examined: withEntry(before.examined, event.data.inspectionRound, event.data) };
  }
}

/** What was said of it, without who said it, and without what is private. */
function figureIn(data: ActualReported['data'] | ActualCorrected['data']): ToldFigure {
  const { indicatorId: _its, note: _note, preparedBy: _preparedBy, ...figure } = data;
  if (!('correctedBy' in figure)) {
    const { reportedBy: _by, ...reported } = figure as Omit<ActualReported['data'], 'indicatorId'>;
    return reported;
  }
  const { correctedBy: _by, reason: _reason, ...corrected } = figure;
  return corrected;
}

function withRound(
  told: ToldAgreement,
  event: Of<'EvaluationRoundClosed' | 'EvaluationRoundReopened' | 'ScoreDetermined' | 'ResultAnnounced'>,
): ToldAgreement {
  const { round } = event.data;
  return {
    ...told,
    rounds: withEntry(told.rounds, round, afterRound(told.rounds.get(round) ?? { round, scores: new Map() }, event)),
  };
}

function afterRound(
  before: RoundTold,
  event: Of<'EvaluationRoundClosed' | 'EvaluationRoundReopened' | 'ScoreDetermined' | 'ResultAnnounced'>,
): RoundTold {
  switch (event.type) {
    case 'EvaluationRoundClosed': {
      const { reopened: _over, ...rest } = before;
      return { ...rest, closed: event.data };
    }
    case 'EvaluationRoundReopened':
      return { ...before, reopened: event.data };
    case 'ScoreDetermined': {
      const { assessor, indicatorId } = event.data;
      return { ...before, scores: withEntry(before.scores, `${assessor} ${indicatorId ?? ''}`, event.data) };
    }
    case 'ResultAnnounced':
      return { ...before, result: event.data };
  }
}

function withAppeal(told: ToldAgreement, appealId: string, part: AppealTold): ToldAgreement {
  return { ...told, appeals: withEntry(told.appeals, appealId, { ...told.appeals.get(appealId), ...part }) };
}
