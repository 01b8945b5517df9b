import { NOT_STATED, spanKey, type Rejection } from '@khamrap/kernel';
import type { ReportActual } from './agreement.commands';
import type { ActualReported } from './agreement.events';
import { refuse } from './agreement.refusals';
import type { DraftedAgreement, RunningIndicator } from './agreement.state';
import { refusalOfSpan } from './span.rules';

export function reportActual(command: ReportActual, state: DraftedAgreement): readonly ActualReported[] | Rejection {
  if (state.status === 'draft') return refuse('agreement.notInEffect');
  const { data, provenance } = command;
  const indicator = state.indicators.get(data.indicatorId);
  if (!indicator) return refuse('indicator.unknown', { indicatorId: data.indicatorId });
  const refusal =
    refusalOfSpan({ span: data.span, provenance, period: state.period, outsidePeriod: 'actual.spanOutsidePeriod' }) ??
    refusalOfFigure(data, indicator) ??
    refusalOfTime(command);
  return refusal ?? [{ type: 'ActualReported', data: { ...data, span: spanKey(data.span) } }];
}

function refusalOfFigure({ unit, span }: ReportActual['data'], indicator: RunningIndicator): Rejection | undefined {
  if (indicator.terms.unit !== NOT_STATED && unit !== indicator.terms.unit) {
    return refuse('actual.unitDiffers', { indicatorUnit: indicator.terms.unit }, '/unit');
  }
  if (!indicator.reportedSpans.has(spanKey(span))) return undefined;
  return refuse('actual.alreadyReported', { span: spanKey(span) }, '/span');
}

/** A keeper cannot know the future. A document is transcribed as it is, even where it claims to. */
function refusalOfTime({ data, provenance, decidedOn }: ReportActual): Rejection | undefined {
  if (provenance.kind === 'transcribed') return undefined;
  if (data.asOf !== undefined && data.asOf > decidedOn) return refuse('actual.inTheFuture', { decidedOn }, '/asOf');
  const begins = data.span === NOT_STATED ? undefined : data.span.from;
  return begins !== undefined && begins > decidedOn ? refuse('actual.inTheFuture', { decidedOn }, '/span') : undefined;
}
