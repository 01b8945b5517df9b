import { NOT_STATED, type RoundFigure, type ScoringRule, type StatusRules } from '@khamrap/kernel';
import * as fc from 'fast-check';
import {
  judge,
  judgementBeforePublication,
  STATUSES,
  type Judgement,
  type JudgingRules,
  type StandingToJudge,
  type StatusReason,
  type Status,
} from './judgement';
import { DEFAULT_STATUS_RULES } from './status-rules';
import type { TargetTerms } from './target-terms';

const SPAN = '2022-10-01..2023-06-30';
const LAST_YEAR = '2021-10-01..2022-06-30';
const WITHOUT_SCHEME: JudgingRules = { statusRules: DEFAULT_STATUS_RULES };

const target = (value: string, changes: Partial<TargetTerms> = {}): TargetTerms => ({
  value,
  unit: 'millionBaht',
  span: SPAN,
  ...changes,
});
const figured = (figure: Extract<RoundFigure, { kind: 'figure' }>['figure'], unit = 'millionBaht'): RoundFigure => ({
  kind: 'figure',
  figure,
  unit,
});
const actual = (value: string, { unit }: { unit?: string } = {}): RoundFigure =>
  figured({ kind: 'value', value }, unit);

/** How a figure stands against a target, where more is better unless something else is said. */
function judged(
  direction: StandingToJudge['direction'],
  stated: TargetTerms | undefined,
  figure: RoundFigure = { kind: 'notReported' },
  changes: Partial<StandingToJudge> = {},
  rules = WITHOUT_SCHEME,
): Judgement {
  return judge({ direction, target: stated, figure, isApplicable: true, isVerified: false, ...changes }, rules);
}

type Case = [
  what: string,
  target: TargetTerms | undefined,
  actual: RoundFigure | undefined,
  expected: Partial<Judgement>,
];

const nothing = { attainmentPercent: null, gap: null };

const CASES: readonly Case[] = [
  [
    'above the target',
    target('1887'),
    actual('2446.88'),
    { status: 'achieved', attainmentPercent: '129.67', gap: '559.88' },
  ],
  [
    'exactly the target, in other digits',
    target('1887.00'),
    actual('1887'),
    { status: 'achieved', attainmentPercent: '100.00', gap: '0.00' },
  ],
  [
    'a hair below the target',
    target('1887'),
    actual('1886.999999999999'),
    { status: 'offTrack', attainmentPercent: '100.00', gap: '-0.000000000001' },
  ],
  ['nothing of the target', target('5'), actual('0'), { status: 'offTrack', attainmentPercent: '0.00', gap: '-5' }],
  [
    'a loss against a target above zero',
    target('4'),
    actual('-1'),
    { status: 'offTrack', attainmentPercent: '-25.00', gap: '-5' },
  ],
  ['a target of zero', target('0'), actual('3'), { status: 'achieved', attainmentPercent: null, gap: '3' }],
  ['a target below zero', target('-10'), actual('-12.5'), { status: 'offTrack', attainmentPercent: null, gap: '-2.5' }],
  ['no actual', target('1887'), undefined, { status: 'notReported', ...nothing }],
  ['no target', undefined, actual('1755091742'), { status: 'noTarget', ...nothing }],
  ['neither', undefined, undefined, { status: 'noTarget', ...nothing }],
  // Phrae, fiscal year 2566: nobody may say that tourism reached 129.67 per cent of its target.
  [
    'a target whose span the document does not state',
    target('1887', { span: NOT_STATED }),
    actual('2446.88'),
    { status: 'targetSpanNotStated', ...nothing },
  ],
  [
    'a target without a span and no actual',
    target('1887', { span: NOT_STATED }),
    undefined,
    { status: 'targetSpanNotStated', ...nothing },
  ],
  ['another unit', target('1887'), actual('2446880000', { unit: 'baht' }), { status: 'noTarget', ...nothing }],
];

test.each(CASES)('%s', (_what, stated, reported, expected) => {
  expect(judged('higher', stated, reported)).toMatchObject(expected);
});

describe('where it is not stated which way is better', () => {
  test('a difference is told, and no verdict', () => {
    const judgement = judged(NOT_STATED, target('10'), actual('12.5'));
    expect(judgement).toMatchObject({ status: 'directionNotStated', attainmentPercent: null, gap: '2.5' });
  });

  test('whatever else is missing is said first', () => {
    expect(judged(NOT_STATED, undefined, actual('1')).status).toBe('noTarget');
    expect(judged(NOT_STATED, target('1'), undefined).status).toBe('notReported');
    expect(judged(NOT_STATED, target('1', { span: NOT_STATED }), actual('1')).status).toBe('targetSpanNotStated');
  });
});

