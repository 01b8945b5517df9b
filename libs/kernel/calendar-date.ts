import { toAsciiDigits } from './thai-digits';

/**
 * A real day as `YYYY-MM-DD` of the Common Era, 1800-01-01 to 2099-12-31. Comparing two as text compares the days. The
 * bounds keep a Buddhist-Era year (543 more) from ever being taken for a year of the Common Era.
 */
export type IsoDate = string & { readonly __isoDate: true };

/** Why a text is not taken for a date. */
export type DateRefusal =
  /** None of the accepted forms. */
  | 'notADate'
  /** The year has fewer than four digits. */
  | 'yearTooShort'
  /** The year may be of either era: 2100 to 2399 without an era. */
  | 'yearAmbiguous'
  /** The year lies outside 1800 to 2099 of the Common Era (2343 to 2642 of the Buddhist Era). */
  | 'yearOutOfRange'
  /** Numbers with a Common-Era year behind: day or month may come first. */
  | 'orderAmbiguous'
  /** The calendar has no such day. */
  | 'notInCalendar';

export type DateParse =
  { readonly ok: true; readonly date: IsoDate } | { readonly ok: false; readonly reason: DateRefusal };

const BUDDHIST_ERA_OFFSET = 543;
const YEAR_MIN = 1800;
const YEAR_MAX = 2099;
const BUDDHIST_YEAR_MIN_WITHOUT_ERA = 2400;

const MONTHS = [
  { long: 'มกราคม', short: 'ม.ค.' },
  { long: 'กุมภาพันธ์', short: 'ก.พ.' },
  { long: 'มีนาคม', short: 'มี.ค.' },
  { long: 'เมษายน', short: 'เม.ย.' },
  { long: 'พฤษภาคม', short: 'พ.ค.' },
  { long: 'มิถุนายน', short: 'มิ.ย.' },
  { long: 'กรกฎาคม', short: 'ก.ค.' },
  { long: 'สิงหาคม', short: 'ส.ค.' },
  { long: 'กันยายน', short: 'ก.ย.' },
  { long: 'ตุลาคม', short: 'ต.ค.' },
  { long: 'พฤศจิกายน', short: 'พ.ย.' },
  { long: 'ธันวาคม', short: 'ธ.ค.' },
] as const;

const YEAR_FIRST = /^(?<year>\d{1,5})-(?<month>\d{2})-(?<day>\d{2})$/;
const DAY_FIRST = /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{1,5})$/;
const NAMED_MONTH = /^(?<day>\d{1,2}) ?(?<month>[ก-๎.]{4,12}?) ?(?<era>พ\.ศ\.|ค\.ศ\.)? ?(?<year>\d{1,5})$/;
const TEXT_LENGTH_MAX = 60;

/** Whether a text is a date as the ledger writes it. */
export function isIsoDate(text: string): text is IsoDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  return year >= YEAR_MIN && year <= YEAR_MAX && isInCalendar(year, Number(text.slice(5, 7)), Number(text.slice(8)));
}

/**
 * The text as a date.
 * @throws RangeError when it is none
 */
export function isoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new RangeError(`"${text}" is not a date`);
  return text;
}

/**
 * Reads a date as people write it: `2021-10-12`, `2564-10-12`, `12/10/2564`, `12 ตุลาคม 2564`, `12 ต.ค. 2564`, with พ.ศ. or
 * ค.ศ. before the year if they like, in ASCII or Thai digits. A year that could be of either era is refused, not guessed.
 */
export function parseDate(text: string): DateParse {
  if (text.length > TEXT_LENGTH_MAX) return refused('notADate');
  const written = toAsciiDigits(text.trim());
  const match = YEAR_FIRST.exec(written) ?? DAY_FIRST.exec(written) ?? NAMED_MONTH.exec(written);
  const { day, month, era, year } = match?.groups ?? {};
  if (day === undefined || month === undefined || year === undefined) return refused('notADate');
  const monthNumber = monthNumberOf(month);
  if (monthNumber === undefined) return refused('notADate');
  if (year.length < 4) return refused('yearTooShort');
  const commonEraYear = commonEraYearOf(Number(year), era);
  if (typeof commonEraYear === 'string') return refused(commonEraYear);
  if (DAY_FIRST.test(written) && commonEraYear === Number(year)) return refused('orderAmbiguous');
  if (!isInCalendar(commonEraYear, monthNumber, Number(day))) return refused('notInCalendar');
  return { ok: true, date: write(commonEraYear, monthNumber, Number(day)) };
}

