import {
  divideDecimals,
  multiplyDecimals,
  NOT_STATED,
  SCORE_FRACTION_DIGITS,
  subtractDecimals,
  sumDecimals,
  type DecimalText,
} from '@khamrap/kernel';
import { JUDGED_STATUSES, STATUSES, type Status } from './judgement';
import { weightCarriers, type IndicatorInRound } from './round-total';

/** What the agreements (or, by goal, the indicators) of a group add up to. */
export interface Sums {
  readonly agreementCount: number;
  readonly byStatus: Readonly<Partial<Record<Status, number>>>;
  /** Agreements that have a total in the round, and those that have none because of a weight, or for another reason. */
  readonly totalCount: number;
  readonly weightNotStatedCount: number;
  readonly notScoredCount: number;
  /** Σ score × weight, Σ counted weight, Σ certified weight and Σ all weight, over those that have a total. */
  readonly weightedScore: DecimalText;
  readonly countedWeight: DecimalText;
  readonly certifiedWeight: DecimalText;
  /** Σ of all stated weight, whether it counts or not; null where one is not stated. */
  readonly statedWeight: DecimalText | null;
  /** `schemeId/ruleVersion` of each rule by which they are scored; empty text where there is none. */
  readonly rules: readonly string[];
}

export type NoRollUpTotalReason = 'roundNotGiven' | 'nothingCounted' | 'weightNotStated' | 'notScored' | 'rulesDiffer';

export interface RollUp {
  readonly agreementCount: number;
  readonly byStatus: Readonly<Partial<Record<Status, number>>>;
  readonly targetsMet: number;
  readonly targetsJudged: number;
  /** The mean of all scores, each counted by its weight: four digits. */
  readonly total: DecimalText | null;
  readonly noTotalReason: NoRollUpTotalReason | null;
  /** Per cent of all stated weight that is counted; null where one is not stated. */
  readonly weightCountedPercent: DecimalText | null;
  /** Per cent of the counted weight whose figures are certified. */
  readonly certifiedWeightPercent: DecimalText | null;
  /** How many of the agreements have a total. */
  readonly totalCount: number;
}

/** The same group a year before, and whether the two may be compared. */
export interface YearOnYear {
  readonly fiscalYear: number;
  readonly total: DecimalText | null;
  /** The total less that of the year before; null where the two cannot be compared. */
  readonly change: DecimalText | null;
  readonly targetsMet: number;
  readonly targetsJudged: number;
  readonly isComparable: boolean;
  readonly notComparableReason: 'noTotal' | 'rulesDiffer' | null;
}

/** One group of several. */
export function addedUp(groups: readonly Sums[]): Sums {
  const count = (of: (sums: Sums) => number): number => groups.reduce((sum, group) => sum + of(group), 0);
  const sum = (of: (sums: Sums) => DecimalText): DecimalText => sumDecimals(groups.map(of));
  const byStatus: Partial<Record<Status, number>> = {};
  for (const status of STATUSES) {
    const number = count((group) => group.byStatus[status] ?? 0);
    if (number > 0) byStatus[status] = number;
  }
  return {
    agreementCount: count(({ agreementCount }) => agreementCount),
    byStatus,
    totalCount: count(({ totalCount }) => totalCount),
    weightNotStatedCount: count(({ weightNotStatedCount }) => weightNotStatedCount),
    notScoredCount: count(({ notScoredCount }) => notScoredCount),
    weightedScore: sum(({ weightedScore }) => weightedScore),
    countedWeight: sum(({ countedWeight }) => countedWeight),
    certifiedWeight: sum(({ certifiedWeight }) => certifiedWeight),
    statedWeight: groups.some(({ statedWeight }) => statedWeight === null)
      ? null
      : sum(({ statedWeight }) => statedWeight ?? '0'),
    rules: [...new Set(groups.flatMap(({ rules }) => rules))].toSorted(),
  };
}

/** What a group comes to. There is a total only where every one of its agreements has one, by the same rule. */
export function rollUpOf(sums: Sums, isOfRound: boolean): RollUp {
  const noTotalReason = isOfRound ? whyNoTotal(sums) : 'roundNotGiven';
  const { byStatus, agreementCount, totalCount } = sums;
  return {
    agreementCount,
    byStatus,
    targetsMet: byStatus.achieved ?? 0,
    targetsJudged: JUDGED_STATUSES.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0),
    total: noTotalReason === null ? quotient(sums.weightedScore, sums.countedWeight) : null,
    noTotalReason,
    weightCountedPercent:
      noTotalReason === null && sums.statedWeight !== null ? percent(sums.countedWeight, sums.statedWeight) : null,
    certifiedWeightPercent: noTotalReason === null ? percent(sums.certifiedWeight, sums.countedWeight) : null,
    totalCount,
  };
}

