import fc from 'fast-check';
import { isoDate } from '../calendar-date';
import { compareDecimals, multiplyDecimals, roundDecimal } from '../decimal';
import { figureOfRound } from './round-figure';
import { roundScoreOf } from './round-score';
import { scoreOf } from './score';
import { BETWEEN, type Criterion, type ReportedActual, type ScoringDirection, type ScoringRule } from './scoring-rule';
import { ranksOf, totalOf, type Total, type WeighedScore } from './total';

/** Small numbers with two fraction digits: they meet each other's anchors and ties often. */
const hundredths = (min: number, max: number) =>
  fc.integer({ min, max }).map((units) => roundDecimal(multiplyDecimals(String(units), '0.01'), 2));
const ascending = (count: number, options: { readonly min: number; readonly max: number }, unique = false) =>
  fc
    .array(fc.integer(options), { minLength: count, maxLength: count })
    .filter((units) => !unique || new Set(units).size === count)
    .map((units) =>
      units.toSorted((a, b) => a - b).map((unit) => roundDecimal(multiplyDecimals(String(unit), '0.01'), 2)),
    );

const rules = fc
  .record({
    points: ascending(7, { min: -200, max: 10_000 }, true),
    between: fc.constantFrom(...BETWEEN),
  })
  .map(({ points, between }): ScoringRule => {
    const [belowLowest = '', a = '', b = '', c = '', d = '', e = '', top = ''] = points;
    return {
      ruleVersion: 1,
      fiveLevels: [a, b, c, d, e],
      threeAnchors: [a, c, top],
      between,
      belowLowest,
      single: { met: e, notMet: a },
      judged: { min: a, max: e },
    };
  });

interface Terms {
  readonly direction: ScoringDirection;
  readonly criterion: Criterion;
}

const RANGE = { min: -500, max: 500 };
const rising = fc.oneof(
  ascending(5, RANGE).map((values): Criterion => ({ kind: 'fiveLevels', values })),
  ascending(3, RANGE).map((values): Criterion => ({ kind: 'threeAnchors', values })),
  hundredths(-500, 500).map((value): Criterion => ({ kind: 'single', value })),
);
type Values = (values: readonly string[]) => readonly string[];
function withValues(criterion: Criterion, change: Values): Criterion {
  if (criterion.kind === 'single') return { kind: 'single', value: change([criterion.value])[0]! };
  return 'values' in criterion ? { ...criterion, values: change(criterion.values) } : criterion;
}
const terms: fc.Arbitrary<Terms> = fc
  .tuple(rising, fc.boolean())
  .map(([criterion, isLower]) =>
    isLower
      ? { direction: 'lower', criterion: withValues(criterion, (values) => values.toReversed()) }
      : { direction: 'higher', criterion },
  );

const scoreFor = (rule: ScoringRule, { direction, criterion }: Terms, value: string): string => {
  const outcome = scoreOf(
    rule,
    direction,
    { criterion, unit: 'count' },
    { figure: { kind: 'value', value }, unit: 'count' },
  );
  return outcome.scored ? outcome.score : outcome.reason;
};

