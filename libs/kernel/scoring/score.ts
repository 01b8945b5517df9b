import { compareDecimals, multiplyDecimals, roundDecimal, type DecimalText } from '../decimal';
import { NOT_STATED } from '../event-schema';
import { anchorsRefusal } from './criterion';
import { amountOfDate, compareAmounts, negated, pointBetween, ratioOf, whole, type Amount } from './amount';
import {
  PERCENT,
  SCORE_FRACTION_DIGITS,
  type ActualToScore,
  type Criterion,
  type Figure,
  type ScoringDirection,
  type ScoringRule,
  type TargetToScore,
} from './scoring-rule';

/** A score, or why there is none; with the version of the rule, so that anyone can compute it again. */
export type ScoreOutcome =
  | {
      readonly scored: true;
      /** Four fraction digits, half-up. */
      readonly score: DecimalText;
      readonly ruleVersion: number;
    }
  | { readonly scored: false; readonly reason: NotScoredReason; readonly ruleVersion: number };

/** Every reason for which a figure has no score. */
export type NotScoredReason = Incomparable | 'notJudgedYet' | 'judgedOutOfRange' | 'narrativeOnly' | 'notAvailable';

/** Why a figure cannot be held against a target. */
type Incomparable =
  | Unscorable
  /** Such as a level for an indicator that is counted. */
  | 'figureDoesNotFitDirection'
  | 'unitDiffers'
  /** A difference was reported, and the target is none. */
  | 'deltaAgainstValue'
  /** The target is a difference, and none was reported. */
  | 'valueAgainstDelta'
  /** The difference is to another span than that of the target, or one of the two is not stated. */
  | 'deltaAgainstOtherSpan'
  | 'denominatorZero';

/** What of the terms keeps every figure from being scored. */
export type Unscorable =
  | 'noTarget'
  | 'directionNotStated'
  /** The criterion is none for the direction (`anchorsRefusal`). */
  | 'criterionUnusable';

/** Why no figure can be scored under these terms; undefined when one can. */
export function unscorable(direction: ScoringDirection, target: TargetToScore | undefined): Unscorable | undefined {
  if (direction === 'judged') return undefined;
  if (direction === 'notStated') return 'directionNotStated';
  if (!target) return 'noTarget';
  return anchorsRefusal(direction, target.criterion) && 'criterionUnusable';
}

/**
 * The score of a figure: on or between the anchors, the floor below the lowest, never above the highest. Where neighbouring
 * anchors are equal, reaching them gives the higher score.
 * @param target undefined where none is stated for the span of the figure; a judged indicator needs none
 */
export function scoreOf(
  rule: ScoringRule,
  direction: ScoringDirection,
  target: TargetToScore | undefined,
  actual: ActualToScore,
): ScoreOutcome {
  const { ruleVersion } = rule;
  const reasoned = judgedOrNone(rule, direction, actual.figure) ?? pointsReached(rule, direction, target, actual);
  return 'points' in reasoned
    ? { scored: true, score: roundDecimal(reasoned.points, SCORE_FRACTION_DIGITS), ruleVersion }
    : { scored: false, reason: reasoned.reason, ruleVersion };
}

/** Whether a target is met, or that it cannot be said: of several anchors none is the target, unless one is stated. */
export type Met = 'met' | 'notMet' | 'cannotSay';

/** Whether a figure meets a target of one value, one day or one level. */
export function isMet(direction: ScoringDirection, target: TargetToScore | undefined, actual: ActualToScore): Met {
  const compared = comparedWith(direction, target, actual);
  const [anchor, ...others] = 'reason' in compared ? [] : compared.anchors;
  if ('reason' in compared || anchor === undefined || others.length > 0) return 'cannotSay';
  return compareAmounts(compared.reached, anchor) >= 0 ? 'met' : 'notMet';
}

type Reasoned = { readonly points: DecimalText } | { readonly reason: NotScoredReason };

/** What can be said without a target; undefined where the figure is to be held against one. */
function judgedOrNone(rule: ScoringRule, direction: ScoringDirection, figure: Figure): Reasoned | undefined {
  if (figure.kind === 'notAvailable') return { reason: 'notAvailable' };
  if (direction !== 'judged') return figure.kind === 'narrative' ? { reason: 'narrativeOnly' } : undefined;
  if (figure.kind !== 'judged') return { reason: 'notJudgedYet' };
  const { min, max } = rule.judged;
  const isInRange = compareDecimals(figure.score, min) >= 0 && compareDecimals(figure.score, max) <= 0;
  return isInRange ? { points: figure.score } : { reason: 'judgedOutOfRange' };
}

