import * as fc from 'fast-check';
import {
  compareDecimals,
  isoDate,
  NOT_STATED,
  scoreOf,
  totalOf,
  type ActualToScore,
  type Total,
} from '@khamrap/kernel';
import { exemptionGranted } from '../figures/actuals.examples';
import type { AgreementEvent } from '../agreement.events';
import { stateAfter } from '../agreement.examples';
import type { AgreementInEffect, RunningIndicator } from '../agreement.state';
import { snapshotOf, type IndicatorSnapshot, type RoundSnapshot } from './round-snapshot';
import { determineScore, HALF, judgedAgreement, ROUNDS, RULE, type IndicatorSketch } from './rounds.examples';
import { figureToScore, targetToScore } from './scoring-input';

// Agreements of all kinds of indicators, with figures that are there or not: whatever they are, the snapshot holds by itself.

const whole = fc.integer({ min: 0, max: 1_000 }).map(String);
const cents = fc
  .integer({ min: -200_000, max: 200_000 })
  .map((amount) => (amount / 100).toFixed(2).replace('-0.00', '0.00'));
const ascending = (count: number) =>
  fc.array(whole, { minLength: count, maxLength: count }).map((values) => values.toSorted(compareDecimals));
const day = fc.integer({ min: 1, max: 28 }).map((number) => isoDate(`2027-02-${String(number).padStart(2, '0')}`));

const measured: fc.Arbitrary<IndicatorSketch> = fc.record({
  terms: fc.record({ direction: fc.constant('higher' as const), unit: fc.constant('baht' as const) }),
  target: fc.oneof(
    fc.record({ value: cents }),
    ascending(5).map((levels) => ({ criterion: 'fiveLevels' as const, value: undefined, levels })),
    ascending(3).map((levels) => ({ criterion: 'threeAnchors' as const, value: undefined, levels })),
  ),
  figures: fc.oneof(
    cents.map((value) => [{ value }]),
    fc
      .tuple(whole, whole)
      .map(([numerator, denominator]) => [
        { kind: 'ratio' as const, value: undefined, numerator, denominator: `${Number(denominator) + 1}` },
      ]),
  ),
});
const lower: fc.Arbitrary<IndicatorSketch> = fc.record({
  terms: fc.constant({ direction: 'lower', unit: 'baht' } as const),
  target: ascending(5).map((levels) => ({
    criterion: 'fiveLevels' as const,
    value: undefined,
    levels: levels.toReversed(),
  })),
  figures: cents.map((value) => [{ value }]),
});
const milestones: fc.Arbitrary<IndicatorSketch> = fc.record({
  terms: fc.constant({ direction: 'milestone', unit: 'level' } as const),
  target: fc.subarray([1, 2, 3, 4, 5], { minLength: 1 }).map((levels) => ({
    criterion: 'milestones' as const,
    value: undefined,
    milestones: levels.map((level) => ({ level, description: 'สถานะ' })),
  })),
  figures: fc
    .integer({ min: 0, max: 5 })
    .map((milestone) => [{ kind: 'milestone' as const, value: undefined, milestone }]),
});
const dates: fc.Arbitrary<IndicatorSketch> = fc.record({
  terms: fc.constant({ direction: 'date', unit: 'day' } as const),
  target: fc
    .array(day, { minLength: 3, maxLength: 3 })
    .map((days) => ({ criterion: 'dates' as const, value: undefined, dates: days.toSorted().toReversed() })),
  figures: day.map((date) => [{ kind: 'date' as const, value: undefined, date }]),
});
const judged: fc.Arbitrary<IndicatorSketch> = fc.constant({ terms: { direction: 'judged', unit: 'score' } });

const indicator = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: measured }, lower, milestones, dates, judged),
    fc.integer({ min: 1, max: 50 }).map(String),
    fc.boolean(),
  )
  .map(([{ figures = [], ...sketch }, weight, isReported]) => ({
    ...sketch,
    terms: { ...sketch.terms, weight },
    figures: isReported ? figures : [],
  }));
