import type { RoundFigure } from '@khamrap/kernel';
import { STEPS_IN_ORDER } from '../../domain/due';
import { amountOf } from '../../domain/judgement';
import { headlineOf } from '../../domain/target-terms';
import {
  keepersOf,
  type FoldedAgreement,
  type FoldedFigure,
  type FoldedIndicator,
  type Row,
  type TargetVersion,
} from './folded-agreement';

/** The columns of a target. */
export function targetColumns(version: TargetVersion | undefined): Row {
  if (!version) return NO_TARGET;
  const { terms, eventId, effectiveFrom } = version;
  const { criterion = 'single', levels, milestones, dates, comparisonSpan } = terms;
  const details = detailsOf({
    criterion: criterion === 'single' ? undefined : criterion,
    levels,
    milestones,
    dates,
    comparisonSpan,
    effectiveFrom,
  });
  const headline = headlineOf(terms)?.criterion;
  return {
    target: terms.value ?? (headline?.kind === 'single' ? headline.value : null),
    target_unit: terms.unit,
    target_span: terms.span,
    target_as_printed: terms.asPrinted ?? null,
    target_event_id: eventId,
    target_details: details,
  };
}

const NO_TARGET: Row = {
  target: null,
  target_unit: null,
  target_span: null,
  target_as_printed: null,
  target_event_id: null,
  target_details: null,
};

const NO_FIGURE: Row = {
  figure_kind: null,
  actual: null,
  actual_unit: null,
  actual_as_printed: null,
  actual_event_id: null,
  actual_details: null,
  finality: null,
  as_of: null,
  evidence_count: null,
};

/** The columns of the one figure of a period, and of what was reported for it. */
export function figureColumns(figure: RoundFigure, figures: readonly FoldedFigure[], isJoint: boolean): Row {
  const [first, ...others] = figures;
  if (!first && figure.kind !== 'figure') return NO_FIGURE;
  const only = others.length === 0 ? first : undefined;
  return {
    figure_kind: figure.kind === 'figure' ? figure.figure.kind : (only?.stated.kind ?? null),
    actual: figure.kind === 'figure' ? (amountOf(figure) ?? null) : null,
    actual_unit: figure.kind === 'figure' ? figure.unit : (only?.stated.unit ?? null),
    actual_as_printed: only?.stated.asPrinted ?? null,
    actual_event_id: only?.eventId ?? null,
    actual_details: detailsOf({ ...figureDetails(figure), ...statedDetails(only), ...partDetails(figures, isJoint) }),
    finality: only?.stated.finality ?? null,
    as_of: latest(figures),
    evidence_count: figures.reduce((count, { stated }) => count + stated.evidence.length, 0),
  };
}

type Details = Record<string, unknown>;

function figureDetails(figure: RoundFigure): Details {
  if (figure.kind === 'incomplete') return figure.missing.length > 0 ? { missing: figure.missing } : {};
  if (figure.kind !== 'figure') return {};
  switch (figure.figure.kind) {
    case 'ratio':
      return { numerator: figure.figure.numerator, denominator: figure.figure.denominator };
    case 'delta':
      return { comparisonSpan: figure.figure.comparisonSpan };
    case 'milestone':
      return { milestone: figure.figure.level };
    case 'date':
      return { date: figure.figure.date };
    case 'judged':
      return { judgedScore: figure.figure.score };
    case 'value':
    case 'narrative':
    case 'notAvailable':
      return {};
  }
}

function statedDetails(only: FoldedFigure | undefined): Details {
  if (!only) return {};
  const { narrative, notAvailableReason, adoptedFrom, statedGrowth, reason } = only.stated as FoldedFigure['stated'] & {
    readonly reason?: string;
  };
  return { narrative, notAvailableReason, adoptedFrom, statedGrowth, correctionReason: reason };
}

/** What each keeper has reported, and for which span, where the figure is put together. */
function partDetails(figures: readonly FoldedFigure[], isJoint: boolean): Details {
  if (!isJoint && figures.length < 2) return {};
  const parts = figures.map(({ actual, stated, eventId }) => ({
    officeId: actual.keeper === '' ? undefined : actual.keeper,
    span: actual.span,
    kind: stated.kind,
    value: stated.value,
    numerator: stated.numerator,
    denominator: stated.denominator,
    unit: stated.unit,
    finality: stated.finality,
    eventId,
  }));
  return { parts };
}

function detailsOf(details: Details): string | null {
  const text = JSON.stringify(details);
  return text === '{}' ? null : text;
}

function latest(figures: readonly FoldedFigure[]): string | null {
  const days = figures.flatMap(({ stated }) => stated.asOf ?? []).toSorted();
  return days.at(-1) ?? null;
}

/**
 * How far the report of each keeper has come, as JSON by the office; keepers who have not reported all that the period needs
 * are not in it. Null where nobody has.
 */
export function reportsOf(
  agreement: FoldedAgreement,
  { terms }: FoldedIndicator,
  period: string,
  figures: readonly FoldedFigure[],
): string | null {
  if (figures.length === 0) return null;
  const reports: Record<string, { readonly steps: readonly string[]; readonly returnedAt?: string }> = {};
  const keepers = keepersOf(agreement, terms);
  for (const { officeId } of keepers) {
    const own = figures.filter(
      ({ actual }) => actual.keeper === officeId || actual.keeper === '' || keepers.length === 1,
    );
    if (!isWhole(agreement, period, own)) continue;
    const returned = own.find(({ returnedAt }) => returnedAt !== undefined);
    reports[officeId] = {
      steps: STEPS_IN_ORDER.filter((step) => own.every(({ steps }) => steps.includes(step))),
      ...(returned?.returnedAt && { returnedAt: returned.returnedAt }),
    };
  }
  return Object.keys(reports).length === 0 ? null : JSON.stringify(reports);
}

function isWhole({ calendar }: FoldedAgreement, period: string, figures: readonly FoldedFigure[]): boolean {
  if (figures.some(({ actual }) => actual.span === period)) return true;
  const increments = calendar.incrementsOfSpan.get(period) ?? [];
  return increments.length > 0 && increments.every((span) => figures.some(({ actual }) => actual.span === span));
}