/** The date as a Thai document prints it: `12 ตุลาคม 2564`, or `12 ต.ค. 2564` in the short style; in ASCII digits. */
export function formatBuddhistDate(date: IsoDate, style: 'long' | 'short' = 'long'): string {
  const { year, month, day } = partsOf(date);
  return `${day} ${MONTHS[month - 1]?.[style]} ${year + BUDDHIST_ERA_OFFSET}`;
}

/** The year of the Buddhist Era in which the date lies. */
export function buddhistYearOf(date: IsoDate): number {
  return partsOf(date).year + BUDDHIST_ERA_OFFSET;
}

/** The year of the Common Era that carries a number of the Buddhist Era. */
export function commonEraYearOfBuddhist(buddhistYear: number): number {
  return buddhistYear - BUDDHIST_ERA_OFFSET;
}

const DAY_MS = 86_400_000;
// Thailand keeps UTC+7 the whole year, and has since 1920.
const BANGKOK_OFFSET_MS = 7 * 3_600_000;

/** The day in Bangkok at a moment (milliseconds since 1970 in UTC). */
export function bangkokDateOf(milliseconds: number): IsoDate {
  return dateOfDayNumber(Math.floor((milliseconds + BANGKOK_OFFSET_MS) / DAY_MS));
}

/** The moment (milliseconds since 1970 in UTC) at which the day begins in Bangkok; it ends where the next one begins. */
export function startOfBangkokDay(date: IsoDate): number {
  return dayNumberOf(date) * DAY_MS - BANGKOK_OFFSET_MS;
}

/** Days since 1970-01-01, so that differences of dates are differences of numbers. */
export function dayNumberOf(date: IsoDate): number {
  const { year, month, day } = partsOf(date);
  return daysBeforeYear(year) - daysBeforeYear(1970) + daysBeforeMonth(year, month) + day - 1;
}

/**
 * The date that many days after 1970-01-01.
 * @throws RangeError when it lies outside the years of the ledger
 */
export function dateOfDayNumber(dayNumber: number): IsoDate {
  // The mean year has 365.2425 days, so the guess is at most one year off.
  let year = 1970 + Math.floor(dayNumber / 365.2425);
  while (daysBeforeYear(year) - daysBeforeYear(1970) > dayNumber) year -= 1;
  while (daysBeforeYear(year + 1) - daysBeforeYear(1970) <= dayNumber) year += 1;
  const dayOfYear = dayNumber - (daysBeforeYear(year) - daysBeforeYear(1970));
  let month = 12;
  while (daysBeforeMonth(year, month) > dayOfYear) month -= 1;
  return isoDate(write(year, month, dayOfYear - daysBeforeMonth(year, month) + 1));
}

function refused(reason: DateRefusal): DateParse {
  return { ok: false, reason };
}

function monthNumberOf(text: string): number | undefined {
  if (/^\d/.test(text)) return Number(text);
  const index = MONTHS.findIndex((name) => name.long === text || name.short === text);
  return index < 0 ? undefined : index + 1;
}

function commonEraYearOf(year: number, era: string | undefined): number | 'yearAmbiguous' | 'yearOutOfRange' {
  if (era === undefined && year > YEAR_MAX && year < BUDDHIST_YEAR_MIN_WITHOUT_ERA) return 'yearAmbiguous';
  const isBuddhist = era === undefined ? year >= BUDDHIST_YEAR_MIN_WITHOUT_ERA : era === 'พ.ศ.';
  const commonEraYear = isBuddhist ? commonEraYearOfBuddhist(year) : year;
  return commonEraYear >= YEAR_MIN && commonEraYear <= YEAR_MAX ? commonEraYear : 'yearOutOfRange';
}

function partsOf(date: IsoDate): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
}

function write(year: number, month: number, day: number): IsoDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as IsoDate;
}

function isInCalendar(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function daysBeforeYear(year: number): number {
  const before = year - 1;
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
}

function daysBeforeMonth(year: number, month: number): number {
  let days = 0;
  for (let earlier = 1; earlier < month; earlier += 1) days += daysInMonth(year, earlier);
  return days;
}
