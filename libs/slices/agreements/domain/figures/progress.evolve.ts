import type { Provenance } from '@khamrap/kernel';
import type {
  ActualCertified,
  ActualCorrected,
  ActualExamined,
  ActualReported,
  ActualReturned,
  ExemptionGranted,
  IndicatorCancelled,
  TargetAmended,
  WeightAmended,
} from '../agreement.events';
import {
  figureKey,
  type Draft,
  type DraftedAgreement,
  type IndicatorTerms,
  type ReportedFigure,
  type RunningIndicator,
  type RunningTerms,
  type TargetTerms,
} from '../agreement.state';
import { existing, ImpossibleHistory, outOfPlace, provenanceOf, withEntry, withMember } from '../evolving';

/** What happens to one indicator of an agreement that runs. */
export type ProgressEvent =
  | ActualReported
  | ActualCorrected
  | ActualCertified
  | ActualReturned
  | ActualExamined
  | ExemptionGranted
  | TargetAmended
  | WeightAmended
  | IndicatorCancelled;

export function evolveProgress(state: DraftedAgreement, event: ProgressEvent): DraftedAgreement {
  if (state.status === 'draft' || state.status === 'withdrawn') throw outOfPlace(event.type, state);
  const { indicatorId } = event.data;
  const changed = indicatorAfter(existing(state.indicators, indicatorId), event);
  return { ...state, indicators: withEntry(state.indicators, indicatorId, changed) };
}

function indicatorAfter(indicator: RunningIndicator, event: ProgressEvent): RunningIndicator {
  switch (event.type) {
    case 'ActualReported':
      return withFigure(indicator, reportedFigure(event.data, provenanceOf(event)));
    case 'ActualCorrected':
      return withFigure(indicator, correctedFigure(event.data, standing(indicator, event.data), provenanceOf(event)));
    case 'ActualCertified': {
      const { returnedAt: _givenBack, ...figure } = standing(indicator, event.data);
      const done = { step: event.data.step, by: event.data.certifiedBy };
      return withFigure(indicator, { ...figure, certification: [...figure.certification, done] });
    }
    case 'ActualReturned':
      return withFigure(indicator, {
        ...standing(indicator, event.data),
        certification: [],
        returnedAt: event.data.step,
      });
    case 'ActualExamined':
      return indicator;
    case 'ExemptionGranted':
      return { ...indicator, exemptRounds: withMember(indicator.exemptRounds, event.data.round) };
    case 'TargetAmended': {
      const { amendmentId: _request, effectiveFrom: _from, basisDocument: _basis, ...target } = event.data;
      return { ...indicator, targets: withEntry(indicator.targets, target.span, target) };
    }
    case 'WeightAmended': {
      const { weight, effectiveFrom } = event.data;
      const weights = [...(indicator.weights ?? [{ weight: indicator.terms.weight }]), { weight, effectiveFrom }];
      return { ...indicator, terms: { ...indicator.terms, weight }, weights };
    }
    case 'IndicatorCancelled':
      return { ...indicator, cancelledFromRound: event.data.fromRound };
  }
}

/** The figures of the draft begin to run. */
export function runningIndicators(indicators: Draft['indicators']): ReadonlyMap<string, RunningIndicator> {
  const entries = [...indicators].map(
    ([indicatorId, { terms, targets }]) => [indicatorId, running(terms, targets)] as const,
  );
  return new Map(entries);
}

export function running(terms: IndicatorTerms, targets: ReadonlyMap<string, TargetTerms>): RunningIndicator {
  return {
    terms: outlineOf(terms),
    targets,
    figures: new Map(),
    exemptRounds: new Set(),
    evaluatedScores: new Map(),
  };
}

/** What the rules go on asking of terms. */
export function outlineOf(terms: IndicatorTerms): RunningTerms {
  const { displayNumber, parentIndicatorId, unit, weight, direction, accumulation, rounds, leadOffice, supervisor } =
    terms;
  return {
    displayNumber,
    ...(parentIndicatorId !== undefined && { parentIndicatorId }),
    unit,
    weight,
    direction,
    ...(accumulation !== undefined && { accumulation }),
    ...(rounds && { rounds }),
    ...(leadOffice && { leadOffice: { officeId: leadOffice.officeId } }),
    ...(supervisor && { supervisor: { officeId: supervisor.officeId } }),
    keepers: (terms.keepers ?? []).map(({ officeId }) => officeId),
  };
}

function withFigure(indicator: RunningIndicator, figure: ReportedFigure): RunningIndicator {
  return { ...indicator, figures: withEntry(indicator.figures, figureKey(figure), figure) };
}

function standing(
  indicator: RunningIndicator,
  data: Pick<ActualCertified['data'], 'indicatorId' | 'span' | 'officeId'>,
): ReportedFigure {
  const figure = indicator.figures.get(figureKey(data));
  if (!figure) throw new ImpossibleHistory(`nothing was reported for ${data.indicatorId} in ${data.span}`);
  return figure;
}

/** Who reports a figure stands by it; a figure that was transcribed is nobody's here. */
function reportedFigure(data: ActualReported['data'], provenance: Provenance['kind']): ReportedFigure {
  const { indicatorId: _key, reportedBy, note: _note, preparedBy: _preparer, ...figure } = data;
  const authors = reportedBy === undefined ? [] : [reportedBy];
  return { ...figure, authors, certification: authors.map((by) => ({ step: 'keeper', by })), provenance };
}

/** What checked the figure before it was corrected has checked another figure. */
function correctedFigure(
  data: ActualCorrected['data'],
  before: ReportedFigure,
  provenance: Provenance['kind'],
): ReportedFigure {
  const { indicatorId: _key, correctedBy, reason: _reason, note: _note, preparedBy: _preparer, ...figure } = data;
  if (provenance === 'transcribed') return { ...figure, authors: before.authors, certification: [], provenance };
  const authors = [...new Set([...before.authors, correctedBy])];
  return { ...figure, authors, certification: [{ step: 'keeper', by: correctedBy }], provenance };
}
