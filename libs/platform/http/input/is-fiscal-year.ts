import type { ValidationOptions } from 'class-validator';
import { toAsciiDigits } from '@khamrap/kernel';
import { accepted, refused, rule, type Reading } from './rule';

const YEAR_MIN = 2500;
/** The last year whose days the calendar of the kernel knows. */
const YEAR_MAX = 2642;
const BUDDHIST_ERA_OFFSET = 543;

/** A fiscal year by its number in the Buddhist Era, 2500 to 2642, as a number or its four digits; read as a number. */
export function IsFiscalYear(options?: ValidationOptions): PropertyDecorator {
  return rule('isFiscalYear', read, options);
}

function read(value: unknown): Reading {
  const year = typeof value === 'string' && /^[0-9๐-๙]{4}$/.test(value) ? Number(toAsciiDigits(value)) : value;
  if (typeof year !== 'number' || !Number.isInteger(year)) return NOT_A_YEAR;
  if (year >= YEAR_MIN && year <= YEAR_MAX) return accepted(year);
  const buddhistYear = year + BUDDHIST_ERA_OFFSET;
  if (buddhistYear < YEAR_MIN || buddhistYear > YEAR_MAX) return NOT_A_YEAR;
  return refused(
    `${year} น่าจะเป็นปี ค.ศ. ปีงบประมาณใช้ พ.ศ. เช่น ${buddhistYear}`,
    `${year} looks like a year of the Common Era: fiscal years are of the Buddhist Era, such as ${buddhistYear}`,
  );
}

const NOT_A_YEAR = refused(
  `ต้องเป็นปีงบประมาณ พ.ศ. ${YEAR_MIN} ถึง ${YEAR_MAX}`,
  `must be a fiscal year of the Buddhist Era, ${YEAR_MIN} to ${YEAR_MAX}`,
);