/** How a group stands beside itself a year before. */
export function yearOnYear(now: Sums, before: Sums, fiscalYear: number, isOfRound: boolean): YearOnYear {
  const [total, earlier] = [rollUpOf(now, isOfRound).total, rollUpOf(before, isOfRound)];
  const isSameRule = now.rules.length === 1 && now.rules[0] === before.rules[0] && before.rules.length === 1;
  const hasBoth = total !== null && earlier.total !== null;
  const isComparable = hasBoth && isSameRule;
  return {
    fiscalYear,
    total: earlier.total,
    change: isComparable ? subtractDecimals(total, earlier.total) : null,
    targetsMet: earlier.targetsMet,
    targetsJudged: earlier.targetsJudged,
    isComparable,
    notComparableReason: isComparable ? null : hasBoth ? 'rulesDiffer' : 'noTotal',
  };
}

function whyNoTotal(sums: Sums): NoRollUpTotalReason | null {
  if (sums.weightNotStatedCount > 0) return 'weightNotStated';
  if (sums.notScoredCount > 0) return 'notScored';
  if (sums.totalCount === 0) return 'nothingCounted';
  return sums.rules.length > 1 ? 'rulesDiffer' : null;
}

function quotient(dividend: DecimalText, divisor: DecimalText): DecimalText | null {
  return divideDecimals(dividend, divisor, SCORE_FRACTION_DIGITS) ?? null;
}

function percent(part: DecimalText, whole: DecimalText): DecimalText | null {
  return quotient(multiplyDecimals(part, '100'), whole);
}

/** An indicator and one of its standings, on the way into the sums of its goal. */
export interface IndicatorOfGoal extends IndicatorInRound {
  readonly agreementId: string;
  /** Number of the joint goal; null where it serves none. */
  readonly goal: number | null;
  readonly status: Status;
  /** As in `Sums`; null where there is none. */
  readonly rule: string | null;
}

/** What indicators come to by the goal that they serve. */
export function sumsOfIndicators(indicators: readonly IndicatorOfGoal[]): ReadonlyMap<number | null, Sums> {
  const ofAgreements = grouped(indicators, ({ agreementId }) => agreementId);
  const carrying = new Set([...ofAgreements.values()].flatMap((own) => weightCarriers(own)));
  const ofGoals = grouped(indicators, ({ goal }) => goal);
  return new Map([...ofGoals].map(([goal, own]) => [goal, sumsOfGoal(own, carrying)]));
}

function sumsOfGoal(own: readonly IndicatorOfGoal[], carrying: ReadonlySet<IndicatorInRound>): Sums {
  const byStatus: Partial<Record<Status, number>> = {};
  for (const { status } of own) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const carriers = own.filter((indicator) => carrying.has(indicator));
  const counted = carriers.filter(({ isCounted }) => isCounted);
  const isStated = ({ weight }: IndicatorInRound): boolean => weight !== NOT_STATED;
  const scored = counted.filter((indicator) => isStated(indicator) && indicator.score !== undefined);
  const weightOf = (some: readonly IndicatorInRound[]): DecimalText => sumDecimals(some.map(({ weight }) => weight));
  return {
    agreementCount: new Set(own.map(({ agreementId }) => agreementId)).size,
    byStatus,
    totalCount: new Set(scored.map(({ agreementId }) => agreementId)).size,
    weightNotStatedCount: counted.filter((indicator) => !isStated(indicator)).length,
    notScoredCount: counted.filter(({ score }) => score === undefined).length,
    weightedScore: sumDecimals(scored.map(({ score = '0', weight }) => multiplyDecimals(score, weight))),
    countedWeight: weightOf(scored),
    certifiedWeight: weightOf(scored.filter(({ isCertified }) => isCertified)),
    statedWeight: carriers.every(isStated) ? weightOf(carriers) : null,
    rules: [...new Set(own.flatMap(({ rule }) => rule ?? []))].toSorted(),
  };
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
