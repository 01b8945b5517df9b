import { isoDate, NOT_STATED, type ScoringRule } from '@khamrap/kernel';
import { exemptionGranted, transcribed } from '../figures/actuals.examples';
import type { AgreementEvent } from '../agreement.events';
import { actualReported, FIRST_HALF_KEY, MAKER, RECEIVER, stateAfter } from '../agreement.examples';
import { snapshotOf, type RoundSnapshot } from './round-snapshot';
import {
  after,
  ANCHORED_RULE,
  determineScore,
  HALF,
  judgedAgreement,
  ROUNDS,
  RULE,
  SECOND_HALF_KEY,
  WHOLE,
  YEAR_KEY,
  type IndicatorSketch,
} from './rounds.examples';

function snapshotAfter(past: readonly AgreementEvent[], code = HALF, rule: ScoringRule = RULE): RoundSnapshot {
  const state = stateAfter(past);
  const round = ROUNDS.find((one) => one.round === code);
  if (state.status !== 'inEffect' || !round) throw new Error('there is nothing to score');
  return snapshotOf({ round, rounds: ROUNDS, rule }, state.indicators);
}
function scored(sketches: readonly IndicatorSketch[], code = HALF, rule: ScoringRule = RULE): RoundSnapshot {
  return snapshotAfter(judgedAgreement(sketches), code, rule);
}

const KEEPERS = [MAKER, RECEIVER].map(({ officeId, officeName }) => ({ officeId, officeName }));
const levels = (...values: string[]) => ({ criterion: 'fiveLevels', value: undefined, levels: values }) as const;
const anchors = (...values: string[]) => ({ criterion: 'threeAnchors', value: undefined, levels: values }) as const;
const value = (text: string): IndicatorSketch['figures'] => [{ value: text }];
const milestone = (level: number): IndicatorSketch['figures'] => [
  { kind: 'milestone', value: undefined, milestone: level },
];
const date = (day: string): IndicatorSketch['figures'] => [{ kind: 'date', value: undefined, date: isoDate(day) }];
const ratio = (numerator: string, denominator: string, officeId?: string) =>
  ({ kind: 'ratio', value: undefined, numerator, denominator, ...(officeId && { officeId }) }) as const;

const DISBURSEMENT = { terms: { unit: 'percent' }, target: anchors('98.72', '98.84', '98.90') } as const;
const REVENUE = { terms: { unit: 'millionBaht' }, target: anchors('1150.40', '1202.17', '1256.27') } as const;
const RISING = { terms: { unit: 'percent' }, target: levels('60', '65', '70', '75', '80') } as const;
const FALLING = { terms: { unit: 'day', direction: 'lower' }, target: levels('20', '15', '10', '8', '5') } as const;
const STATES = {
  terms: { direction: 'milestone', unit: 'level' },
  target: {
    criterion: 'milestones',
    value: undefined,
    milestones: [1, 3, 5].map((level) => ({ level, description: `ระดับ ${level}` })),
  },
} as const;
const DAYS = {
  terms: { direction: 'date', unit: 'day' },
  target: { criterion: 'dates', value: undefined, dates: ['2027-03-31', '2027-02-28', '2027-01-31'].map(isoDate) },
} as const;
const JOINT = { ...RISING, terms: { ...RISING.terms, accumulation: 'ratio', keepers: KEEPERS } } as const;
const DELTA = { target: { value: '50', comparisonSpan: '2025-10-01..2026-03-31' } } as const;
const delta = (text: string, comparisonSpan = '2025-10-01..2026-03-31'): IndicatorSketch['figures'] => [
  { kind: 'delta', value: text, comparisonSpan },
];

