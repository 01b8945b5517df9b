import type { AgreementDrafted, AgreementEvent, EvaluationRoundClosed } from '@khamrap/agreements/events';
import { NOT_STATED } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import {
  figureOf,
  roundOf,
  type FigureSlot,
  type FoldedAgreement,
  type FoldedFigure,
  type FoldedIndicator,
  type TargetVersion,
} from './folded-agreement';
import { liesIn } from './round-calendar';

type Heard = Extract<AgreementEvent, { type: (typeof AGREEMENT_EVENTS)[number] }>;
/** The events of an agreement that change a standing. */
export const AGREEMENT_EVENTS = [
  'AgreementDrafted',
  'AgreementWithdrawn',
  'AgreementTookEffect',
  'AgreementClosed',
  'IndicatorAdded',
  'IndicatorRevised',
  'IndicatorRemoved',
  'TargetSet',
  'TargetAmended',
  'WeightAmended',
  'IndicatorCancelled',
  'ActualReported',
  'ActualCorrected',
  'ActualCertified',
  'ActualReturned',
  'ExemptionGranted',
  'EvaluationRoundClosed',
  'EvaluationRoundReopened',
  'ScoreDetermined',
  'ResultAnnounced',
] as const satisfies readonly AgreementEvent['type'][];

/** Which rows an event may have changed. */
export type Touch =
  | { readonly kind: 'everything' }
  | { readonly kind: 'heading' }
  | { readonly kind: 'removed'; readonly indicatorId: string }
  /** The terms of an indicator and all its standings. */
  | { readonly kind: 'indicator'; readonly indicatorId: string }
  /** Its standings for a span, and those that are made of it. */
  | { readonly kind: 'span'; readonly indicatorId: string; readonly span: string }
  /** Everything of an evaluation round. */
  | { readonly kind: 'round'; readonly round: string };

/** Takes in an event of an agreement that was drafted before; tells which rows that may change. */
export function takeIn(agreement: FoldedAgreement, event: DecodedEvent): Touch {
  const stated = event as unknown as Exclude<Heard, AgreementDrafted>;
  switch (stated.type) {
    case 'AgreementWithdrawn':
      agreement.heading['status'] = 'withdrawn';
      return { kind: 'heading' };
    case 'AgreementTookEffect':
      Object.assign(agreement.heading, { status: 'inEffect', effective_on: stated.data.effectiveOn });
      return { kind: 'everything' };
    case 'AgreementClosed':
      Object.assign(agreement.heading, { status: 'closed', closed_on: stated.data.closedOn });
      return { kind: 'heading' };
    case 'EvaluationRoundClosed':
      closeRound(agreement, stated.data);
      return { kind: 'everything' };
    case 'EvaluationRoundReopened': {
      const round = roundOf(agreement, stated.data.round);
      delete round.closed;
      delete round.snapshots;
      // What lies within the round is open again, too.
      return { kind: 'everything' };
    }
    case 'ScoreDetermined': {
      const { round, indicatorId, assessor, score } = stated.data;
      if (indicatorId === undefined) roundOf(agreement, round).scores.set(assessor, score);
      else indicatorOf(agreement, indicatorId).scores.set(`${round} ${assessor}`, score);
      return { kind: 'round', round };
    }
    case 'ResultAnnounced':
      roundOf(agreement, stated.data.round).result = stated.data;
      return { kind: 'round', round: stated.data.round };
    case 'IndicatorAdded':
    case 'IndicatorRevised':
      return takeTerms(agreement, stated.data);
    case 'IndicatorRemoved':
      agreement.indicators.delete(stated.data.indicatorId);
      return { kind: 'removed', indicatorId: stated.data.indicatorId };
    case 'TargetSet':
    case 'TargetAmended':
    case 'WeightAmended':
    case 'IndicatorCancelled':
    case 'ExemptionGranted':
    case 'ActualReported':
    case 'ActualCorrected':
    case 'ActualCertified':
    case 'ActualReturned':
      return takeProgress(indicatorOf(agreement, stated.data.indicatorId), stated, event);
  }
}

type Progress = Extract<
  Heard,
  {
    type:
      | 'TargetSet'
      | 'TargetAmended'
      | 'WeightAmended'
      | 'IndicatorCancelled'
      | 'ExemptionGranted'
      | `Actual${'Reported' | 'Corrected' | 'Certified' | 'Returned'}`;
  }
>;

