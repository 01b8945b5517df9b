import { NOT_STATED } from '@khamrap/kernel';
import * as fc from 'fast-check';
import { judge, STATUSES, type ActualToJudge, type Judgement, type TargetToMeet } from './judgement';

const SPAN = '2022-10-01..2023-06-30';
const YEAR = '2022-10-01..2023-09-30';

const target = (value: string, changes: Partial<TargetToMeet> = {}): TargetToMeet => ({
  value,
  unit: 'millionBaht',
  span: SPAN,
  ...changes,
});
const actual = (value: string, changes: Partial<ActualToJudge> = {}): ActualToJudge => target(value, changes);

type Case = [
  what: string,
  target: TargetToMeet | undefined,
  actual: ActualToJudge | undefined,
  expected: Judgement | Pick<Judgement, 'status'>,
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
    'a target and an actual without a span',
    target('1', { span: NOT_STATED }),
    actual('1', { span: NOT_STATED }),
    { status: 'targetSpanNotStated', ...nothing },
  ],
  [
    'a target without a span and no actual',
    target('1887', { span: NOT_STATED }),
    undefined,
    { status: 'targetSpanNotStated', ...nothing },
  ],
  [
    'an actual of nine months against the target of the year',
    target('1887', { span: YEAR }),
    actual('2446.88'),
    { status: 'noTarget', ...nothing },
  ],
  [
    'an actual without a span',
    target('1887'),
    actual('2446.88', { span: NOT_STATED }),
    { status: 'noTarget', ...nothing },
  ],
  ['another unit', target('1887'), actual('2446880000', { unit: 'baht' }), { status: 'noTarget', ...nothing }],
];

test.each(CASES)('%s', (_what, stated, reported, expected) => {
  expect(judge('higher', stated, reported)).toEqual(expected);
});

describe('where it is not stated which way is better', () => {
  test('a difference is told, and no verdict', () => {
    const judgement = judge(NOT_STATED, target('10'), actual('12.5'));
    expect(judgement).toEqual({ status: 'directionNotStated', attainmentPercent: null, gap: '2.5' });
  });

  test('whatever else is missing is said first', () => {
    expect(judge(NOT_STATED, undefined, actual('1')).status).toBe('noTarget');
    expect(judge(NOT_STATED, target('1'), undefined).status).toBe('notReported');
    expect(judge(NOT_STATED, target('1', { span: NOT_STATED }), actual('1')).status).toBe('targetSpanNotStated');
  });
});

test('every status is reached by one of these', () => {
  const reached = CASES.map(([, stated, reported]) => judge('higher', stated, reported).status);
  expect([...new Set([...reached, 'directionNotStated'])].toSorted()).toEqual([...STATUSES].toSorted());
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
    expect(judge('higher', target(stated), actual(reported))).toMatchObject(expected);
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
    expect(judge('higher', target(stated), actual(reported)).attainmentPercent).toBe(percent);
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
        const { status, gap } = judge('higher', target(stated), actual(reported));
        expect(status).toBe(gap?.startsWith('-') ? 'offTrack' : 'achieved');
      }),
    );
  });
});
