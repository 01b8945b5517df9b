import {
  compareDecimals,
  dayNumberOf,
  divideDecimals,
  multiplyDecimals,
  NOT_STATED,
  PERCENT,
  roundDecimal,
  roundScoreOf,
  SCORE_FRACTION_DIGITS,
  subtractDecimals,
  sumDecimals,
  type BothLanguages,
  type Criterion,
  type Figure,
  type RoundFigure,
  type ScoringRule,
  type TargetToScore,
} from '@khamrap/kernel';
import { targetToScore } from '../../domain/target-terms';
import type { TargetVersion } from '../standings/folded-agreement';
import { scoreStep, unexplained, type Explanation, type Input, type RuleUsed, type Step } from './explanation';
import { figureAt, figureInputs, type Place } from './figure-explained';
import type { Moment } from './recorded-life';
import { targetInputs } from './target-inputs';

const SCORE: BothLanguages = {
  th: 'คะแนนตามเกณฑ์ของค่าเป้าหมาย: จุดที่ถึง แล้วเทียบสัดส่วนหรือคิดเป็นขั้นไปยังจุดถัดไป ปัดครึ่งขึ้นทศนิยม 4 ตำแหน่ง',
  en: 'the points of the anchor that is reached and, by the rule, the straight line or a step to the next; half-up to 4 digits',
};

const NOT_REPORTED: RoundFigure = { kind: 'notReported' };

/** Why an indicator has no score in a closed round although its figure may have one. */
export type LeftOut = 'exempt' | 'cancelled' | 'otherRounds' | 'weightElsewhere';

/** The score of an indicator in a round, as if the round were closed at that moment. */
export function scoreExplained(
  moment: Moment,
  place: Place,
  version: TargetVersion | undefined,
  leftOut: LeftOut | undefined,
): Explanation {
  const { scoring } = moment.agreement.rules;
  const { indicator, round } = place;
  const { direction } = indicator.terms;
  if (!scoring) return unexplained(SCORE, 'noRule');
  if (leftOut !== undefined) return { ...unexplained(SCORE, leftOut), inputs: leftOutInputs(moment, place, leftOut) };
  // What was given back does not count until it is corrected.
  const standing = { ...place, figures: place.figures.filter(({ returnedAt }) => returnedAt === undefined) };
  const isUnjudged = direction === 'judged' && !indicator.scores.has(`${round} evaluator`);
  const figure = isUnjudged ? NOT_REPORTED : figureAt(moment, standing);
  const target = version && version.terms.span !== NOT_STATED ? targetToScore(version.terms) : undefined;
  const outcome = roundScoreOf(scoring, direction, target, figure);
  const inputs = [...targetInputs(moment, version), ...figureInputs(moment, standing, figure)];
  const rule = ruleOf(moment, scoring);
  if (!outcome.scored) return { ...unexplained(SCORE, outcome.reason), inputs, rule };
  const steps =
    'atFloor' in outcome
      ? [scoreStep(FLOOR, scoring.belowLowest, roundDecimal(scoring.belowLowest, SCORE_FRACTION_DIGITS))]
      : pointSteps(scoring, direction, target, figure as Extract<RoundFigure, { kind: 'figure' }>);
  return {
    formula: SCORE,
    inputs: [...inputs, ...pointInputs(moment, scoring, target?.criterion)],
    steps,
    rule,
    result: steps.at(-1)?.result ?? outcome.score,
    reason: 'atFloor' in outcome ? outcome.atFloor : null,
  };
}

function ruleOf({ agreement, statements }: Moment, { ruleVersion }: ScoringRule): RuleUsed {
  const event = statements.last('scoringRule', ruleVersion);
  return { kind: 'scoringRule', schemeId: agreement.scheme?.schemeId ?? null, version: ruleVersion, event };
}

function leftOutInputs({ statements }: Moment, { indicator, round }: Place, leftOut: LeftOut): readonly Input[] {
  const { indicatorId } = indicator.terms;
  const event =
    leftOut === 'exempt'
      ? statements.last('exempt', indicatorId, round ?? '')
      : leftOut === 'cancelled'
        ? statements.last('cancelled', indicatorId)
        : statements.last('weight', indicatorId);
  return [{ name: leftOut, label: LEFT_OUT[leftOut], value: 'yes', event }];
}

const LEFT_OUT: Readonly<Record<LeftOut, BothLanguages>> = {
  exempt: { th: 'ได้รับการยกเว้นในรอบนี้', en: 'exempt in this round' },
  cancelled: { th: 'ยกเลิกแล้ว', en: 'cancelled by then' },
  otherRounds: { th: 'ไม่นับในรอบนี้', en: 'counted in other rounds' },
  weightElsewhere: { th: 'น้ำหนักอยู่ที่ตัวชี้วัดอื่น', en: 'the weight lies on indicators above or below it' },
};

/** The points that the rule gives to each anchor. */
function pointInputs({ statements }: Moment, rule: ScoringRule, criterion: Criterion | undefined): readonly Input[] {
  const event = statements.last('scoringRule', rule.ruleVersion);
  const { points, below } = scaleOf(rule, criterion);
  return [
    { name: 'points', label: { th: 'คะแนนของแต่ละจุด', en: 'points of the anchors' }, value: points.join(' / '), event },
    { name: 'floor', label: { th: 'คะแนนต่ำกว่าจุดต่ำสุด', en: 'points below the lowest anchor' }, value: below, event },
  ];
}

interface Scale {
  readonly points: readonly string[];
  readonly below: string;
  readonly isLinear: boolean;
}