function takeProgress(indicator: FoldedIndicator, stated: Progress, { eventId, provenance }: DecodedEvent): Touch {
  const { indicatorId } = stated.data;
  switch (stated.type) {
    case 'TargetSet': {
      const { indicatorId: _which, ...terms } = stated.data;
      return retarget(indicator, indicatorId, { terms, eventId });
    }
    case 'TargetAmended': {
      const {
        indicatorId: _which,
        amendmentId: _request,
        basisDocument: _basis,
        effectiveFrom,
        ...terms
      } = stated.data;
      return retarget(indicator, indicatorId, { terms, eventId, effectiveFrom });
    }
    case 'WeightAmended': {
      const { weight, effectiveFrom } = stated.data;
      indicator.weights = [...indicator.weights, { weight, effectiveFrom }];
      return { kind: 'indicator', indicatorId };
    }
    case 'IndicatorCancelled':
      indicator.cancelledFromRound = stated.data.fromRound;
      return { kind: 'indicator', indicatorId };
    case 'ExemptionGranted':
      indicator.exemptRounds.add(stated.data.round);
      return { kind: 'round', round: stated.data.round };
    case 'ActualReported':
    case 'ActualCorrected': {
      const isTranscribed = provenance.kind === 'transcribed';
      const reporter = 'correctedBy' in stated.data ? stated.data.correctedBy : stated.data.reportedBy;
      const figure: FoldedFigure = {
        eventId,
        stated: stated.data,
        actual: {
          figure: figureOf(stated.data),
          unit: stated.data.unit,
          keeper: stated.data.officeId ?? '',
          span: stated.data.span,
        },
        // Who transcribes a document has certified nothing in the keeper's place.
        steps: reporter === undefined || isTranscribed ? [] : ['keeper'],
      };
      return replaceFigure(indicator, stated.data, (slot) => ({
        ...slot,
        current: figure,
        ...(isTranscribed && { published: figure }),
      }));
    }
    case 'ActualCertified': {
      const { step } = stated.data;
      return certify(indicator, stated.data, ({ returnedAt: _givenBack, ...figure }) => ({
        ...figure,
        steps: figure.steps.includes(step) ? figure.steps : [...figure.steps, step],
      }));
    }
    case 'ActualReturned': {
      const { step } = stated.data;
      return certify(indicator, stated.data, (figure) => ({ ...figure, steps: [], returnedAt: step }));
    }
  }
}

/** Terms of a draft replace each other; what was promised first is what stands when the agreement begins. */
function retarget(indicator: FoldedIndicator, indicatorId: string, version: TargetVersion): Touch {
  const { span } = version.terms;
  const before = version.effectiveFrom === undefined ? [] : (indicator.targets.get(span) ?? []);
  indicator.targets.set(span, [...before, version]);
  return span === NOT_STATED ? { kind: 'indicator', indicatorId } : { kind: 'span', indicatorId, span };
}

function takeTerms(agreement: FoldedAgreement, terms: FoldedIndicator['terms']): Touch {
  const { indicatorId, weight } = terms;
  const known = agreement.indicators.get(indicatorId);
  if (known) Object.assign(known, { terms, weights: [{ weight }] });
  else
    agreement.indicators.set(indicatorId, {
      terms,
      weights: [{ weight }],
      targets: new Map(),
      figures: new Map(),
      exemptRounds: new Set(),
      scores: new Map(),
    });
  return { kind: 'indicator', indicatorId };
}

/** The place of a figure among those of its indicator. */
interface FigurePlace {
  readonly indicatorId: string;
  readonly span: string;
  readonly officeId?: string | undefined;
}

function certify(
  indicator: FoldedIndicator,
  place: FigurePlace,
  changed: (figure: FoldedFigure) => FoldedFigure,
): Touch {
  return replaceFigure(indicator, place, (slot) => {
    if (!slot) throw new Error(`nothing was reported for indicator ${place.indicatorId} in ${place.span}`);
    const current = changed(slot.current);
    // The figure is the same; only how far its certification has come is not.
    return {
      current,
      ...(slot.published && { published: slot.published === slot.current ? current : slot.published }),
    };
  });
}

function replaceFigure(
  indicator: FoldedIndicator,
  { indicatorId, span, officeId = '' }: FigurePlace,
  changed: (slot: FigureSlot | undefined) => FigureSlot,
): Touch {
  const slots = new Map(indicator.figures.get(span));
  slots.set(officeId, changed(slots.get(officeId)));
  indicator.figures.set(span, slots);
  return { kind: 'span', indicatorId, span };
}

/** The snapshot is public with the closing, and so is every figure that lies in the span of the round. */
function closeRound(agreement: FoldedAgreement, closed: EvaluationRoundClosed['data']): void {
  const { span, revision, indicators } = closed;
  const snapshots = new Map(indicators.map((snapshot) => [snapshot.indicatorId, snapshot]));
  Object.assign(roundOf(agreement, closed.round), { span, revision, closed, snapshots });
  for (const indicator of agreement.indicators.values()) {
    for (const [key, slots] of indicator.figures) {
      if (!liesIn(key, span)) continue;
      const published = [...slots].map(([keeper, { current }]) => [keeper, { current, published: current }] as const);
      indicator.figures.set(key, new Map(published));
    }
  }
}

export function indicatorOf(agreement: FoldedAgreement, indicatorId: string): FoldedIndicator {
  const indicator = agreement.indicators.get(indicatorId);
  if (!indicator) throw new Error(`agreement ${agreement.agreementId} has no indicator ${indicatorId}`);
  return indicator;
}
