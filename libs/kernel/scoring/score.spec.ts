import { isoDate } from '../calendar-date';
import { anchorsRefusal } from './criterion';
import { isMet, scoreOf, type Met } from './score';
import type { Criterion, Figure, ScoringDirection, ScoringRule, TargetToScore } from './scoring-rule';

const RULE: ScoringRule = {
  ruleVersion: 3,
  fiveLevels: ['1', '2', '3', '4', '5'],
  threeAnchors: ['50', '70', '100'],
  between: 'linear',
  belowLowest: '0',
  single: { met: '5', notMet: '1' },
  judged: { min: '0', max: '5' },
};
const STEP: ScoringRule = { ...RULE, between: 'step' };
const FIVE: Criterion = { kind: 'fiveLevels', values: ['60', '70', '80', '90', '100'] };
const FALLING: Criterion = { kind: 'fiveLevels', values: ['10', '8', '6', '4', '2'] };
const SALES: Criterion = { kind: 'threeAnchors', values: ['1150.40', '1202.17', '1256.27'] };
const LEVELS: Criterion = { kind: 'milestones', levels: [1, 3, 5] };
const DAYS: Criterion = { kind: 'dates', dates: ['2022-03-31', '2022-03-21', '2022-03-01'].map(isoDate) };
const ONE_DAY: Criterion = { kind: 'dates', dates: [isoDate('2022-03-31')] };
const ONE: Criterion = { kind: 'single', value: '1887' };

const value = (text: string): Figure => ({ kind: 'value', value: text });
const ratio = (numerator: string, denominator: string): Figure => ({ kind: 'ratio', numerator, denominator });
const delta = (text: string, comparisonSpan: string): Figure => ({ kind: 'delta', value: text, comparisonSpan });
const level = (reached: number): Figure => ({ kind: 'milestone', level: reached });
const day = (text: string): Figure => ({ kind: 'date', date: isoDate(text) });
const judged = (score: string): Figure => ({ kind: 'judged', score });

const target = (criterion: Criterion, changes: Partial<TargetToScore> = {}): TargetToScore => ({
  criterion,
  unit: 'percent',
  ...changes,
});

const HALF_YEAR = '2021-10-01..2022-03-31';

