import { Decimal as DecimalJs } from 'decimal.js';

/**
 * An exact decimal number as text: an optional minus, digits, and optionally a point with more digits, as in `2446.88`.
 * The printed precision is part of the text: `1887` and `1887.00` are two texts of one value.
 */
export type DecimalText = string;

const INTEGER_DIGITS_MAX = 30;
const FRACTION_DIGITS_MAX = 12;

// Results inside a formula may be wider than what is stored: a product of two products still fits.
const WORKING_DIGITS_MAX = 200;

const CANONICAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
const MINUS_ZERO = /^-0(?:\.0+)?$/;

// A clone of its own, so that no other user of the library can change how we round. ROUND_DOWN only cuts what is longer
// than the precision, which no exact result is; the one rounding that a caller asks for is ROUND_HALF_UP, made once.
const Exact = DecimalJs.clone({
  precision: 2 * WORKING_DIGITS_MAX,
  rounding: DecimalJs.ROUND_DOWN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

/**
 * The text itself when it is a decimal number as the ledger writes it, with at most 30 digits before the point and 12
 * after it; otherwise undefined. No exponent, no plus, no leading zeros, no separators, no minus zero, ASCII digits only.
 */
export function parseDecimal(text: string): DecimalText | undefined {
  // The length first: the pattern never runs over a text of unbounded size.
  if (text.length > INTEGER_DIGITS_MAX + FRACTION_DIGITS_MAX + 2) return undefined;
  if (!CANONICAL.test(text) || MINUS_ZERO.test(text)) return undefined;
  const [integerPart = '', fractionPart = ''] = text.replace('-', '').split('.');
  return integerPart.length <= INTEGER_DIGITS_MAX && fractionPart.length <= FRACTION_DIGITS_MAX ? text : undefined;
}

/**
 * Negative when the first value is the smaller, 0 when both are equal (`1887` and `1887.00` are), positive otherwise.
 * @throws RangeError when a text is not a decimal number; so does every function below
 */
export function compareDecimals(first: DecimalText, second: DecimalText): number {
  return exact(first).comparedTo(exact(second));
}

/** The exact sum, with the fraction digits of the most precise addend; `0` for none. */
export function sumDecimals(addends: readonly DecimalText[]): DecimalText {
  const sum = addends.reduce((subtotal, addend) => subtotal.plus(exact(addend)), new Exact(0));
  return sum.toFixed(Math.max(0, ...addends.map(fractionDigitsOf)));
}

/** The exact difference, with the fraction digits of the more precise operand. */
export function subtractDecimals(minuend: DecimalText, subtrahend: DecimalText): DecimalText {
  const difference = exact(minuend).minus(exact(subtrahend));
  return difference.toFixed(Math.max(fractionDigitsOf(minuend), fractionDigitsOf(subtrahend)));
}

/** The exact product, with the fraction digits of both factors together. */
export function multiplyDecimals(first: DecimalText, second: DecimalText): DecimalText {
  return exact(first)
    .times(exact(second))
    .toFixed(fractionDigitsOf(first) + fractionDigitsOf(second));
}

/** The value half-up (a tie goes away from zero) to a number of fraction digits, which it then prints in full. */
export function roundDecimal(value: DecimalText, fractionDigits: number): DecimalText {
  return roundHalfUp(exact(value), fractionDigits);
}

/**
 * The quotient, rounded once: half-up (a tie goes away from zero) to a number of fraction digits, which it prints in full.
 * Undefined when the divisor is zero: nothing was computed, and that is for the caller to say in the domain's words.
 */
export function divideDecimals(
  dividend: DecimalText,
  divisor: DecimalText,
  fractionDigits: number,
): DecimalText | undefined {
  const exactDivisor = exact(divisor);
  if (exactDivisor.isZero()) return undefined;
  // The quotient is cut, not rounded, and far behind the digit that decides; so rounding it is rounding the true value.
  return roundHalfUp(exact(dividend).dividedBy(exactDivisor), fractionDigits);
}

/**
 * How many per cent of the target the actual is, half-up; undefined when the target is not above zero, because then a
 * percentage says nothing. Meant for targets where more is better.
 */
export function percentOf(actual: DecimalText, target: DecimalText, fractionDigits: number): DecimalText | undefined {
  if (compareDecimals(target, '0') <= 0) return undefined;
  return divideDecimals(multiplyDecimals(actual, '100'), target, fractionDigits);
}

// Weights, points and targets are read again and again, and reading a text costs more than adding two numbers. Instances are
// never changed once they are made, so one may stand for every place where its text stands.
const REMEMBERED_COUNT_MAX = 8_192;
const remembered = new Map<DecimalText, DecimalJs>();

function exact(text: DecimalText): DecimalJs {
  const known = remembered.get(text);
  if (known) return known;
  if (text.length > WORKING_DIGITS_MAX || !CANONICAL.test(text)) {
    throw new RangeError(`"${text.slice(0, WORKING_DIGITS_MAX)}" is not a decimal number`);
  }
  const made = new Exact(text);
  if (remembered.size >= REMEMBERED_COUNT_MAX) remembered.clear();
  remembered.set(text, made);
  return made;
}

function fractionDigitsOf(text: DecimalText): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function roundHalfUp(value: DecimalJs, fractionDigits: number): DecimalText {
  if (!Number.isInteger(fractionDigits) || fractionDigits < 0 || fractionDigits > FRACTION_DIGITS_MAX) {
    throw new RangeError(`${fractionDigits} is not a number of fraction digits from 0 to ${FRACTION_DIGITS_MAX}`);
  }
  // Rounded first: a value that becomes zero then prints without its minus.
  return value.toDecimalPlaces(fractionDigits, DecimalJs.ROUND_HALF_UP).toFixed(fractionDigits);
}