describe('a score', () => {
  test('never falls as the figure gets better', () => {
    const cases = fc.tuple(rules, terms, hundredths(-600, 600), hundredths(-600, 600));
    fc.assert(
      fc.property(cases, ([rule, stated, one, other]) => {
        const sign = compareDecimals(one, other) * (stated.direction === 'lower' ? -1 : 1);
        const [worse, better] = sign <= 0 ? [one, other] : [other, one];
        expect(compareDecimals(scoreFor(rule, stated, worse), scoreFor(rule, stated, better))).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('lies between the floor and the cap, and on an anchor is its point or that of a higher one which is equal', () => {
    fc.assert(
      fc.property(rules, terms, hundredths(-600, 600), (rule, stated, value) => {
        const score = scoreFor(rule, stated, value);
        expect(compareDecimals(score, rule.belowLowest)).toBeGreaterThanOrEqual(0);
        const cap = stated.criterion.kind === 'threeAnchors' ? rule.threeAnchors[2]! : rule.fiveLevels[4]!;
        expect(compareDecimals(score, cap)).toBeLessThanOrEqual(0);
        if (stated.criterion.kind !== 'fiveLevels') return;
        const { values } = stated.criterion;
        for (const anchor of values) {
          const highest = values.findLastIndex((other) => compareDecimals(other, anchor) === 0);
          expect(compareDecimals(scoreFor(rule, stated, anchor), rule.fiveLevels[highest]!)).toBe(0);
        }
      }),
    );
  });

  test('does not change with the unit in which figure and anchors are both given', () => {
    fc.assert(
      fc.property(
        rules,
        terms,
        hundredths(-600, 600),
        fc.integer({ min: 1, max: 1_000_000 }),
        (rule, stated, value, by) => {
          const times = (text: string): string => multiplyDecimals(text, String(by));
          const { criterion } = stated;
          const scaled = withValues(criterion, (values) => values.map(times));
          const inOther = scoreFor(rule, { ...stated, criterion: scaled }, times(value));
          expect(inOther).toBe(scoreFor(rule, stated, value));
          const ratio = scoreOf(
            rule,
            stated.direction,
            { criterion, unit: 'count' },
            { figure: { kind: 'ratio', numerator: times(value), denominator: String(by) }, unit: 'count' },
          );
          expect(ratio).toMatchObject({ score: scoreFor(rule, stated, value) });
        },
      ),
    );
  });
});

const weighed = fc.record<WeighedScore>({
  weight: hundredths(0, 5_000),
  counted: fc.boolean(),
  score: hundredths(0, 10_000).map((score) => roundDecimal(score, 4)),
});
const list = fc.array(weighed, { minLength: 1, maxLength: 12 });
const valueOf = (total: Total): string => (total.kind === 'total' ? total.total : total.reason);

describe('a total', () => {
  test('does not change with the scale of the weights, nor with the order', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 10_000 }), (items, by) => {
        const scaled = items.map((item) => ({ ...item, weight: multiplyDecimals(item.weight, String(by)) }));
        expect(totalOf(scaled)).toEqual(totalOf(items));
        expect(totalOf(items.toReversed())).toEqual(totalOf(items));
      }),
    );
  });

  test('lies between the lowest and the highest counted score', () => {
    fc.assert(
      fc.property(list, (items) => {
        const total = totalOf(items);
        if (total.kind === 'none') return expect(total.reason).toBe('nothingCounted');
        const scores = items.flatMap(({ counted, score, weight }) =>
          counted && weight !== '0.00' ? (score ?? []) : [],
        );
        const sorted = scores.toSorted(compareDecimals);
        expect(compareDecimals(total.total, sorted[0]!)).toBeGreaterThanOrEqual(0);
        expect(compareDecimals(total.total, sorted.at(-1)!)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('is never raised by silence: a report in place of none can only lift it', () => {
    fc.assert(
      fc.property(
        rules,
        terms,
        hundredths(-600, 600),
        list,
        hundredths(1, 5_000),
        (rule, stated, value, others, weight) => {
          const target = { criterion: stated.criterion, unit: 'count' };
          const told = { kind: 'figure', figure: { kind: 'value', value }, unit: 'count' } as const;
          const totalWith = (figure: Parameters<typeof roundScoreOf>[3]): string => {
            const outcome = roundScoreOf(rule, stated.direction, target, figure);
            return valueOf(
              totalOf([...others, { weight, counted: true, score: outcome.scored ? outcome.score : undefined }]),
            );
          };
          const spoken = totalWith(told);
          for (const kind of ['notReported', 'notAvailable'] as const) {
            expect(compareDecimals(totalWith({ kind }), spoken)).toBeLessThanOrEqual(0);
          }
        },
      ),
    );
  });

  test('with an exemption is the total of the others, and counts that much less weight', () => {
    fc.assert(
      fc.property(list, weighed, (others, exempt) => {
        const withExempt = totalOf([...others, { ...exempt, counted: false }]);
        expect(valueOf(withExempt)).toBe(valueOf(totalOf(others)));
        if (withExempt.kind === 'none') return;
        const all = totalOf([...others, exempt].map((item) => ({ ...item, counted: true })));
        expect(all).toMatchObject({ weightCounted: '100.0000' });
        const whole = totalOf(others);
        expect(
          compareDecimals(withExempt.weightCounted, (whole as typeof withExempt).weightCounted),
        ).toBeLessThanOrEqual(0);
      }),
    );
  });
});

test('ranks are those of the totals above, whatever the order', () => {
  const totals = fc.array(
    hundredths(0, 5).map((total) => ({ total })),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(totals, (listed) => {
      for (const { total, rank } of ranksOf(listed)) {
        expect(rank).toBe(1 + listed.filter((other) => compareDecimals(other.total, total) > 0).length);
      }
    }),
  );
});

test('the figure of a round does not depend on the order of reports, and its sum is that of all increments', () => {
  const quarter = (from: string, to: string) => ({ from: isoDate(from), to: isoDate(to) });
  const [first, second] = [quarter('2021-10-01', '2022-03-31'), quarter('2021-10-01', '2022-06-30')] as const;
  const spans = ['2021-10-01..2022-03-31', '2022-04-01..2022-06-30', '2021-10-01..2022-06-30'];
  const report = fc.record<ReportedActual>({
    keeper: fc.constantFrom('a', 'b', 'c'),
    span: fc.constantFrom(...spans),
    unit: fc.constant('count'),
    figure: hundredths(0, 100).map((value) => ({ kind: 'value', value })),
  });
  const reports = fc.uniqueArray(report, { selector: ({ keeper, span }) => `${keeper} ${span}`, maxLength: 9 });
  fc.assert(
    fc.property(reports, fc.constantFrom('sum', 'cumulative', 'average'), (actuals, accumulation) => {
      const round = {
        accumulation,
        roundSpan: second,
        roundSpansInOrder: [first, second],
        keepers: ['a', 'b'],
        actuals,
      };
      const told = figureOfRound(round);
      expect(figureOfRound({ ...round, actuals: actuals.toReversed() })).toEqual(told);
      const complete = ['a', 'b'].every((keeper) => {
        const own = actuals.filter((actual) => actual.keeper === keeper).map(({ span }) => span);
        return own.includes(spans[2]!) || (accumulation !== 'cumulative' && own.length === 2);
      });
      expect(told.kind === 'figure').toBe(complete);
    }),
  );
});
