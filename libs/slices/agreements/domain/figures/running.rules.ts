import { Rejection } from '@khamrap/kernel';
import { refuse } from '../agreement.refusals';
import { figureKey, type DraftedAgreement, type ReportedFigure, type RunningIndicator } from '../agreement.state';

/** An indicator of an agreement that runs, or the refusal where there is none. */
export function runningIndicator(state: DraftedAgreement, indicatorId: string): RunningIndicator | Rejection {
  if (state.status === 'draft' || state.status === 'withdrawn') return refuse('agreement.notInEffect');
  const indicator = state.indicators.get(indicatorId);
  return indicator ?? refuse('indicator.unknown', { indicatorId });
}

/** Which figure is meant. */
export interface FigureName {
  readonly indicatorId: string;
  /** The key of its span. */
  readonly span: string;
  readonly officeId?: string | undefined;
}

/** The figure that stands for an indicator, a span and a keeper. */
export function standingFigure(
  state: DraftedAgreement,
  { indicatorId, span, officeId }: FigureName,
): { readonly indicator: RunningIndicator; readonly figure: ReportedFigure } | Rejection {
  const indicator = runningIndicator(state, indicatorId);
  if (indicator instanceof Rejection) return indicator;
  const figure = indicator.figures.get(figureKey({ span, officeId }));
  return figure
    ? { indicator, figure }
    : refuse('actual.notReported', { span, ...(officeId !== undefined && { officeId }) });
}