function scaleOf(rule: ScoringRule, criterion: Criterion | undefined): Scale {
  const [isLinear, below] = [rule.between === 'linear', rule.belowLowest];
  const single = { points: [rule.single.met], below: rule.single.notMet, isLinear: false };
  switch (criterion?.kind) {
    case undefined:
      return { points: [rule.judged.min, rule.judged.max], below, isLinear: false };
    case 'single':
      return single;
    case 'fiveLevels':
      return { points: rule.fiveLevels, below, isLinear };
    case 'threeAnchors':
      return { points: rule.threeAnchors, below, isLinear };
    case 'milestones':
      return { points: criterion.levels.map((level) => rule.fiveLevels[level - 1] ?? below), below, isLinear: false };
    case 'dates': {
      if (criterion.dates.length === 1) return single;
      return { points: criterion.dates.length === 3 ? rule.threeAnchors : rule.fiveLevels, below, isLinear };
    }
  }
}

const FLOOR: BothLanguages = { th: 'ได้คะแนนต่ำสุด', en: 'at the floor' };
const REACHED: BothLanguages = { th: 'คะแนนของจุดสูงสุดที่ถึง', en: 'points of the highest anchor that is reached' };
const LINE: BothLanguages = { th: 'เทียบสัดส่วนระหว่างสองจุด', en: 'on the straight line between two anchors' };
const GIVEN: BothLanguages = { th: 'คะแนนที่ผู้ประเมินให้', en: 'as the evaluator gave it' };

/** An exact fraction; the denominator is above zero. */
interface Fraction {
  readonly numerator: string;
  readonly denominator: string;
  readonly shown: string;
}

function pointSteps(
  rule: ScoringRule,
  direction: string,
  target: TargetToScore | undefined,
  { figure, unit }: Extract<RoundFigure, { kind: 'figure' }>,
): readonly Step[] {
  const rounded = (points: string): string => roundDecimal(points, SCORE_FRACTION_DIGITS);
  if (figure.kind === 'judged') return [scoreStep(GIVEN, figure.score, rounded(figure.score))];
  if (!target) return [];
  const { points, below, isLinear } = scaleOf(rule, target.criterion);
  const { reached, anchors, isLowerBetter } = compared(target.criterion, direction, figure, unit);
  // The anchor times the denominator of what was reached: nothing is divided before the one rounding.
  const difference = (anchor: string): string =>
    subtractDecimals(reached.numerator, multiplyDecimals(anchor, reached.denominator));
  const isReached = (anchor: string): boolean => {
    const sign = compareDecimals(difference(anchor), '0');
    return isLowerBetter ? sign <= 0 : sign >= 0;
  };
  const index = anchors.findLastIndex(isReached);
  const [from, pointsFrom] = [anchors[index], points[index]];
  const sign = isLowerBetter ? '≤' : '≥';
  if (from === undefined || pointsFrom === undefined) {
    const notReached = isLowerBetter ? '>' : '<';
    return [scoreStep(FLOOR, `${reached.shown} ${notReached} ${anchors[0]}: ${below}`, rounded(below))];
  }
  const [to, pointsTo] = [anchors[index + 1], points[index + 1]];
  if (!isLinear || to === undefined || pointsTo === undefined)
    return [scoreStep(REACHED, `${reached.shown} ${sign} ${from}: ${pointsFrom}`, rounded(pointsFrom))];
  const width = multiplyDecimals(subtractDecimals(to, from), reached.denominator);
  const climbed = multiplyDecimals(difference(from), subtractDecimals(pointsTo, pointsFrom));
  const between = divideDecimals(
    sumDecimals([multiplyDecimals(pointsFrom, width), climbed]),
    width,
    SCORE_FRACTION_DIGITS,
  );
  const expression = `${pointsFrom} + (${reached.shown} − ${from}) ÷ (${to} − ${from}) × (${pointsTo} − ${pointsFrom})`;
  return between === undefined ? [] : [scoreStep(LINE, expression, between)];
}

function compared(
  criterion: Criterion,
  direction: string,
  figure: Figure,
  unit: string,
): { readonly reached: Fraction; readonly anchors: readonly string[]; readonly isLowerBetter: boolean } {
  switch (criterion.kind) {
    case 'milestones':
      return { reached: reachedBy(figure, unit), anchors: criterion.levels.map(String), isLowerBetter: false };
    case 'dates':
      // Days are counted from 1970-01-01.
      return {
        reached: reachedBy(figure, unit),
        anchors: criterion.dates.map((date) => String(dayNumberOf(date))),
        isLowerBetter: true,
      };
    case 'single':
      return { reached: reachedBy(figure, unit), anchors: [criterion.value], isLowerBetter: direction === 'lower' };
    case 'fiveLevels':
    case 'threeAnchors':
      return { reached: reachedBy(figure, unit), anchors: criterion.values, isLowerBetter: direction === 'lower' };
  }
}

function reachedBy(figure: Figure, unit: string): Fraction {
  const whole = (value: string): Fraction => ({ numerator: value, denominator: '1', shown: value });
  switch (figure.kind) {
    case 'value':
    case 'delta':
      return whole(figure.value);
    case 'milestone':
      return whole(String(figure.level));
    case 'date':
      return whole(String(dayNumberOf(figure.date)));
    case 'judged':
      return whole(figure.score);
    case 'ratio': {
      const { numerator, denominator } = figure;
      const isNegative = compareDecimals(denominator, '0') < 0;
      const turned = (value: string): string => (isNegative ? subtractDecimals('0', value) : value);
      const hundred = unit === PERCENT;
      return {
        numerator: turned(hundred ? multiplyDecimals(numerator, '100') : numerator),
        denominator: turned(denominator),
        shown: hundred ? `${numerator} × 100 ÷ ${denominator}` : `${numerator} ÷ ${denominator}`,
      };
    }
    case 'narrative':
    case 'notAvailable':
      return whole('0');
  }
}
