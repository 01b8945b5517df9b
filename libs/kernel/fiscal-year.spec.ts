import { dateOfDayNumber, dayNumberOf, isoDate } from './calendar-date';
import {
  fiscalQuarterOf,
  fiscalYearOf,
  isFiscalYear,
  parseSpanKey,
  spanContains,
  spanKey,
  spanOfFiscalQuarter,
  spanOfFiscalYear,
} from './fiscal-year';

describe('fiscal years', () => {
  it('are named by the later year of the Buddhist Era', () => {
    expect(spanOfFiscalYear(2565)).toEqual({ from: '2021-10-01', to: '2022-09-30' });
    expect(fiscalYearOf(isoDate('2021-09-30'))).toBe(2564);
    expect(fiscalYearOf(isoDate('2021-10-01'))).toBe(2565);
    expect(fiscalYearOf(isoDate('2021-12-31'))).toBe(2565);
    expect(fiscalYearOf(isoDate('2022-01-01'))).toBe(2565);
  });

  it.each([
    [2344, true],
    [2565, true],
    [2642, true],
    [2343, false],
    [2643, false],
    [2022, false],
    [2565.5, false],
    [Number.NaN, false],
  ])('%d is one that the ledger can date: %s', (year, isOne) => {
    expect(isFiscalYear(year)).toBe(isOne);
    if (isOne) expect(spanOfFiscalYear(year).to).toMatch(/^\d{4}-09-30$/);
    else expect(() => spanOfFiscalYear(year)).toThrow(RangeError);
  });

  it('and their quarters cover each day once', () => {
    const [first, last] = [dayNumberOf(isoDate('2019-10-01')), dayNumberOf(isoDate('2024-09-30'))];
    for (let day = first; day <= last; day += 1) {
      const date = dateOfDayNumber(day);
      const quarter = fiscalQuarterOf(date);
      const year = fiscalYearOf(date);
      const holding = ([1, 2, 3, 4] as const).filter((each) => spanContains(spanOfFiscalQuarter(year, each), date));
      expect(holding).toEqual([quarter]);
      expect(spanContains(spanOfFiscalYear(year), date)).toBe(true);
    }
  });

  it('have a second quarter from January to March', () => {
    expect(spanOfFiscalQuarter(2566, 1)).toEqual({ from: '2022-10-01', to: '2022-12-31' });
    expect(spanOfFiscalQuarter(2566, 2)).toEqual({ from: '2023-01-01', to: '2023-03-31' });
  });

  it.each([2022, 2343, 2643, 65, 2565.5, Number.NaN])('refuse %p, which is no fiscal year', (year) => {
    expect(() => spanOfFiscalYear(year)).toThrow(RangeError);
    expect(() => spanOfFiscalQuarter(year, 1)).toThrow(RangeError);
  });
});

describe('keys of spans', () => {
  it('name a span by its days', () => {
    const span = { from: isoDate('2022-10-01'), to: isoDate('2023-06-30') };
    expect(spanKey(span)).toBe('2022-10-01..2023-06-30');
    expect(parseSpanKey(spanKey(span))).toEqual(span);
    expect(parseSpanKey(spanKey('notStated'))).toBe('notStated');
  });

  it.each(['', '2022-10-01', '2022-10-01..', '2022-10-01..2022-09-30', '2565-10-01..2566-09-30', 'a..b', 'x..y..z'])(
    'are not read from %j',
    (key) => expect(parseSpanKey(key)).toBeUndefined(),
  );

  it('may name one day', () => {
    expect(parseSpanKey('2022-10-01..2022-10-01')).toEqual({ from: '2022-10-01', to: '2022-10-01' });
  });
});