describe('the score of an indicator, worked by hand', () => {
  test.each<[string, IndicatorSketch, string]>([
    // 98.94 is past the highest anchor.
    ['98.94 on 98.72/98.84/98.90', { ...DISBURSEMENT, figures: value('98.94') }, '100.0000'],
    ['98.84, an anchor', { ...DISBURSEMENT, figures: value('98.84') }, '70.0000'],
    // 50 + (0.03 / 0.12) × 20
    ['98.75, a quarter of the way to the second anchor', { ...DISBURSEMENT, figures: value('98.75') }, '55.0000'],
    // 70 + (0.02 / 0.06) × 30
    ['98.86, a third of the way to the third anchor', { ...DISBURSEMENT, figures: value('98.86') }, '80.0000'],
    ['98.71, below the lowest anchor', { ...DISBURSEMENT, figures: value('98.71') }, '0.0000'],
    ['1,259.86 on 1,150.40/1,202.17/1,256.27', { ...REVENUE, figures: value('1259.86') }, '100.0000'],
  ])('three anchors of 50, 70 and 100: %s', (_case, sketch, score) => {
    expect(scored([sketch], HALF, ANCHORED_RULE).indicators).toMatchObject([{ standing: 'scored', score }]);
  });

  test.each<[string, IndicatorSketch, string]>([
    ['a level', { ...RISING, figures: value('70') }, '3.0000'],
    // 3 + (72 − 70) / 5
    ['between two levels', { ...RISING, figures: value('72') }, '3.4000'],
    // 3 + 0.00025 / 5 = 3.00005
    ['rounded half-up', { ...RISING, figures: value('70.00025') }, '3.0001'],
    ['above the highest level', { ...RISING, figures: value('93') }, '5.0000'],
    ['below the lowest level', { ...RISING, figures: value('59.99') }, '1.0000'],
    // 3 + (10 − 9) / 2
    ['lower is better', { ...FALLING, figures: value('9') }, '3.5000'],
    ['lower is better, at the best level', { ...FALLING, figures: value('5') }, '5.0000'],
    ['lower is better, too many', { ...FALLING, figures: value('21') }, '1.0000'],
    ['a state between two that are described', { ...STATES, figures: milestone(4) }, '3.0000'],
    ['the last state', { ...STATES, figures: milestone(5) }, '5.0000'],
    ['no state', { ...STATES, figures: milestone(0) }, '1.0000'],
    ['done on a day that is named', { ...DAYS, figures: date('2027-02-28') }, '3.0000'],
    // 3 + 14 / 28 × 2
    ['done half-way between two days', { ...DAYS, figures: date('2027-02-14') }, '4.0000'],
    ['done before the best day', { ...DAYS, figures: date('2026-12-01') }, '5.0000'],
    // (30 + 42) / (40 + 60) = 72 per cent, not the mean of 75 and 70
    [
      'a joint ratio',
      { ...JOINT, figures: [ratio('30', '40', 'district-1'), ratio('42', '60', 'province-1')] },
      '3.4000',
    ],
    ['a change that is reached', { ...DELTA, figures: delta('50') }, '5.0000'],
    ['a change that is not', { ...DELTA, figures: delta('49.99') }, '1.0000'],
  ])('five levels from 1 to 5: %s', (_case, sketch, score) => {
    expect(scored([sketch]).indicators).toMatchObject([{ standing: 'scored', score, certified: 'yes' }]);
  });

  test.each<[string, IndicatorSketch, string]>([
    ['nothing reported', RISING, 'notReported'],
    ['one keeper of two', { ...JOINT, figures: [ratio('30', '40', 'district-1')] }, 'incomplete'],
    [
      'no figure to be had',
      { ...RISING, figures: [{ kind: 'notAvailable', value: undefined, notAvailableReason: 'ยังไม่สำรวจ' }] },
      'notAvailable',
    ],
    ['an evaluator has not judged', { terms: { direction: 'judged', unit: 'score' } }, 'notJudged'],
  ])('is the floor, and stays in the denominator: %s', (_case, sketch, reason) => {
    const met = { target: { value: '100' }, terms: { weight: '60' }, figures: value('100') };
    const { indicators, total } = scored([met, sketch]);
    expect(indicators[1]).toMatchObject({ standing: 'floored', score: '1.0000', reason });
    // (5 × 60 + 1 × 40) / 100
    expect(total).toEqual({ kind: 'total', total: '3.4000', weightCounted: '100.0000' });
  });

  test.each<[string, IndicatorSketch, string]>([
    ['no target for the span', { figures: value('5') }, 'noTarget'],
    [
      'no direction',
      { terms: { direction: NOT_STATED }, target: { value: '5' }, figures: value('5') },
      'directionNotStated',
    ],
    [
      'a change against another span',
      { ...DELTA, figures: delta('60', '2024-10-01..2025-03-31') },
      'deltaAgainstOtherSpan',
    ],
    ['a text', { target: { value: '5' }, figures: [{ kind: 'narrative', value: undefined }] }, 'narrativeOnly'],
    [
      'rates of two keepers',
      {
        ...RISING,
        terms: { unit: 'percent', keepers: KEEPERS },
        figures: KEEPERS.map(({ officeId }) => ({ value: '70', officeId })),
      },
      'notCombinable',
    ],
  ])('cannot be said, nor can the total: %s', (_case, sketch, reason) => {
    const { indicators, total } = scored([{ target: { value: '1' }, figures: value('1') }, sketch]);
    expect(indicators[1]).toMatchObject({ standing: 'notScored', reason });
    expect(indicators[1]).not.toHaveProperty('score');
    expect(total).toEqual({ kind: 'none', reason: 'notScored' });
  });

  test('of a sum needs what every round added', () => {
    const sum = { terms: { accumulation: 'sum' }, target: { span: YEAR_KEY, value: '100' } } as const;
    const first = { span: FIRST_HALF_KEY, value: '60' };
    const both = scored([{ ...sum, figures: [first, { span: SECOND_HALF_KEY, value: '40' }] }], WHOLE);
    expect(both.indicators).toMatchObject([{ score: '5.0000', figure: { value: '100' } }]);
    expect(scored([{ ...sum, figures: [first] }], WHOLE).indicators).toMatchObject([
      { standing: 'floored', reason: 'incomplete', score: '1.0000' },
    ]);
  });

  test('is certified when the report for the round is, whatever a document tells of a part of its days', () => {
    const past = judgedAgreement([{ target: { value: '100' }, figures: value('120') }]);
    const ofPart = actualReported({
      indicatorId: 'indicator-1',
      span: '2026-10-01..2026-12-31',
      value: '50',
      reportedBy: undefined,
    });
    expect(snapshotAfter([...past, transcribed(ofPart)]).indicators).toMatchObject([
      { certified: 'yes', figure: { value: '120' } },
    ]);
  });

  test('is never that of an earlier round carried forward', () => {
    const latest = { terms: { accumulation: 'latest' }, target: { span: YEAR_KEY, value: '100' } } as const;
    expect(scored([{ ...latest, figures: value('120') }], WHOLE).indicators).toMatchObject([{ reason: 'notReported' }]);
  });
});