describe('where less is better', () => {
  test.each([
    ['10', '9.5', { status: 'achieved', attainmentPercent: null, gap: '-0.5' }],
    ['10', '10', { status: 'achieved', attainmentPercent: null, gap: '0' }],
    ['10', '10.1', { status: 'offTrack', attainmentPercent: null, gap: '0.1' }],
  ])('of %s, %s', (stated, reported, expected) => {
    expect(judged('lower', target(stated), actual(reported))).toMatchObject(expected);
  });
});

describe('other kinds of figures', () => {
  const dated = target('', { criterion: 'dates', dates: ['2023-06-30' as never] });
  const levelled = target('3', {
    criterion: 'milestones',
    milestones: [1, 3, 5].map((level) => ({ level, description: `ระดับ ${level}` })),
  });
  const anchored = { criterion: 'threeAnchors', levels: ['10', '20', '30'] } as const;
  const delta = (comparisonSpan: string) => figured({ kind: 'delta', value: '5', comparisonSpan });

  test.each<[string, StandingToJudge['direction'], TargetTerms, RoundFigure, Partial<Judgement>]>([
    [
      'a quotient',
      'higher',
      target('66', { unit: 'percent' }),
      figured({ kind: 'ratio', numerator: '2', denominator: '3' }, 'percent'),
      { status: 'achieved', gap: '0.6667', attainmentPercent: '101.01' },
    ],
    [
      'a quotient of nothing',
      'higher',
      target('66'),
      figured({ kind: 'ratio', numerator: '2', denominator: '0' }),
      { status: 'notAvailable', statusReason: 'denominatorZero', gap: null },
    ],
    [
      'a difference to the span of the target',
      'higher',
      target('4', { comparisonSpan: LAST_YEAR }),
      delta(LAST_YEAR),
      { status: 'achieved', gap: '1' },
    ],
    [
      'a difference to another span',
      'higher',
      target('4', { comparisonSpan: LAST_YEAR }),
      delta(SPAN),
      { status: 'noTarget', statusReason: 'deltaAgainstOtherSpan', gap: null },
    ],
    [
      'a difference against a plain target',
      'higher',
      target('4'),
      delta(LAST_YEAR),
      { status: 'noTarget', statusReason: 'deltaAgainstValue' },
    ],
    [
      'a plain figure against a difference',
      'higher',
      target('4', { comparisonSpan: LAST_YEAR }),
      actual('9'),
      { status: 'noTarget', statusReason: 'valueAgainstDelta' },
    ],
    [
      'the day itself',
      'date',
      dated,
      figured({ kind: 'date', date: '2023-06-30' as never }),
      { status: 'achieved', gap: null },
    ],
    ['a day later', 'date', dated, figured({ kind: 'date', date: '2023-07-01' as never }), { status: 'offTrack' }],
    [
      'the level that was promised',
      'milestone',
      levelled,
      figured({ kind: 'milestone', level: 3 }),
      { status: 'achieved', gap: null },
    ],
    ['a level below', 'milestone', levelled, figured({ kind: 'milestone', level: 2 }), { status: 'offTrack' }],
    ['anchors with a headline', 'higher', target('20', anchored), actual('25'), { status: 'achieved', gap: '5' }],
    [
      'anchors of which none is the target',
      'higher',
      { ...anchored, unit: 'millionBaht', span: SPAN },
      actual('25'),
      { status: 'noTarget', statusReason: 'headlineNotStated', gap: null },
    ],
    [
      'a text',
      'higher',
      target('20'),
      figured({ kind: 'narrative' }),
      { status: 'notAvailable', statusReason: 'narrativeOnly' },
    ],
    [
      'that there is no figure',
      'higher',
      target('20'),
      { kind: 'notAvailable' },
      { status: 'notAvailable', statusReason: null },
    ],
    ['some of the keepers', 'higher', target('20'), { kind: 'incomplete', missing: [] }, { status: 'incomplete' }],
    [
      'percentages of several keepers',
      'higher',
      target('20'),
      { kind: 'notCombinable', reason: 'ratesNeedRatios' },
      { status: 'incomplete', statusReason: 'ratesNeedRatios' },
    ],
    [
      'a text, where an assessor judges',
      'judged',
      target('20'),
      figured({ kind: 'narrative' }),
      { status: 'incomplete', statusReason: 'notJudgedYet' },
    ],
  ])('%s', (_what, direction, stated, figure, expected) => {
    expect(judged(direction, stated, figure)).toMatchObject(expected);
  });

  test('what is exempt or cancelled is not applicable, whatever was reported', () => {
    expect(judged('higher', target('1'), actual('2'), { isApplicable: false }).status).toBe('notApplicable');
    expect(judged('higher', undefined, undefined, { isApplicable: false }).status).toBe('notApplicable');
  });
});

