import fc from 'fast-check';
import {
  bangkokDateOf,
  dateOfDayNumber,
  dayNumberOf,
  formatBuddhistDate,
  isIsoDate,
  isoDate,
  parseDate,
  startOfBangkokDay,
} from './calendar-date';
import { toThaiDigits } from './thai-digits';

const DAY_MS = 86_400_000;
const FIRST_DAY_NUMBER = Date.UTC(1800, 0, 1) / DAY_MS;
const LAST_DAY_NUMBER = Date.UTC(2099, 11, 31) / DAY_MS;
const dayNumber = fc.integer({ min: FIRST_DAY_NUMBER, max: LAST_DAY_NUMBER });

function isoTextOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

describe('the calendar, against the one of the language', () => {
  it('agrees about every day of three centuries', () => {
    for (let day = FIRST_DAY_NUMBER; day <= LAST_DAY_NUMBER; day += 1) {
      const text = isoTextOf(day);
      if (dateOfDayNumber(day) !== text || dayNumberOf(isoDate(text)) !== day) throw new Error(`differs at ${text}`);
    }
  });

  it('refuses days outside the years of the ledger', () => {
    expect(() => dateOfDayNumber(FIRST_DAY_NUMBER - 1)).toThrow(RangeError);
    expect(() => dateOfDayNumber(LAST_DAY_NUMBER + 1)).toThrow(RangeError);
    expect(() => dateOfDayNumber(Number.NaN)).toThrow(RangeError);
  });

  it.each([
    '2021-02-29',
    '2021-13-01',
    '2021-00-10',
    '2021-04-31',
    '2564-10-12',
    '1799-12-31',
    '2021-1-1',
    '2021-10-12\n',
  ])('does not take %j for a date of the ledger', (text) => {
    expect(isIsoDate(text)).toBe(false);
    expect(() => isoDate(text)).toThrow(RangeError);
  });
});

describe('parseDate', () => {
  it.each([
    '2021-10-12',
    '2564-10-12',
    '12/10/2564',
    '12 ตุลาคม 2564',
    '12 ต.ค. 2564',
    '12 ต.ค.2564',
    '๑๒ ตุลาคม ๒๕๖๔',
    '๑๒/๑๐/๒๕๖๔',
    '12 ตุลาคม พ.ศ. 2564',
    '๑๒ ตุลาคม พ.ศ. ๒๕๖๔',
    '12 ตุลาคม ค.ศ. 2021',
    '12 ตุลาคม 2021',
    ' 12 ตุลาคม 2564 ',
  ])('reads %s', (text) => expect(parseDate(text)).toEqual({ ok: true, date: '2021-10-12' }));

  it('counts leap years in the Common Era', () => {
    expect(parseDate('29 กุมภาพันธ์ 2563')).toEqual({ ok: true, date: '2020-02-29' });
    expect(parseDate('29 กุมภาพันธ์ 2564')).toEqual({ ok: false, reason: 'notInCalendar' });
    expect(parseDate('29/2/2443')).toEqual({ ok: false, reason: 'notInCalendar' });
    expect(parseDate('29/2/2543')).toEqual({ ok: true, date: '2000-02-29' });
  });

  it.each([
    ['', 'notADate'],
    ['เมื่อวานนี้', 'notADate'],
    ['12 ตุลา 2564', 'notADate'],
    ['12 October 2021', 'notADate'],
    ['2021-10-12T00:00:00Z', 'notADate'],
    ['12-10-2564', 'notADate'],
    ['9'.repeat(1_000_000), 'notADate'],
    ['12/10/64', 'yearTooShort'],
    ['12 ต.ค. 64', 'yearTooShort'],
    ['64-10-12', 'yearTooShort'],
    ['2100-01-01', 'yearAmbiguous'],
    ['1 มกราคม 2399', 'yearAmbiguous'],
    ['1799-12-31', 'yearOutOfRange'],
    ['2643-01-01', 'yearOutOfRange'],
    ['25640-10-12', 'yearOutOfRange'],
    ['1 มกราคม ค.ศ. 2100', 'yearOutOfRange'],
    ['12/10/2021', 'orderAmbiguous'],
    ['31/04/2564', 'notInCalendar'],
    ['0/1/2564', 'notInCalendar'],
    ['2021-13-01', 'notInCalendar'],
  ])('refuses %.30s as %s', (text, reason) => expect(parseDate(text)).toEqual({ ok: false, reason }));

  it('takes a year of the Buddhist Era before 2400 when the era is written', () => {
    expect(parseDate('1 มกราคม พ.ศ. 2350')).toEqual({ ok: true, date: '1807-01-01' });
  });

  it('reads back what it prints, long and short, in either digits', () => {
    const sinceBuddhistYear2400 = fc.integer({ min: Date.UTC(1857, 0, 1) / DAY_MS, max: LAST_DAY_NUMBER });
    fc.assert(
      fc.property(sinceBuddhistYear2400, fc.constantFrom('long' as const, 'short' as const), (day, style) => {
        const date = dateOfDayNumber(day);
        const printed = formatBuddhistDate(date, style);
        expect(parseDate(printed)).toEqual({ ok: true, date });
        expect(parseDate(toThaiDigits(printed))).toEqual({ ok: true, date });
      }),
    );
  });
});

describe('formatBuddhistDate', () => {
  it('prints what the language itself prints for Thailand', () => {
    const locale = new Intl.DateTimeFormat('th-TH', { dateStyle: 'long', timeZone: 'UTC' });
    fc.assert(
      fc.property(dayNumber, (day) => {
        expect(formatBuddhistDate(dateOfDayNumber(day))).toBe(locale.format(new Date(day * DAY_MS)));
      }),
    );
    expect(formatBuddhistDate(isoDate('2021-10-12'), 'short')).toBe('12 ต.ค. 2564');
  });
});

describe('days in Bangkok', () => {
  it('begin seven hours before those of UTC', () => {
    expect(startOfBangkokDay(isoDate('2021-10-01'))).toBe(Date.parse('2021-10-01T00:00:00+07:00'));
    expect(bangkokDateOf(Date.parse('2021-09-30T16:59:59.999Z'))).toBe('2021-09-30');
    expect(bangkokDateOf(Date.parse('2021-09-30T17:00:00.000Z'))).toBe('2021-10-01');
    expect(bangkokDateOf(-1)).toBe('1970-01-01');
  });

  it('agree with the time zone database', () => {
    const bangkok = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: 'Asia/Bangkok' });
    // Before 1920-04-01 Bangkok kept its own mean time, 42 minutes and 4 seconds behind.
    const moment = fc.integer({ min: Date.UTC(1920, 3, 2), max: Date.UTC(2099, 11, 31) });
    fc.assert(
      fc.property(moment, (milliseconds) => {
        const date = bangkokDateOf(milliseconds);
        expect(date).toBe(bangkok.format(milliseconds));
        expect(startOfBangkokDay(date)).toBeLessThanOrEqual(milliseconds);
        expect(milliseconds).toBeLessThan(startOfBangkokDay(date) + DAY_MS);
      }),
    );
  });
});
