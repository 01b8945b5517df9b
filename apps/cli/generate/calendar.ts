import {
  commonEraYearOfBuddhist,
  dateOfDayNumber,
  dayNumberOf,
  isoDate,
  spanOfFiscalYear,
  type FiscalYear,
  type IsoDate,
  type Span,
} from '@khamrap/kernel';

/** An evaluation round of the generated nation: cumulative from the first day of the fiscal year. */
export interface GeneratedRound {
  readonly round: '6m' | '9m' | '12m';
  readonly nameTh: string;
  readonly nameEn: string;
  readonly span: Span;
  readonly opensOn: IsoDate;
  readonly reportDueOn: IsoDate;
  readonly certifyDueOn: IsoDate;
  /** When the performance unit closes it. */
  readonly closedOn: IsoDate;
  /** The part of the year that it covers. */
  readonly share: number;
}

/** The day that many days after another, or before it. */
export function daysAfter(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

export function roundsOf(fiscalYear: FiscalYear): readonly GeneratedRound[] {
  const { from, to } = spanOfFiscalYear(fiscalYear);
  const year = commonEraYearOfBuddhist(fiscalYear);
  const ends = [
    ['6m', 'รอบ 6 เดือน', 'Six months', isoDate(`${year}-03-31`), 0.5],
    ['9m', 'รอบ 9 เดือน', 'Nine months', isoDate(`${year}-06-30`), 0.75],
    ['12m', 'รอบ 12 เดือน', 'Twelve months', to, 1],
  ] as const;
  return ends.map(([round, nameTh, nameEn, end, share]) => ({
    round,
    nameTh,
    nameEn,
    span: { from, to: end },
    opensOn: daysAfter(end, 1),
    reportDueOn: daysAfter(end, 15),
    certifyDueOn: daysAfter(end, 30),
    closedOn: daysAfter(end, 55),
    share,
  }));
}

/** The last day on which amendments may be requested. */
export function amendmentCutOffOf(fiscalYear: FiscalYear): IsoDate {
  return isoDate(`${commonEraYearOfBuddhist(fiscalYear)}-07-31`);
}