const agreement = fc
  .tuple(fc.array(indicator, { minLength: 1, maxLength: 6 }), fc.integer({ min: 100, max: 500 }))
  .map(([sketches, score]): readonly AgreementEvent[] => [
    ...judgedAgreement(sketches),
    ...sketches.flatMap(({ terms }, index) => {
      const { data } = determineScore({ indicatorId: `indicator-${index + 1}`, score: (score / 100).toFixed(2) });
      return terms.direction === 'judged' && score % 2 === 0 ? [{ type: 'ScoreDetermined' as const, data }] : [];
    }),
  ]);

function indicatorsOf(past: readonly AgreementEvent[]): AgreementInEffect['indicators'] {
  const state = stateAfter(past);
  if (state.status !== 'inEffect') throw new Error('the agreement is not in effect');
  return state.indicators;
}

function snapshot(indicators: AgreementInEffect['indicators']): RoundSnapshot {
  const [round] = ROUNDS;
  if (!round) throw new Error('the calendar has no round');
  return snapshotOf({ round, rounds: ROUNDS, rule: RULE }, indicators);
}

function totalIn(total: Total): string {
  if (total.kind === 'none') throw new Error(`no total: ${total.reason}`);
  return total.total;
}

/** The score by nothing but what the snapshot tells. */
function scoredAgain({ direction = NOT_STATED, target, figure }: IndicatorSnapshot): string | undefined {
  if (!figure) return RULE.belowLowest;
  const actual: ActualToScore = {
    unit: figure.unit,
    figure: direction === 'judged' ? { kind: 'judged', score: figure.value ?? '' } : figureToScore(figure),
  };
  const outcome = scoreOf(RULE, direction, targetToScore(target && { indicatorId: '', ...target }), actual);
  return outcome.scored ? outcome.score : undefined;
}

describe('a snapshot', () => {
  test('is scored again from itself, to the same scores and the same total', () => {
    fc.assert(
      fc.property(agreement, (past) => {
        const { indicators, total } = snapshot(indicatorsOf(past));
        for (const one of indicators) expect(compareDecimals(scoredAgain(one) ?? '-1', one.score ?? '')).toBe(0);
        expect(totalOf(indicators.map(({ weight, score }) => ({ weight, counted: true, score })))).toEqual(total);
      }),
    );
  });

  test('is the same in whatever order indicators were agreed on and figures came', () => {
    fc.assert(
      fc.property(agreement, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (past, keys) => {
        const entries = [...indicatorsOf(past)];
        const shuffled = entries
          .map((entry, index) => ({ entry, key: keys[index] ?? 0 }))
          .toSorted((one, other) => one.key - other.key)
          .map(({ entry: [id, { figures, ...rest }] }): [string, RunningIndicator] => [
            id,
            { ...rest, figures: new Map([...figures].toReversed()) },
          ]);
        expect(snapshot(new Map(shuffled))).toEqual(snapshot(new Map(entries)));
      }),
    );
  });

  test('never has a higher total because a keeper was silent, or said that there is no figure', () => {
    fc.assert(
      fc.property(agreement, fc.nat(), fc.boolean(), (past, choice, isSilent) => {
        const indicators = indicatorsOf(past);
        const [id, chosen] = [...indicators][choice % indicators.size] ?? [];
        if (id === undefined || !chosen) return;
        const notAvailable = [...chosen.figures].map(
          ([key, figure]) => [key, { ...figure, kind: 'notAvailable' as const }] as const,
        );
        const without = { ...chosen, figures: new Map(isSilent ? [] : notAvailable) };
        const lessSaid = snapshot(new Map(indicators).set(id, without));
        const before = totalIn(snapshot(indicators).total);
        expect(compareDecimals(totalIn(lessSaid.total), before)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('of an agreement with an exemption differs in the denominator and in nothing else', () => {
    fc.assert(
      fc.property(agreement, fc.nat(), (past, choice) => {
        const before = snapshot(indicatorsOf(past)).indicators;
        const { indicatorId } = before[choice % before.length] ?? { indicatorId: '' };
        const { indicators, total } = snapshot(indicatorsOf([...past, exemptionGranted({ indicatorId, round: HALF })]));
        const others = (list: readonly IndicatorSnapshot[]) => list.filter((one) => one.indicatorId !== indicatorId);
        expect(others(indicators)).toEqual(others(before));
        const expected = totalOf(
          before.map((one) => ({ weight: one.weight, counted: one.indicatorId !== indicatorId, score: one.score })),
        );
        expect(total).toEqual(expected);
      }),
    );
  });
});
