import type {
  ExemptionGranted,
  IndicatorAdded,
  IndicatorCancelled,
  IndicatorRemoved,
  IndicatorRevised,
  TargetAmended,
  TargetSet,
  WeightAmended,
} from '../../domain/agreement.events';
import { FiguresTelling, type ActualView, type FigureEvent, type FigureView } from './figures.view';
import type { Source, Stated } from '@khamrap/platform/http';

type OfIndicator<Data> = Omit<Data, 'indicatorId'> & Stated;

export type TargetView = OfIndicator<TargetSet['data']>;
export type AmendedTargetView = OfIndicator<TargetAmended['data']>;
export type AmendedWeightView = OfIndicator<WeightAmended['data']>;
export type CancellationView = OfIndicator<IndicatorCancelled['data']>;
export type ExemptionView = OfIndicator<ExemptionGranted['data']>;

export interface TermsView extends Stated {
  readonly terms: IndicatorAdded['data'];
}

/** An indicator as it was promised, with what amendments made of that, and with its figures. */
export interface IndicatorView extends TermsView {
  /** The terms that these took the place of, the earliest first. */
  readonly earlierTerms: readonly TermsView[];
  /** In the order in which they were set; a later one for the same span takes the place of the earlier. */
  readonly targets: readonly TargetView[];
  /** In the order in which they were approved; each stands from its day on in place of what was promised for its span. */
  readonly amendedTargets: readonly AmendedTargetView[];
  readonly amendedWeights: readonly AmendedWeightView[];
  readonly cancellation?: CancellationView;
  readonly exemptions: readonly ExemptionView[];
  readonly actuals: readonly ActualView[];
  /** Of the actuals what the public can know, by span and keeper, the earliest first; not part of any answer as it is. */
  readonly published: readonly (readonly FigureView[])[];
}

/** An indicator that was taken out of the terms. */
export interface RemovedIndicatorView extends TermsView {
  readonly removed: { readonly reason?: string } & Stated;
}

export type IndicatorEvent =
  | IndicatorAdded
  | IndicatorRevised
  | IndicatorRemoved
  | TargetSet
  | TargetAmended
  | WeightAmended
  | IndicatorCancelled
  | ExemptionGranted
  | FigureEvent;

type Indicator = Omit<IndicatorView, 'actuals' | 'published'>;

/** Tells the indicators of one agreement. */
export class IndicatorsTelling {
  readonly #indicators = new Map<string, Indicator>();
  readonly #figures = new Map<string, FiguresTelling>();
  removed: RemovedIndicatorView[] = [];

  get indicators(): readonly IndicatorView[] {
    return [...this.#indicators].map(([indicatorId, indicator]) => ({
      ...indicator,
      actuals: this.#figures.get(indicatorId)?.actuals ?? [],
      published: this.#figures.get(indicatorId)?.published ?? [],
    }));
  }

  /** Another draft begins. */
  begin(): void {
    this.#indicators.clear();
    this.#figures.clear();
    this.removed = [];
  }

  /** What the figures that lie in the span of a closed round come to, the public can know. */
  closeRound(span: string): void {
    for (const figures of this.#figures.values()) figures.closeRound(span);
  }

  take(event: IndicatorEvent, stated: Source): void {
    const { indicatorId } = event.data;
    if (event.type === 'IndicatorAdded') return this.#add(event.data, stated);
    const indicator = this.#indicators.get(indicatorId);
    if (!indicator) return;
    switch (event.type) {
      case 'IndicatorRemoved': {
        const { reason } = event.data;
        this.#indicators.delete(indicatorId);
        const removed = { ...(reason !== undefined && { reason }), stated };
        return void this.removed.push({ terms: indicator.terms, stated: indicator.stated, removed });
      }
      case 'IndicatorRevised':
      case 'TargetSet':
      case 'TargetAmended':
      case 'WeightAmended':
      case 'IndicatorCancelled':
      case 'ExemptionGranted':
        return void this.#indicators.set(indicatorId, after(event, indicator, stated));
      case 'ActualReported':
      case 'ActualCorrected':
      case 'ActualCertified':
      case 'ActualReturned':
      case 'ActualExamined':
        return this.#figures.get(indicatorId)?.take(event, stated);
    }
  }

  #add(terms: IndicatorAdded['data'], stated: Source): void {
    const { indicatorId } = terms;
    this.#figures.set(indicatorId, new FiguresTelling());
    this.#indicators.set(indicatorId, {
      terms,
      stated,
      earlierTerms: [],
      targets: [],
      amendedTargets: [],
      amendedWeights: [],
      exemptions: [],
    });
  }
}

type Change = Exclude<IndicatorEvent, IndicatorAdded | IndicatorRemoved | FigureEvent>;

function after(event: Change, indicator: Indicator, stated: Source): Indicator {
  if (event.type === 'IndicatorRevised') {
    const { terms, stated: before, earlierTerms } = indicator;
    return { ...indicator, terms: event.data, stated, earlierTerms: [...earlierTerms, { terms, stated: before }] };
  }
  switch (event.type) {
    case 'TargetSet': {
      const target = { ...ofIndicator(event.data), stated };
      const isSet = indicator.targets.some(({ span }) => span === target.span);
      const replaced = indicator.targets.map((earlier) => (earlier.span === target.span ? target : earlier));
      return { ...indicator, targets: isSet ? replaced : [...indicator.targets, target] };
    }
    case 'TargetAmended':
      return { ...indicator, amendedTargets: [...indicator.amendedTargets, { ...ofIndicator(event.data), stated }] };
    case 'WeightAmended':
      return { ...indicator, amendedWeights: [...indicator.amendedWeights, { ...ofIndicator(event.data), stated }] };
    case 'IndicatorCancelled':
      return { ...indicator, cancellation: { ...ofIndicator(event.data), stated } };
    case 'ExemptionGranted':
      return { ...indicator, exemptions: [...indicator.exemptions, { ...ofIndicator(event.data), stated }] };
  }
}

function ofIndicator<Data extends { readonly indicatorId: string }>({
  indicatorId: _its,
  ...rest
}: Data): Omit<Data, 'indicatorId'> {
  return rest;
}