describe('a score', () => {
  it.each<[string, ScoringRule, ScoringDirection, Criterion, Figure, string]>([
    ['on the lowest anchor', RULE, 'higher', FIVE, value('60'), '1.0000'],
    ['between two anchors', RULE, 'higher', FIVE, value('72.50'), '2.2500'],
    ['rounded half-up, once', RULE, 'higher', FIVE, value('60.0005'), '1.0001'],
    ['of a step', STEP, 'higher', FIVE, value('79.99'), '2.0000'],
    ['on a step', STEP, 'higher', FIVE, value('80.00'), '3.0000'],
    ['just below the lowest anchor', RULE, 'higher', FIVE, value('59.99'), '0.0000'],
    ['capped at the highest', RULE, 'higher', FIVE, value('1000'), '5.0000'],
    ['where less is better', RULE, 'lower', FALLING, value('5'), '3.5000'],
    ['where less is better, too much', RULE, 'lower', FALLING, value('10.01'), '0.0000'],
    ['where less is better, capped', RULE, 'lower', FALLING, value('-3'), '5.0000'],
    // What a department printed for 2567: 50, 70 and 100, and an actual above the highest anchor.
    ['of three anchors', RULE, 'higher', SALES, value('1259.86'), '100.0000'],
    ['on the middle one of three anchors', RULE, 'higher', SALES, value('1202.17'), '70.0000'],
    ['of a ratio in per cent, exactly', RULE, 'higher', FIVE, ratio('2', '3'), '1.6667'],
    ['of a ratio of two negative numbers', RULE, 'higher', FIVE, ratio('-2', '-3'), '1.6667'],
    ['of a target that is met', RULE, 'higher', ONE, value('1887.00'), '5.0000'],
    ['of a target that is not met', RULE, 'higher', ONE, value('1886.99'), '1.0000'],
    ['of a ceiling that is kept', RULE, 'lower', ONE, value('1887'), '5.0000'],
    ['of a level', RULE, 'milestone', LEVELS, level(3), '3.0000'],
    ['of a level that is not described: the one below', RULE, 'milestone', LEVELS, level(4), '3.0000'],
    ['of no level', RULE, 'milestone', LEVELS, level(0), '0.0000'],
    ['of a day between two', RULE, 'date', DAYS, day('2022-03-26'), '60.0000'],
    ['of the best day', RULE, 'date', DAYS, day('2022-02-01'), '100.0000'],
    ['of a day that is too late', RULE, 'date', DAYS, day('2022-04-01'), '0.0000'],
    ['of a single day that is kept', RULE, 'date', ONE_DAY, day('2022-03-31'), '5.0000'],
    ['of a single day that is missed', RULE, 'date', ONE_DAY, day('2022-04-01'), '1.0000'],
    ['that an assessor gave', RULE, 'judged', FIVE, judged('4.25'), '4.2500'],
  ])('%s', (_title, rule, direction, criterion, figure, score) =>
    expect(scoreOf(rule, direction, target(criterion), { figure, unit: 'percent' })).toEqual({
      scored: true,
      score,
      ruleVersion: 3,
    }),
  );

  it.each([
    ['80', '5.0000'],
    ['79.99', '1.9990'],
    ['70', '1.0000'],
  ])('of equal neighbouring anchors is that of the higher one: %s gives %s', (reached, score) => {
    const criterion: Criterion = { kind: 'fiveLevels', values: ['70', '80', '80', '80', '80'] };
    expect(scoreOf(RULE, 'higher', target(criterion), { figure: value(reached), unit: 'percent' })).toMatchObject({
      score,
    });
  });

  it('of a difference stands against a target of the same comparison span', () => {
    const against = target(ONE, { comparisonSpan: HALF_YEAR });
    const actual = { figure: delta('2000', HALF_YEAR), unit: 'percent' };
    expect(scoreOf(RULE, 'higher', against, actual)).toMatchObject({ score: '5.0000' });
    expect(isMet('higher', against, actual)).toBe('met');
  });

  it('is exact for the longest numbers that the ledger writes', () => {
    const [longest, shortest] = [`${'9'.repeat(30)}.${'9'.repeat(12)}`, `0.${'0'.repeat(11)}1`];
    const criterion: Criterion = { kind: 'threeAnchors', values: [`-${longest}`, '0', longest] };
    const scoreFor = (figure: Figure) => scoreOf(RULE, 'higher', target(criterion), { figure, unit: 'percent' });
    expect(scoreFor(ratio(longest, '100'))).toMatchObject({ score: '100.0000' });
    expect(scoreFor(ratio(`-${longest}`, longest))).toMatchObject({ score: '70.0000' });
    expect(scoreFor(value(shortest))).toMatchObject({ score: '70.0000' });
  });

  it('of a judged indicator needs no target', () => {
    expect(scoreOf(RULE, 'judged', undefined, { figure: judged('5'), unit: 'notStated' })).toMatchObject({
      score: '5.0000',
    });
  });
});

describe('there is no score', () => {
  const SPANNED = target(ONE, { comparisonSpan: HALF_YEAR });

  it.each<[string, ScoringDirection, TargetToScore | undefined, Figure]>([
    ['noTarget', 'higher', undefined, value('1')],
    ['directionNotStated', 'notStated', target(FIVE), value('1')],
    ['criterionUnusable', 'lower', target(FIVE), value('1')],
    ['unitDiffers', 'higher', target(FIVE, { unit: 'baht' }), value('100')],
    ['deltaAgainstValue', 'higher', target(FIVE), delta('1', HALF_YEAR)],
    ['valueAgainstDelta', 'higher', SPANNED, value('2000')],
    ['deltaAgainstOtherSpan', 'higher', SPANNED, delta('2000', '2020-10-01..2021-03-31')],
    ['deltaAgainstOtherSpan', 'higher', target(ONE, { comparisonSpan: 'notStated' }), delta('2000', 'notStated')],
    ['denominatorZero', 'higher', target(FIVE), ratio('1', '0.00')],
    ['figureDoesNotFitDirection', 'higher', target(FIVE), level(5)],
    ['figureDoesNotFitDirection', 'higher', target(FIVE), judged('5')],
    ['figureDoesNotFitDirection', 'milestone', target(LEVELS), value('5')],
    ['figureDoesNotFitDirection', 'date', target(DAYS), level(5)],
    ['notJudgedYet', 'judged', target(FIVE), value('5')],
    ['notJudgedYet', 'judged', target(FIVE), { kind: 'narrative' }],
    ['judgedOutOfRange', 'judged', undefined, judged('5.0001')],
    ['judgedOutOfRange', 'judged', undefined, judged('-0.1')],
    ['narrativeOnly', 'higher', target(FIVE), { kind: 'narrative' }],
    ['notAvailable', 'higher', undefined, { kind: 'notAvailable' }],
  ])('%s: %s', (reason, direction, against, figure) => {
    const actual = { figure, unit: 'percent' };
    expect(scoreOf(RULE, direction, against, actual)).toEqual({ scored: false, reason, ruleVersion: 3 });
    expect(isMet(direction, against, actual)).toBe('cannotSay');
  });
});

