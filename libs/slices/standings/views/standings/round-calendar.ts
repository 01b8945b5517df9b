import { incrementsOf, NOT_STATED, parseSpanKey, spanKey, type Span } from '@khamrap/kernel';
import type { CalendarRound } from '@khamrap/schemes/events';

/** A calendar as rows are made by it. */
export interface RoundCalendar {
  readonly rounds: readonly CalendarRound[];
  readonly spans: readonly Span[];
  /** The round of a span key. */
  readonly roundOfSpan: ReadonlyMap<string, string>;
  /** The span keys of the increments of a round, by its span key. */
  readonly incrementsOfSpan: ReadonlyMap<string, readonly string[]>;
}

const CALENDARS = new WeakMap<readonly CalendarRound[], RoundCalendar>();
const NO_ROUNDS: readonly CalendarRound[] = [];

/** The calendar that rounds make; made once, because thousands of agreements share it. */
export function calendarOf(given: readonly CalendarRound[]): RoundCalendar {
  const rounds = given.length === 0 ? NO_ROUNDS : given;
  const known = CALENDARS.get(rounds);
  if (known) return known;
  const spans = rounds.map(({ span }) => span);
  const calendar: RoundCalendar = {
    rounds,
    spans,
    roundOfSpan: new Map(rounds.map(({ round, span }) => [spanKey(span), round])),
    incrementsOfSpan: new Map(spans.map((span) => [spanKey(span), incrementsOf(span, spans).map(spanKey)])),
  };
  CALENDARS.set(rounds, calendar);
  return calendar;
}

/** Whether one span lies within another, by their keys; one that is not stated lies nowhere. */
export function liesIn(key: string, within: string): boolean {
  const [inner, outer] = [parseSpanKey(key), parseSpanKey(within)];
  if (!inner || !outer || inner === NOT_STATED || outer === NOT_STATED) return false;
  return outer.from <= inner.from && inner.to <= outer.to;
}