function pointsReached(
  rule: ScoringRule,
  direction: ScoringDirection,
  target: TargetToScore | undefined,
  actual: ActualToScore,
): Reasoned {
  const compared = comparedWith(direction, target, actual);
  if ('reason' in compared) return compared;
  const { reached, anchors, criterion } = compared;
  const scale = pointsOf(rule, criterion);
  const index = anchors.findLastIndex((anchor) => compareAmounts(reached, anchor) >= 0);
  const [anchor, points] = [anchors[index], scale.points[index]];
  if (anchor === undefined || points === undefined) return { points: scale.below };
  const [nextAnchor, nextPoints] = [anchors[index + 1], scale.points[index + 1]];
  if (scale.between === 'step' || nextAnchor === undefined || nextPoints === undefined) return { points };
  return { points: pointBetween(reached, { from: anchor, to: nextAnchor }, { from: points, to: nextPoints }) };
}

interface PointScale {
  /** One for each anchor. */
  readonly points: readonly DecimalText[];
  readonly below: DecimalText;
  readonly between: ScoringRule['between'];
}

function pointsOf(rule: ScoringRule, criterion: Criterion): PointScale {
  const { between, belowLowest: below } = rule;
  const single: PointScale = { points: [rule.single.met], below: rule.single.notMet, between: 'step' };
  switch (criterion.kind) {
    case 'single':
      return single;
    case 'fiveLevels':
      return { points: rule.fiveLevels, below, between };
    case 'threeAnchors':
      return { points: rule.threeAnchors, below, between };
    case 'milestones':
      // A described state is reached or not, so there is nothing between two of them.
      return { points: criterion.levels.map((level) => rule.fiveLevels[level - 1] ?? below), below, between: 'step' };
    case 'dates':
      if (criterion.dates.length === 1) return single;
      return { points: criterion.dates.length === 3 ? rule.threeAnchors : rule.fiveLevels, below, between };
  }
}

/** A figure beside its anchors, all turned so that more is better. */
interface Compared {
  readonly criterion: Criterion;
  readonly reached: Amount;
  readonly anchors: readonly Amount[];
}

function comparedWith(
  direction: ScoringDirection,
  target: TargetToScore | undefined,
  { figure, unit }: ActualToScore,
): Compared | { readonly reason: Incomparable } {
  const reason = unscorable(direction, target);
  if (reason !== undefined) return { reason };
  if (!target) return { reason: 'noTarget' };
  const { criterion } = target;
  if (criterion.kind === 'milestones') {
    if (figure.kind !== 'milestone') return { reason: 'figureDoesNotFitDirection' };
    return { criterion, reached: whole(String(figure.level)), anchors: criterion.levels.map(String).map(whole) };
  }
  if (criterion.kind === 'dates') {
    if (figure.kind !== 'date') return { reason: 'figureDoesNotFitDirection' };
    return { criterion, reached: amountOfDate(figure.date), anchors: criterion.dates.map(amountOfDate) };
  }
  const reached = amountReached(target, figure, unit);
  if ('reason' in reached) return reached;
  const turned = (amount: Amount): Amount => (direction === 'lower' ? negated(amount) : amount);
  const values = criterion.kind === 'single' ? [criterion.value] : criterion.values;
  return { criterion, reached: turned(reached), anchors: values.map(whole).map(turned) };
}

function amountReached(
  { unit: targetUnit, comparisonSpan }: TargetToScore,
  figure: Figure,
  unit: string,
): Amount | { readonly reason: Incomparable } {
  if (figure.kind !== 'value' && figure.kind !== 'ratio' && figure.kind !== 'delta') {
    return { reason: 'figureDoesNotFitDirection' };
  }
  if (unit !== targetUnit) return { reason: 'unitDiffers' };
  if (figure.kind === 'delta') {
    if (comparisonSpan === undefined) return { reason: 'deltaAgainstValue' };
    const isSameSpan = comparisonSpan === figure.comparisonSpan && comparisonSpan !== NOT_STATED;
    return isSameSpan ? whole(figure.value) : { reason: 'deltaAgainstOtherSpan' };
  }
  if (comparisonSpan !== undefined) return { reason: 'valueAgainstDelta' };
  if (figure.kind === 'value') return whole(figure.value);
  const numerator = unit === PERCENT ? multiplyDecimals(figure.numerator, '100') : figure.numerator;
  return ratioOf(numerator, figure.denominator) ?? { reason: 'denominatorZero' };
}