describe('the total of a round', () => {
  const met = (weight: string, further: object = {}): IndicatorSketch => ({
    terms: { weight, ...further },
    target: { value: '1' },
    figures: value('1'),
  });

  test('weighs scores: 70 and 30 per cent of 100 and of 99.8 make 99.94', () => {
    // 70 + (99.8 − 70) / 30 of the way, so that the second indicator has 99.8
    const second = { terms: { weight: '30' }, target: anchors('0', '30', '60'), figures: value('59.8') };
    const first = { ...DISBURSEMENT, terms: { ...DISBURSEMENT.terms, weight: '70' }, figures: value('98.94') };
    const { total, indicators } = scored([first, second], HALF, ANCHORED_RULE);
    expect(indicators.map(({ score }) => score)).toEqual(['100.0000', '99.8000']);
    expect(total).toEqual({ kind: 'total', total: '99.9400', weightCounted: '100.0000' });
  });

  test('is not told where a counted weight is not stated, but the targets met are', () => {
    const missed = { terms: { weight: NOT_STATED }, target: { value: '9' }, figures: value('1') };
    const silent = { terms: { weight: '5' }, target: { value: '9' } };
    expect(scored([met('5'), missed, silent])).toMatchObject({
      total: { kind: 'none', reason: 'weightNotStated' },
      targetsMet: 1,
      targetsJudged: 3,
    });
  });

  test('counts targets only where one value, day or level is to be reached', () => {
    const headline = { ...RISING, target: { ...RISING.target, value: '70' }, figures: value('72') };
    const judged: IndicatorSketch = { terms: { direction: 'judged', unit: 'score' } };
    const { targetsMet, targetsJudged } = scored([{ ...RISING, figures: value('72') }, RISING, headline, judged]);
    expect({ targetsMet, targetsJudged }).toEqual({ targetsMet: 1, targetsJudged: 1 });
  });

  test.each<[string, readonly AgreementEvent[], object]>([
    ['exempt', [exemptionGranted({ indicatorId: 'indicator-2', round: HALF })], { standing: 'exempt' }],
    ['cancelled', [cancelled('indicator-2', HALF)], { standing: 'cancelled' }],
  ])('leaves out what is %s', (_how, events, standing) => {
    const { indicators, total } = snapshotAfter([...judgedAgreement([met('60'), RISING]), ...events]);
    expect(indicators[1]).toMatchObject(standing);
    expect(indicators[1]).not.toHaveProperty('score');
    expect(total).toEqual({ kind: 'total', total: '5.0000', weightCounted: '60.0000' });
  });

  test('counts what is cancelled later, or counts from this round on', () => {
    const past = [...judgedAgreement([met('60'), met('40', { rounds: [WHOLE] })]), cancelled('indicator-1', WHOLE)];
    expect(snapshotAfter(past)).toMatchObject({
      indicators: [{ standing: 'scored' }, { standing: 'notCounted', reason: 'otherRounds' }],
      total: { total: '5.0000', weightCounted: '60.0000' },
    });
    expect(snapshotAfter(past, WHOLE).indicators).toMatchObject([{ standing: 'cancelled' }, { standing: 'notScored' }]);
  });

  test('has nothing to count where all is exempt', () => {
    const past = [...judgedAgreement([met('60')]), exemptionGranted({ indicatorId: 'indicator-1', round: HALF })];
    expect(snapshotAfter(past).total).toEqual({ kind: 'none', reason: 'nothingCounted' });
  });

  test.each<[string, string, readonly string[], readonly string[]]>([
    ['on the sub-indicators', NOT_STATED, ['30', '70'], ['notCounted', 'scored', 'scored']],
    ['on their parent', '100', [NOT_STATED, '0'], ['scored', 'notCounted', 'notCounted']],
    ['nowhere', NOT_STATED, [NOT_STATED, NOT_STATED], ['notCounted', 'scored', 'scored']],
  ])('counts a main indicator or its sub-indicators: the weight is %s', (_where, parent, children, standings) => {
    const sketches = [
      met(parent, { indicatorId: 'main', displayNumber: '1' }),
      ...children.map((weight, index) => met(weight, { displayNumber: `1.${index + 1}`, parentIndicatorId: 'main' })),
    ];
    const { indicators, total } = scored(sketches);
    expect(indicators.map(({ standing }) => standing)).toEqual(standings);
    const isTold = children.some((weight) => weight !== NOT_STATED) || parent !== NOT_STATED;
    expect(total).toMatchObject(
      isTold ? { total: '5.0000', weightCounted: '100.0000' } : { reason: 'weightNotStated' },
    );
  });

  test('weighs by the weights of the last day of the round, whatever was approved for later', () => {
    const past = [
      ...judgedAgreement([met('60'), { ...RISING, terms: { ...RISING.terms, weight: '40' } }]),
      weightAmended('10', '2027-07-01'),
      weightAmended('20', '2027-03-31'),
    ];
    // (5 × 20 + 1 × 40) / 60
    expect(snapshotAfter(past)).toMatchObject({ indicators: [{ weight: '20' }, {}], total: { total: '2.3333' } });
    expect(snapshotAfter(past.slice(0, -1))).toMatchObject({ indicators: [{ weight: '60' }, {}] });
    expect(snapshotAfter(past.slice(0, -1), WHOLE)).toMatchObject({ indicators: [{ weight: '10' }, {}] });
  });

  test('is computed with the last score of the evaluator', () => {
    const past = after(
      judgedAgreement([{ terms: { direction: 'judged', unit: 'score' } }]),
      determineScore({ indicatorId: 'indicator-1', score: '2' }),
      determineScore({ indicatorId: 'indicator-1', score: '3.33333' }),
    );
    expect(snapshotAfter(past)).toMatchObject({ indicators: [{ score: '3.3333' }], total: { total: '3.3333' } });
  });
});

function cancelled(indicatorId: string, fromRound: string): AgreementEvent {
  return { type: 'IndicatorCancelled', data: { ...amendment(indicatorId, '2027-01-01'), fromRound } };
}

function weightAmended(weight: string, effectiveFrom: string): AgreementEvent {
  return { type: 'WeightAmended', data: { ...amendment('indicator-1', effectiveFrom), weight } };
}

function amendment(indicatorId: string, effectiveFrom: string) {
  return { amendmentId: 'amendment-1', indicatorId, effectiveFrom: isoDate(effectiveFrom) };
}
