import { compareDecimals, divideDecimals, multiplyDecimals, sumDecimals, type DecimalText } from '../decimal';
import { NOT_STATED } from '../event-schema';
import { SCORE_FRACTION_DIGITS, type Weight } from './scoring-rule';

/** One indicator in a total. */
export interface WeighedScore {
  readonly weight: Weight;
  /** Whether it stands in the denominator. Only an exemption or a cancellation takes it out: never a missing report. */
  readonly counted: boolean;
  /** Absent where no score can be said; a missing report has the floor as its score (`roundScoreOf`). */
  readonly score?: DecimalText | undefined;
}

export type Total =
  | {
      readonly kind: 'total';
      /** Four fraction digits, half-up. */
      readonly total: DecimalText;
      /** How many per cent of all weight is counted, four fraction digits; `notStated` where one left out is. */
      readonly weightCounted: string;
    }
  | { readonly kind: 'none'; readonly reason: NoTotalReason };

export type NoTotalReason =
  /** A counted weight is not stated, and nothing may be put in its place. */
  | 'weightNotStated'
  /** A counted indicator with a weight has no score. */
  | 'notScored'
  /** No weight is counted. */
  | 'nothingCounted';

/** Σ(score × weight) / Σ weight over what is counted, from scores of four fraction digits. */
export function totalOf(items: readonly WeighedScore[]): Total {
  const counted = items.filter((item) => item.counted);
  const products: DecimalText[] = [];
  for (const { weight, score } of counted) {
    if (weight === NOT_STATED) return { kind: 'none', reason: 'weightNotStated' };
    if (score !== undefined) products.push(multiplyDecimals(score, weight));
  }
  const weights = counted.map(({ weight }) => weight);
  const total = divideDecimals(sumDecimals(products), sumDecimals(weights), SCORE_FRACTION_DIGITS);
  if (total === undefined) return { kind: 'none', reason: 'nothingCounted' };
  if (counted.some(({ score, weight }) => score === undefined && compareDecimals(weight, '0') !== 0)) {
    return { kind: 'none', reason: 'notScored' };
  }
  return { kind: 'total', total, weightCounted: shareOf(weights, items) };
}

function shareOf(counted: readonly DecimalText[], items: readonly WeighedScore[]): string {
  const all = items.map(({ weight }) => weight);
  if (all.includes(NOT_STATED)) return NOT_STATED;
  return (
    divideDecimals(multiplyDecimals(sumDecimals(counted), '100'), sumDecimals(all), SCORE_FRACTION_DIGITS) ?? NOT_STATED
  );
}

/** A named range of totals: from its bound, included, up to the bound of the next higher band, excluded. */
export interface Band {
  readonly code: string;
  readonly from: DecimalText;
}

/** The band of a total, whatever the order of the bands; undefined below the lowest bound. */
export function bandOf<Banded extends Band>(bands: readonly Banded[], total: DecimalText): Banded | undefined {
  return bands
    .filter(({ from }) => compareDecimals(from, total) <= 0)
    .reduce<Banded | undefined>(
      (highest, band) => (highest && compareDecimals(highest.from, band.from) > 0 ? highest : band),
      undefined,
    );
}

/**
 * Ranks from the highest total down, in the order of the list: equal totals share a rank, and the next one is skipped
 * (1, 1, 3).
 */
export function ranksOf<Ranked extends { readonly total: DecimalText }>(
  list: readonly Ranked[],
): (Ranked & { readonly rank: number })[] {
  const descending = list.map(({ total }) => total).toSorted((first, second) => compareDecimals(second, first));
  return list.map((item) => ({
    ...item,
    rank: descending.findIndex((total) => compareDecimals(total, item.total) === 0) + 1,
  }));
}
