import {
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  NOT_STATED,
  SCORE_FRACTION_DIGITS,
  sumDecimals,
  totalOf,
  type DecimalText,
  type NoTotalReason,
} from '@khamrap/kernel';

/** An indicator as it goes into the total of a round. */
export interface IndicatorInRound {
  readonly indicatorId: string;
  readonly parentIndicatorId?: string | undefined;
  /** A decimal text, or `notStated`. */
  readonly weight: string;
  /** False where it is exempt, cancelled, or does not count in this round. */
  readonly isCounted: boolean;
  /** Absent where no score can be said. */
  readonly score?: DecimalText | undefined;
  /** Whether every step of certification is done. */
  readonly isCertified: boolean;
}

export interface RoundTotal {
  readonly total: DecimalText | null;
  readonly noTotalReason: NoTotalReason | null;
  /** Per cent of all stated weight, four digits; null where a weight is not stated. */
  readonly weightCountedPercent: DecimalText | null;
  /** Per cent of the counted weight whose figures are certified, four digits; null where that cannot be said. */
  readonly certifiedWeightPercent: DecimalText | null;
  /** Σ score × weight and Σ weight of what is counted: totals of several agreements are made of them. */
  readonly weightedScore: DecimalText | null;
  readonly countedWeight: DecimalText | null;
  /** Σ of all weight, counted or not; null where one is not stated. */
  readonly statedWeight: DecimalText | null;
}

/**
 * The total of a round over the indicators that carry weight: where a parent or its children do, the others need none. No
 * weight is ever put in the place of one that is not stated.
 */
export function totalOfRound(indicators: readonly IndicatorInRound[]): RoundTotal {
  const carriers = weightCarriers(indicators);
  const items = carriers.map(({ weight, isCounted: counted, score }) => ({ weight, counted, score }));
  const outcome = totalOf(items);
  const counted = carriers.filter(({ isCounted }) => isCounted);
  const stated = counted.filter(({ weight }) => weight !== NOT_STATED);
  const countedWeight = stated.length === counted.length ? sumDecimals(stated.map(({ weight }) => weight)) : null;
  const statedWeight = sumOfWeights(carriers);
  const hasTotal = outcome.kind === 'total';
  return {
    total: hasTotal ? outcome.total : null,
    noTotalReason: hasTotal ? null : outcome.reason,
    weightCountedPercent: shareOf(countedWeight, statedWeight),
    certifiedWeightPercent: shareOf(
      countedWeight && sumDecimals(counted.filter(({ isCertified }) => isCertified).map(({ weight }) => weight)),
      countedWeight,
    ),
    weightedScore: hasTotal
      ? sumDecimals(counted.map(({ score, weight }) => multiplyDecimals(score ?? '0', weight)))
      : null,
    countedWeight,
    statedWeight,
  };
}

/**
 * The indicators over which the weight of an agreement is spread: those that have a weight, and those without sub-indicators
 * that have none above them either.
 */
export function weightCarriers<Weighed extends IndicatorInRound>(indicators: readonly Weighed[]): readonly Weighed[] {
  const byId = new Map<string, IndicatorInRound>(indicators.map((indicator) => [indicator.indicatorId, indicator]));
  const parents = new Set(indicators.map(({ parentIndicatorId }) => parentIndicatorId));
  return indicators.filter((indicator) => {
    if (carries(indicator)) return true;
    if (parents.has(indicator.indicatorId)) return false;
    for (let above = parentOf(indicator, byId); above; above = parentOf(above, byId)) if (carries(above)) return false;
    return true;
  });
}

function parentOf(
  { parentIndicatorId }: IndicatorInRound,
  byId: ReadonlyMap<string, IndicatorInRound>,
): IndicatorInRound | undefined {
  return parentIndicatorId === undefined ? undefined : byId.get(parentIndicatorId);
}

function carries({ weight }: IndicatorInRound): boolean {
  return weight !== NOT_STATED && compareDecimals(weight, '0') > 0;
}

function sumOfWeights(indicators: readonly IndicatorInRound[]): DecimalText | null {
  const weights = indicators.map(({ weight }) => weight);
  return weights.includes(NOT_STATED) ? null : sumDecimals(weights);
}

function shareOf(part: DecimalText | null, whole: DecimalText | null): DecimalText | null {
  if (part === null || whole === null) return null;
  return divideDecimals(multiplyDecimals(part, '100'), whole, SCORE_FRACTION_DIGITS) ?? null;
}
