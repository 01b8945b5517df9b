import { dayNumberOf, type IsoDate } from '../calendar-date';
import {
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
  sumDecimals,
  type DecimalText,
} from '../decimal';
import { SCORE_FRACTION_DIGITS } from './scoring-rule';

/** An exact fraction: a quotient that is only rounded as a score, once. */
export interface Amount {
  readonly numerator: DecimalText;
  /** Above zero. */
  readonly denominator: DecimalText;
}

interface Between<Bound> {
  readonly from: Bound;
  readonly to: Bound;
}

export function whole(value: DecimalText): Amount {
  return { numerator: value, denominator: '1' };
}

/** The quotient of two numbers; undefined when the divisor is zero. */
export function ratioOf(numerator: DecimalText, denominator: DecimalText): Amount | undefined {
  const sign = compareDecimals(denominator, '0');
  if (sign === 0) return undefined;
  const amount = { numerator, denominator };
  return sign > 0 ? amount : { numerator: opposite(numerator), denominator: opposite(denominator) };
}

/** A day as an amount of which more is better: earlier days are larger. */
export function amountOfDate(date: IsoDate): Amount {
  return negated(whole(String(dayNumberOf(date))));
}

export function negated({ numerator, denominator }: Amount): Amount {
  return { numerator: opposite(numerator), denominator };
}

/** Negative when the first is smaller, 0 when both are equal, positive otherwise. */
export function compareAmounts(first: Amount, second: Amount): number {
  return compareDecimals(
    multiplyDecimals(first.numerator, second.denominator),
    multiplyDecimals(second.numerator, first.denominator),
  );
}

/**
 * The points of an amount on the straight line between two anchors that differ, rounded once. Anchors are values, so their
 * denominators are 1: (points.from × (to − from) + (amount − from) × (points.to − points.from)) / (to − from), with the
 * denominator of the amount on both sides.
 */
export function pointBetween(amount: Amount, anchors: Between<Amount>, points: Between<DecimalText>): DecimalText {
  const from = anchors.from.numerator;
  const width = multiplyDecimals(subtractDecimals(anchors.to.numerator, from), amount.denominator);
  const climbed = subtractDecimals(amount.numerator, multiplyDecimals(from, amount.denominator));
  const numerator = sumDecimals([
    multiplyDecimals(points.from, width),
    multiplyDecimals(climbed, subtractDecimals(points.to, points.from)),
  ]);
  const between = divideDecimals(numerator, width, SCORE_FRACTION_DIGITS);
  if (between === undefined) throw new RangeError('there is nothing between equal anchors');
  return between;
}

function opposite(value: DecimalText): DecimalText {
  return subtractDecimals('0', value);
}
