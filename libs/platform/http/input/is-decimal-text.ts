import type { ValidationOptions } from 'class-validator';
import { parseDecimal, toAsciiDigits } from '@khamrap/kernel';
import { accepted, refused, rule, type Reading } from './rule';

const LENGTH_MAX = 80;
// Groups of three, all of them: 12,34 may be a decimal comma, and a guess would be a wrong figure.
const GROUPED = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** A decimal number written as text, in ASCII or Thai digits, with or without grouping commas; read as plain `-1234.50`. */
export function IsDecimalText(options?: ValidationOptions): PropertyDecorator {
  return rule('isDecimalText', read, options);
}

function read(value: unknown): Reading {
  if (typeof value === 'number')
    return refused('ตัวเลขต้องเขียนเป็นข้อความ เช่น "12.50"', 'write the number as text, such as "12.50"');
  if (typeof value !== 'string' || value.length > LENGTH_MAX) return NOT_A_DECIMAL;
  const written = toAsciiDigits(value);
  const decimal = parseDecimal(GROUPED.test(written) ? written.replaceAll(',', '') : written);
  return decimal === undefined ? NOT_A_DECIMAL : accepted(decimal);
}

const NOT_A_DECIMAL = refused(
  'ต้องเป็นตัวเลขที่เขียนเป็นข้อความ เช่น "1887.00" หรือ "๑,๘๘๗.๐๐"',
  'must be a decimal number written as text, such as "1887.00" or "1,887.00"',
);
