import { attainmentOf, growthPercent, type Growth } from './growth';
import { roundScoreOf } from './round-score';
import type { ScoringRule } from './scoring-rule';
import { bandOf, ranksOf, totalOf, type WeighedScore } from './total';

const item = (weight: string, score?: string, counted = true): WeighedScore => ({ weight, counted, score });

describe('a total', () => {
  it.each<[string, WeighedScore[], object]>([
    ['weighs each score', [item('70', '1.0000'), item('30', '5.0000')], { total: '2.2000', weightCounted: '100.0000' }],
    // 2.00005: the tie goes up.
    ['is rounded half-up, once', [item('0.5', '2.0000'), item('0.5', '2.0001')], { total: '2.0001' }],
    [
      'says how much weight is counted',
      [item('2', '4'), item('1', '1', false)],
      { total: '4.0000', weightCounted: '66.6667' },
    ],
    [
      'does not know the share of a weight that is not stated',
      [item('2', '4'), item('notStated', '1', false)],
      { weightCounted: 'notStated' },
    ],
    [
      'passes over what has no weight',
      [item('2', '4'), item('0', undefined)],
      { total: '4.0000', weightCounted: '100.0000' },
    ],
  ])('%s', (_title, items, total) => expect(totalOf(items)).toMatchObject({ kind: 'total', ...total }));

  it.each<[string, WeighedScore[]]>([
    ['weightNotStated', [item('70', '1'), item('notStated', '5')]],
    ['weightNotStated', [item('notStated', '5')]],
    ['notScored', [item('70', '1'), item('30', undefined)]],
    ['nothingCounted', []],
    ['nothingCounted', [item('30', '1', false)]],
    ['nothingCounted', [item('0', '1')]],
  ])('%s: there is none', (reason, items) => expect(totalOf(items)).toEqual({ kind: 'none', reason }));
});

describe('a band', () => {
  const BANDS = [
    { code: 'low', from: '0' },
    { code: 'middle', from: '84.99' },
    { code: 'high', from: '90' },
  ];

  it.each([
    ['-0.0001', undefined],
    ['0.0000', 'low'],
    ['84.9899', 'low'],
    ['84.9900', 'middle'],
    ['89.9999', 'middle'],
    ['90.0000', 'high'],
    ['100.0000', 'high'],
  ])('holds %s: %s', (total, code) => {
    expect(bandOf(BANDS, total)?.code).toBe(code);
    expect(bandOf(BANDS.toReversed(), total)?.code).toBe(code);
  });
});

test('ties share a rank, and the next one is skipped', () => {
  const list = ['3.0000', '4.5', '1', '4.5000', '3'].map((total) => ({ total }));
  expect(ranksOf(list).map(({ rank }) => rank)).toEqual([3, 1, 5, 1, 3]);
});

test.each<[actual: string, base: string, Growth]>([
  ['150', '100', { computable: true, percent: '50.0000' }],
  ['0', '3', { computable: true, percent: '-100.0000' }],
  ['5', '0.00', { computable: false, reason: 'baseZero' }],
  ['5', '-1', { computable: false, reason: 'baseNegative' }],
  ['5', 'notStated', { computable: false, reason: 'baseNotStated' }],
])('the growth to %s from %s is %j', (actual, base, growth) => expect(growthPercent(actual, base)).toEqual(growth));

test('attainment is a percentage where more is better and the target is above zero, a gap elsewhere', () => {
  expect(attainmentOf('higher', '1887', '2446.88')).toEqual({ kind: 'percent', percent: '129.6704' });
  expect(attainmentOf('lower', '10', '7.5')).toEqual({ kind: 'gap', gap: '-2.5' });
  expect(attainmentOf('higher', '0', '7.5')).toEqual({ kind: 'gap', gap: '7.5' });
  expect(attainmentOf('notStated', '10', '12')).toEqual({ kind: 'gap', gap: '2' });
});

describe('the score of a round', () => {
  const RULE: ScoringRule = {
    ruleVersion: 2,
    fiveLevels: ['1', '2', '3', '4', '5'],
    threeAnchors: ['1', '3', '5'],
    between: 'step',
    belowLowest: '0.5',
    single: { met: '5', notMet: '1' },
    judged: { min: '1', max: '5' },
  };
  const TARGET = { criterion: { kind: 'single', value: '10' }, unit: 'count' } as const;
  const FLOOR = { scored: true, score: '0.5000', ruleVersion: 2 };

  it('is that of its figure', () => {
    const figure = { kind: 'figure', figure: { kind: 'value', value: '9' }, unit: 'count' } as const;
    expect(roundScoreOf(RULE, 'higher', TARGET, figure)).toEqual({ scored: true, score: '1.0000', ruleVersion: 2 });
  });

  it.each(['notReported', 'notAvailable'] as const)('is the floor when it is %s', (kind) => {
    expect(roundScoreOf(RULE, 'higher', TARGET, { kind })).toEqual({ ...FLOOR, atFloor: kind });
    expect(roundScoreOf(RULE, 'judged', undefined, { kind })).toEqual({ ...FLOOR, atFloor: kind });
    expect(roundScoreOf(RULE, 'higher', undefined, { kind })).toMatchObject({ scored: false, reason: 'noTarget' });
    expect(roundScoreOf(RULE, 'notStated', TARGET, { kind })).toMatchObject({ reason: 'directionNotStated' });
  });

  it('is the floor when a part of it is missing, or a figure says that there is none', () => {
    expect(roundScoreOf(RULE, 'higher', TARGET, { kind: 'incomplete', missing: [] })).toEqual({
      ...FLOOR,
      atFloor: 'incomplete',
    });
    expect(
      roundScoreOf(RULE, 'higher', TARGET, { kind: 'figure', figure: { kind: 'notAvailable' }, unit: 'count' }),
    ).toEqual({ ...FLOOR, atFloor: 'notAvailable' });
  });

  it('is none when the reports cannot be combined', () => {
    expect(roundScoreOf(RULE, 'higher', TARGET, { kind: 'notCombinable', reason: 'unitDiffers' })).toEqual({
      scored: false,
      reason: 'notCombinable',
      ruleVersion: 2,
    });
  });
});
