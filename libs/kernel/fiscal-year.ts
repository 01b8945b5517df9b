import { buddhistYearOf, commonEraYearOfBuddhist, isIsoDate, isoDate, type IsoDate } from './calendar-date';
import { NOT_STATED, type NotStated } from './event-schema';

/**
 * A Thai fiscal year, 1 October to 30 September, by the number of the later year in the Buddhist Era: 2565 is
 * 2021-10-01 to 2022-09-30.
 */
export type FiscalYear = number;

/** A quarter of a fiscal year; the first is October to December. */
export type FiscalQuarter = 1 | 2 | 3 | 4;

/** Days from `from` to `to`, both included. */
export interface Span {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

// All of whose days the calendar knows. A year of the Common Era given by mistake, such as 2022, lies far outside.
const FISCAL_YEAR_MIN = 2344;
const FISCAL_YEAR_MAX = 2642;

/** Whether a number is that of a year of the Buddhist Era whose days the ledger can date, 2344 to 2642. */
export function isFiscalYear(year: number): year is FiscalYear {
  return Number.isInteger(year) && year >= FISCAL_YEAR_MIN && year <= FISCAL_YEAR_MAX;
}

/** The fiscal year in which a day lies. */
export function fiscalYearOf(date: IsoDate): FiscalYear {
  return monthOf(date) >= 10 ? buddhistYearOf(date) + 1 : buddhistYearOf(date);
}

/**
 * The days of a fiscal year.
 * @throws RangeError when the year is not one of the Buddhist Era that the ledger can date, 2344 to 2642
 */
export function spanOfFiscalYear(fiscalYear: FiscalYear): Span {
  const later = commonEraYearOfBuddhist(fiscalYear);
  return { from: isoDate(`${later - 1}-10-01`), to: isoDate(`${later}-09-30`) };
}

/** The quarter of the fiscal year in which a day lies. */
export function fiscalQuarterOf(date: IsoDate): FiscalQuarter {
  const monthsSinceOctober = (monthOf(date) + 2) % 12;
  return (Math.floor(monthsSinceOctober / 3) + 1) as FiscalQuarter;
}

/**
 * The days of one quarter of a fiscal year.
 * @throws RangeError as `spanOfFiscalYear` does
 */
export function spanOfFiscalQuarter(fiscalYear: FiscalYear, quarter: FiscalQuarter): Span {
  const span = spanOfFiscalYear(fiscalYear);
  const year = (quarter === 1 ? span.from : span.to).slice(0, 4);
  const [from, to] = QUARTER_ENDS[quarter];
  return { from: isoDate(`${year}-${from}`), to: isoDate(`${year}-${to}`) };
}

/** Whether a day lies in a span. */
export function spanContains(span: Span, date: IsoDate): boolean {
  return span.from <= date && date <= span.to;
}

/** The one text of a span, fit for a key: `2022-10-01..2023-06-30`, or `notStated`. */
export function spanKey(span: Span | NotStated): string {
  return span === NOT_STATED ? NOT_STATED : `${span.from}..${span.to}`;
}

/** The span that a key names; undefined when the text is no key, or would end before it begins. */
export function parseSpanKey(key: string): Span | NotStated | undefined {
  if (key === NOT_STATED) return NOT_STATED;
  const [from = '', to = '', ...rest] = key.split('..');
  if (rest.length > 0 || !isIsoDate(from) || !isIsoDate(to) || from > to) return undefined;
  return { from, to };
}

const QUARTER_ENDS: Readonly<Record<FiscalQuarter, readonly [from: string, to: string]>> = {
  1: ['10-01', '12-31'],
  2: ['01-01', '03-31'],
  3: ['04-01', '06-30'],
  4: ['07-01', '09-30'],
};

function monthOf(date: IsoDate): number {
  return Number(date.slice(5, 7));
}
