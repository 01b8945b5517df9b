import {
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  percentOf,
  subtractDecimals,
  type DecimalText,
} from '../decimal';
import { NOT_STATED } from '../event-schema';
import { SCORE_FRACTION_DIGITS, type ScoringDirection } from './scoring-rule';

export type Growth =
  /** In per cent of the base, four fraction digits, half-up. */
  | { readonly computable: true; readonly percent: DecimalText }
  | { readonly computable: false; readonly reason: 'baseZero' | 'baseNegative' | 'baseNotStated' };

/**
 * By how many per cent of a base, a decimal text or `notStated`, a figure has grown. Of a base that is not above zero, a
 * percentage would say nothing.
 */
export function growthPercent(actual: DecimalText, base: string): Growth {
  if (base === NOT_STATED) return { computable: false, reason: 'baseNotStated' };
  const growth = multiplyDecimals(subtractDecimals(actual, base), '100');
  const percent = divideDecimals(growth, base, SCORE_FRACTION_DIGITS);
  if (percent === undefined) return { computable: false, reason: 'baseZero' };
  return compareDecimals(base, '0') < 0 ? { computable: false, reason: 'baseNegative' } : { computable: true, percent };
}

export type Attainment =
  /** The actual in per cent of the target, four fraction digits, half-up. */
  | { readonly kind: 'percent'; readonly percent: DecimalText }
  /** The actual less the target, exactly; whether it is good depends on the direction. */
  | { readonly kind: 'gap'; readonly gap: DecimalText };

/** How far a figure came on the way to its target: a percentage only where more is better and the target is above zero. */
export function attainmentOf(direction: ScoringDirection, target: DecimalText, actual: DecimalText): Attainment {
  const percent = direction === 'higher' ? percentOf(actual, target, SCORE_FRACTION_DIGITS) : undefined;
  return percent === undefined ? { kind: 'gap', gap: subtractDecimals(actual, target) } : { kind: 'percent', percent };
}