const RULE: ScoringRule = {
  ruleVersion: 1,
  fiveLevels: ['1', '2', '3', '4', '5'],
  threeAnchors: ['50', '75', '100'],
  between: 'linear',
  belowLowest: '0',
  single: { met: '100', notMet: '0' },
  judged: { min: '0', max: '100' },
};
const STATUS_RULES: StatusRules = {
  statusRulesVersion: 1,
  precedence: [
    'notApplicable',
    'noTarget',
    'targetSpanNotStated',
    'notReported',
    'notAvailable',
    'incomplete',
    'unverified',
    'achieved',
    'onTrack',
    'atRisk',
    'offTrack',
  ],
  thresholds: [
    { status: 'achieved', measure: 'score', from: '90' },
    { status: 'onTrack', measure: 'score', from: '75' },
    { status: 'atRisk', measure: 'score', from: '50' },
  ],
};

test.each<[string, Status, boolean]>([
  ['30', 'achieved', true],
  ['20', 'onTrack', true],
  ['10', 'atRisk', true],
  ['9.99', 'offTrack', true],
  ['30', 'unverified', false],
])('by the rules of a scheme %s is %s', (value, status, isVerified) => {
  const anchored: TargetTerms = {
    criterion: 'threeAnchors',
    levels: ['10', '20', '30'],
    unit: 'millionBaht',
    span: SPAN,
  };
  const rules = { statusRules: STATUS_RULES, scoring: RULE };
  expect(judged('higher', anchored, actual(value), { isVerified }, rules).status).toBe(status);
});

test.each<[Status, StatusReason | null, Status]>([
  ['notReported', null, 'notPublished'],
  ['incomplete', null, 'notPublished'],
  ['incomplete', 'notJudgedYet', 'notPublished'],
  ['incomplete', 'unitDiffers', 'incomplete'],
  ['notAvailable', 'denominatorZero', 'notAvailable'],
  ['noTarget', null, 'noTarget'],
  ['achieved', null, 'achieved'],
])('before publication %s (%s) is told as %s', (status, statusReason, told) => {
  expect(judgementBeforePublication({ status, statusReason })).toEqual({
    status: told,
    statusReason: told === 'notPublished' ? null : statusReason,
  });
});

test('every status can be told', () => {
  const reached = CASES.map(([, stated, reported]) => judged('higher', stated, reported).status);
  const elsewhere: Status[] = [
    'directionNotStated',
    'notApplicable',
    'notAvailable',
    'incomplete',
    'unverified',
    'onTrack',
    'atRisk',
    'notPublished',
  ];
  expect([...new Set([...reached, ...elsewhere])].toSorted()).toEqual([...STATUSES].toSorted());
});

describe('decimals are exact', () => {
  test.each([
    // As binary floating point 0.1 + 0.2 is above 0.3, and 0.3 - 0.1 below 0.2.
    ['0.3', '0.3', { status: 'achieved', attainmentPercent: '100.00', gap: '0.0' }],
    ['0.1', '0.3', { status: 'achieved', attainmentPercent: '300.00', gap: '0.2' }],
    ['0.2', '0.3', { status: 'achieved', attainmentPercent: '150.00', gap: '0.1' }],
    ['0.30', '0.299999999999', { status: 'offTrack', attainmentPercent: '100.00', gap: '-0.000000000001' }],
    [
      '999999999999999999999999999999',
      '999999999999999999999999999998.999999999999',
      { status: 'offTrack', gap: '-0.000000000001' },
    ],
  ])('target %s, actual %s', (stated, reported, expected) => {
    expect(judged('higher', target(stated), actual(reported))).toMatchObject(expected);
  });

  test.each([
    // Half-up, away from zero; as floating point 1.005 * 100 is 100.49999999999999.
    ['100', '1.005', '1.01'],
    ['100', '1.004999999999', '1.00'],
    ['8', '0.0002', '0.00'],
    ['8', '0.0004', '0.01'],
    ['100', '-1.005', '-1.01'],
    ['3', '1', '33.33'],
    ['3', '2', '66.67'],
    ['0.000000000001', '999999999999999999999999999999', '99999999999999999999999999999900000000000000.00'],
  ])('against %s, %s is %s per cent', (stated, reported, percent) => {
    expect(judged('higher', target(stated), actual(reported)).attainmentPercent).toBe(percent);
  });

  test('a target is met exactly when nothing is missing to it', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 3 }))
      .map(([number, digits]) => {
        const text = String(Math.abs(number)).padStart(digits + 1, '0');
        const point = text.length - digits;
        return `${number < 0 ? '-' : ''}${text.slice(0, point)}${digits > 0 ? `.${text.slice(point)}` : ''}`;
      });
    fc.assert(
      fc.property(decimal, decimal, (stated, reported) => {
        const { status, gap } = judged('higher', target(stated), actual(reported));
        expect(status).toBe(gap?.startsWith('-') ? 'offTrack' : 'achieved');
      }),
    );
  });
});