describe('a target', () => {
  it.each<[ScoringDirection, Criterion, Figure, Met]>([
    ['higher', ONE, value('1887'), 'met'],
    ['higher', ONE, value('1886.99'), 'notMet'],
    ['lower', ONE, value('1887'), 'met'],
    ['lower', ONE, value('1887.01'), 'notMet'],
    ['higher', FIVE, value('100'), 'cannotSay'],
    ['date', ONE_DAY, day('2022-03-31'), 'met'],
    ['date', ONE_DAY, day('2022-04-01'), 'notMet'],
    ['date', DAYS, day('2022-03-01'), 'cannotSay'],
    ['milestone', { kind: 'milestones', levels: [4] }, level(5), 'met'],
    ['milestone', { kind: 'milestones', levels: [4] }, level(3), 'notMet'],
    ['milestone', LEVELS, level(5), 'cannotSay'],
  ])('%s %j with %j is %s', (direction, criterion, figure, met) =>
    expect(isMet(direction, target(criterion), { figure, unit: 'percent' })).toBe(met),
  );
});

describe('a criterion', () => {
  const five = (...values: string[]): Criterion => ({ kind: 'fiveLevels', values });
  const three = (...values: string[]): Criterion => ({ kind: 'threeAnchors', values });
  const levels = (...numbers: number[]): Criterion => ({ kind: 'milestones', levels: numbers });
  const dates = (...days: string[]): Criterion => ({ kind: 'dates', dates: days.map(isoDate) });
  const [SOONEST, SOON, LATE] = ['2022-01-01', '2022-02-01', '2022-03-01'] as const;

  it.each<[ScoringDirection, Criterion, string | undefined]>([
    ['higher', five('1', '2', '2', '4', '5'), undefined],
    ['higher', five('1', '2', '1.9', '4', '5'), 'notMonotone'],
    ['higher', FALLING, 'notMonotone'],
    ['lower', FALLING, undefined],
    ['notStated', FALLING, undefined],
    ['notStated', FIVE, undefined],
    ['notStated', three('1', '3', '2'), 'notMonotone'],
    ['higher', five('1', '2', '3', '4'), 'wrongCount'],
    ['higher', three('1', '2'), 'wrongCount'],
    ['lower', three('1', '1.00', '1'), undefined],
    ['higher', ONE, undefined],
    ['milestone', LEVELS, undefined],
    ['milestone', levels(), 'wrongCount'],
    ['milestone', levels(0, 1), 'levelOutOfRange'],
    ['milestone', levels(5, 6), 'levelOutOfRange'],
    ['milestone', levels(1.5), 'levelOutOfRange'],
    ['milestone', levels(1, 1), 'notMonotone'],
    ['milestone', levels(3, 1), 'notMonotone'],
    ['date', DAYS, undefined],
    ['date', dates(LATE, LATE, SOON), undefined],
    ['date', dates(SOONEST, SOON, LATE), 'notMonotone'],
    ['date', dates(LATE, SOON), 'wrongCount'],
    ['date', dates(), 'wrongCount'],
    ['date', FIVE, 'criterionDoesNotFitDirection'],
    ['milestone', DAYS, 'criterionDoesNotFitDirection'],
    ['higher', LEVELS, 'criterionDoesNotFitDirection'],
    ['judged', ONE, 'criterionDoesNotFitDirection'],
    ['notStated', LEVELS, 'criterionDoesNotFitDirection'],
  ])('%s with %j: %s', (direction, criterion, refusal) => expect(anchorsRefusal(direction, criterion)).toBe(refusal));
});
