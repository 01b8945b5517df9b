import { dateOfDayNumber, dayNumberOf, type IsoDate } from '../calendar-date';
import { spanKey, type Span } from '../fiscal-year';
import { combined, type NotCombinableReason } from './combine';
import type { Accumulation, ActualToScore, ReportedActual } from './scoring-rule';

export interface RoundToTell {
  readonly accumulation: Accumulation;
  /** The days that the round judges, from the first day of the year or of the quarter. */
  readonly roundSpan: Span;
  /** The spans of all rounds of the calendar, in their order: where they end, the increments end. */
  readonly roundSpansInOrder: readonly Span[];
  /** Who has to report; where nobody is named, whoever has reported. */
  readonly keepers: readonly string[];
  readonly actuals: readonly ReportedActual[];
}

/** A report that a round lacks. */
export interface MissingReport {
  readonly keeper: string;
  /** The key of the span. */
  readonly span: string;
}

export type RoundFigure =
  | ({ readonly kind: 'figure' } & ActualToScore)
  /** Some keepers have reported, or for some of the increments. */
  | { readonly kind: 'incomplete'; readonly missing: readonly MissingReport[] }
  /** Nobody has reported for this round. */
  | { readonly kind: 'notReported' }
  /** All have reported, one of them that there is no figure. */
  | { readonly kind: 'notAvailable' }
  /** All have reported, but what they say cannot be added up. */
  | { readonly kind: 'notCombinable'; readonly reason: NotCombinableReason };

/** The one figure of a round. A latest figure is never carried forward, and a missing increment is never taken for zero. */
export function figureOfRound(round: RoundToTell): RoundFigure {
  const { accumulation, actuals, roundSpan } = round;
  const increments =
    accumulation === 'sum' || accumulation === 'average' ? incrementsOf(roundSpan, round.roundSpansInOrder) : [];
  const wanted = new Set([roundSpan, ...increments].map(spanKey));
  const reported = new Map<string, ReportedActual>();
  for (const actual of actuals) {
    if (wanted.has(actual.span)) reported.set(placeOf(actual), actual);
  }
  const keepers = keepersOf(round.keepers, [...reported.values()]);
  const missing: MissingReport[] = [];
  const counted: ReportedActual[][] = [];
  for (const keeper of keepers) {
    const found = reportsOf(keeper, roundSpan, increments, reported);
    missing.push(...found.missing);
    counted.push(found.reports);
  }
  if (counted.every((reports) => reports.length === 0)) return { kind: 'notReported' };
  if (missing.length > 0) return { kind: 'incomplete', missing };
  if (counted.flat().some(({ figure }) => figure.kind === 'notAvailable')) return { kind: 'notAvailable' };
  const outcome = combined(accumulation, counted);
  return 'reason' in outcome ? { kind: 'notCombinable', reason: outcome.reason } : { kind: 'figure', ...outcome };
}

/** The days between the ends of consecutive rounds, as far as they lie in a span; the first begin with the span. */
export function incrementsOf(roundSpan: Span, roundSpansInOrder: readonly Span[]): Span[] {
  const ends = roundSpansInOrder.map(({ to }) => to).filter((end) => end >= roundSpan.from && end < roundSpan.to);
  const increments: Span[] = [];
  let from: IsoDate = roundSpan.from;
  for (const to of [...new Set(ends)].toSorted().concat(roundSpan.to)) {
    increments.push({ from, to });
    from = to < LAST_DAY ? dateOfDayNumber(dayNumberOf(to) + 1) : to;
  }
  return increments;
}

const LAST_DAY = '2099-12-31';

function keepersOf(named: readonly string[], reported: readonly ReportedActual[]): readonly string[] {
  return [...new Set(named.length > 0 ? named : reported.map(({ keeper }) => keeper))].toSorted();
}

interface ReportsOfKeeper {
  readonly reports: ReportedActual[];
  readonly missing: readonly MissingReport[];
}

/** What a keeper has reported: for the whole span of the round where there is such a report, else for each increment. */
function reportsOf(
  keeper: string,
  roundSpan: Span,
  increments: readonly Span[],
  reported: ReadonlyMap<string, ReportedActual>,
): ReportsOfKeeper {
  const ofWhole = reported.get(placeOf({ keeper, span: spanKey(roundSpan) }));
  if (ofWhole) return { reports: [ofWhole], missing: [] };
  const wanted = (increments.length > 0 ? increments : [roundSpan]).map((span) => ({ keeper, span: spanKey(span) }));
  return {
    reports: wanted.flatMap((place) => reported.get(placeOf(place)) ?? []),
    missing: wanted.filter((place) => !reported.has(placeOf(place))),
  };
}

function placeOf({ keeper, span }: MissingReport): string {
  return `${span} ${keeper}`;
}
