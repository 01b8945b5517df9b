import type { ActualReported } from '@khamrap/agreements/events';
import { compareDecimals, divideDecimals, parseDecimal } from '@khamrap/kernel';
import type { Cell, RememberedTarget } from './memory';

type Terms = RememberedTarget['terms'];
type Figure = Pick<ActualReported['data'], 'kind' | 'unit' | 'value' | 'comparisonSpan'>;

const ENDS_OF_PERCENT = ['0', '100'];

/** The values of a criterion that a figure can meet, written as the figure is. None where the two cannot be compared. */
export function anchorsOf(figure: Figure, target: Terms): readonly string[] {
  const { value } = figure;
  if (value === undefined || !isComparable(figure, target)) return [];
  if (figure.unit === 'percent' && ENDS_OF_PERCENT.some((end) => isEqual(end, value))) return [];
  const anchors = [...(target.value === undefined ? [] : [target.value]), ...(target.levels ?? [])];
  return anchors.flatMap((anchor) => (isEqual(anchor, value) ? [value] : anchor));
}

/** Whether two texts are one value. Most are not, which costs nothing to see. */
function isEqual(one: string, other: string): boolean {
  return one === other || (Number(one) === Number(other) && compareDecimals(one, other) === 0);
}

/** Digits that say something: neither zeros before the first nor behind the last. */
export function significantDigits(value: string): number {
  const digits = value.replace('-', '').replace('.', '').replace(/^0+/, '');
  return (value.includes('.') ? digits : digits.replace(/0+$/, '')).length;
}

interface Proportion {
  /** Two decimals. */
  readonly times: string;
  readonly against: string;
  readonly isTarget: boolean;
}

/** Below this a figure is what one could expect, whatever the thresholds: most figures need not be divided exactly. */
const TIMES_MIN = 1.5;

/**
 * How many times a figure is its target; where less is better, also how many times the target is the figure. Without a target
 * that it can be held against, how many times it differs from what it corrects. Undefined where nothing can be computed.
 */
export function timesOf(
  figure: Figure,
  direction: string,
  target: Terms | undefined,
  before: Cell | undefined,
): Proportion | undefined {
  const { value } = figure;
  if (value === undefined || (figure.kind !== 'value' && figure.kind !== 'adopted')) return undefined;
  const headline = target && isComparable(figure, target) ? (target.value ?? target.levels?.at(-1)) : undefined;
  if (headline !== undefined) return proportion(value, headline, direction === 'lower', true);
  const isAlike = before?.kind === figure.kind && before.unit === figure.unit && before.value !== undefined;
  return isAlike && before.value !== undefined ? proportion(value, before.value, true, false) : undefined;
}

function proportion(value: string, against: string, bothWays: boolean, isTarget: boolean): Proportion | undefined {
  const [one, other] = [Number(value), Number(against)];
  if (!(one > 0 && other > 0)) return undefined;
  const isMore = one >= other;
  if (!isMore && !bothWays) return undefined;
  if ((isMore ? one / other : other / one) < TIMES_MIN) return undefined;
  const times = isMore ? divideDecimals(value, against, 2) : divideDecimals(against, value, 2);
  return times === undefined ? undefined : { times, against, isTarget };
}

function isComparable(figure: Figure, target: Terms): boolean {
  const isOfValues = !['milestones', 'dates'].includes(target.criterion ?? 'single');
  return isOfValues && target.unit === figure.unit && target.comparisonSpan === figure.comparisonSpan;
}

/** The value of the criterion that a figure fell short of and meets now; undefined where there is none. */
export function anchorMetNow(
  figure: Figure,
  direction: string,
  target: Terms,
  before: string | undefined,
): { readonly percent: string } | undefined {
  const { value } = figure;
  if (value === undefined || before === undefined || !anchorsOf(figure, target).includes(value)) return undefined;
  const [from, to] = [parseDecimal(before), parseDecimal(value)];
  if (from === undefined || to === undefined) return undefined;
  const compared = compareDecimals(from, to);
  const fellShort = direction === 'lower' ? compared > 0 : direction === 'higher' && compared < 0;
  if (!fellShort) return undefined;
  const base = Number(from);
  return { percent: base === 0 ? '100' : (Math.abs((Number(to) - base) / base) * 100).toFixed(2) };
}
