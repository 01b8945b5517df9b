import { canonicalJson, parseSpanKey, Rejection, spanKey } from '@khamrap/kernel';
import type { CorrectActual, ReportActual } from '../agreement.commands';
import type { ActualCorrected, ActualReported } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import { figureKey, type DraftedAgreement, type ReportedFigure, type RunningIndicator } from '../agreement.state';
import { refusalOfFigure } from './figure.rules';
import { refusalOfClosedAgreement, refusalOfClosedRound } from '../rounds/round-lock.rules';
import { runningIndicator, standingFigure } from './running.rules';
import { refusalOfSpan } from '../span.rules';

/** What a document states was reported by nobody here; the envelope tells who transcribed it. */
export function reportActual(command: ReportActual, state: DraftedAgreement): readonly ActualReported[] | Rejection {
  const { data, provenance, decidedOn, actorId } = command;
  const indicator = runningIndicator(state, data.indicatorId);
  if (indicator instanceof Rejection) return indicator;
  const span = spanKey(data.span);
  const refusal =
    refusalOfClosedAgreement(state) ??
    refusalOfSpan({ span: data.span, provenance, period: state.period, outsidePeriod: 'actual.spanOutsidePeriod' }) ??
    refusalOfClosedRound(state, span) ??
    refusalOfKeeper(data.officeId, indicator) ??
    refusalOfFigure({ figure: data, span: data.span, provenance, decidedOn }, indicator.terms) ??
    refusalOfRepeated({ span, officeId: data.officeId }, indicator);
  if (refusal) return refusal;
  const reportedBy = provenance.kind === 'native' && { reportedBy: actorId };
  return [{ type: 'ActualReported', data: { ...data, span, ...reportedBy } }];
}

export function correctActual(command: CorrectActual, state: DraftedAgreement): readonly ActualCorrected[] | Rejection {
  const { data, provenance, decidedOn } = command;
  const found = standingFigure(state, data);
  if (found instanceof Rejection) return found;
  // Whatever stands has a span that could be read when it was reported.
  const span = parseSpanKey(data.span) ?? 'notStated';
  const refusal =
    refusalOfClosedAgreement(state) ??
    refusalOfClosedRound(state, data.span) ??
    refusalOfFigure({ figure: data, span, provenance, decidedOn }, found.indicator.terms) ??
    refusalOfUnchanged(data, found.figure);
  return refusal ?? [{ type: 'ActualCorrected', data }];
}

/** The part of a joint indicator is a keeper's; any other figure is the agreement's. */
function refusalOfKeeper(officeId: string | undefined, { terms }: RunningIndicator): Rejection | undefined {
  const { keepers } = terms;
  const isFit = keepers.length > 1 ? officeId !== undefined && keepers.includes(officeId) : officeId === undefined;
  return isFit ? undefined : refuse('actual.keeperUnfit', { keepers: keepers.length > 1 ? keepers : [] }, '/officeId');
}

function refusalOfRepeated(
  key: { readonly span: string; readonly officeId: string | undefined },
  { figures }: RunningIndicator,
): Rejection | undefined {
  return figures.has(figureKey(key)) ? refuse('actual.alreadyReported', { span: key.span }, '/span') : undefined;
}

/** A change of a private note alone is none of the figure: only a commitment to the old one is known here. */
function refusalOfUnchanged(data: CorrectActual['data'], standing: ReportedFigure): Rejection | undefined {
  const { indicatorId: _key, reason: _reason, correctedBy: _who, note: _note, preparedBy: _preparer, ...figure } = data;
  const { authors: _authors, certification: _steps, returnedAt: _step, provenance: _from, ...before } = standing;
  const isSame = canonicalJson(figure) === canonicalJson(before);
  return isSame ? refuse('actual.unchanged', { span: data.span }) : undefined;
}
