import { isoDate } from '../calendar-date';
import type { Span } from '../fiscal-year';
import { figureOfRound, incrementsOf, type RoundFigure, type RoundToTell } from './round-figure';
import type { Accumulation, Figure, ReportedActual } from './scoring-rule';

const span = (from: string, to: string): Span => ({ from: isoDate(from), to: isoDate(to) });
const SIX = span('2021-10-01', '2022-03-31');
const NINE = span('2021-10-01', '2022-06-30');
const TWELVE = span('2021-10-01', '2022-09-30');
const [TO_MARCH, TO_JUNE, THIRD_QUARTER] = [
  '2021-10-01..2022-03-31',
  '2021-10-01..2022-06-30',
  '2022-04-01..2022-06-30',
];

const value = (text: string): Figure => ({ kind: 'value', value: text });
const ratio = (numerator: string, denominator: string): Figure => ({ kind: 'ratio', numerator, denominator });

function reported(span: string, figure: Figure, keeper = 'a', unit = 'count'): ReportedActual {
  return { span, figure, keeper, unit };
}

function nineMonths(accumulation: Accumulation, actuals: ReportedActual[], keepers = ['a']): RoundFigure {
  const round: RoundToTell = {
    accumulation,
    roundSpan: NINE,
    roundSpansInOrder: [SIX, NINE, TWELVE],
    keepers,
    actuals,
  };
  const figure = figureOfRound(round);
  // Neither the order of the reports nor that of the keepers says anything.
  const reversed = { ...round, actuals: actuals.toReversed(), keepers: keepers.toReversed() };
  expect(figureOfRound(reversed)).toEqual(figure);
  return figure;
}

const figure = (told: Figure, unit = 'count'): RoundFigure => ({ kind: 'figure', figure: told, unit });
const incomplete = (...missing: [keeper: string, span: string][]): RoundFigure => ({
  kind: 'incomplete',
  missing: missing.map(([keeper, missed]) => ({ keeper, span: missed })),
});

const HALF = reported(TO_MARCH, value('10'));
const QUARTER = reported(THIRD_QUARTER, value('2.5'));
const WHOLE = reported(TO_JUNE, value('12'));
const EXACTLY: Accumulation[] = ['cumulative', 'latest', 'ratio', 'notStated'];

describe('the figure of a round', () => {
  it.each(EXACTLY)('%s: the report for exactly its span, none carried forward or added up', (accumulation) => {
    expect(nineMonths(accumulation, [HALF, QUARTER, WHOLE])).toEqual(figure(value('12')));
    expect(nineMonths(accumulation, [HALF, QUARTER])).toEqual({ kind: 'notReported' });
  });

  it.each<[Accumulation, string]>([
    ['sum', '12.5'],
    ['average', '6.250000000000'],
  ])('%s: of all increments', (accumulation, combined) => {
    expect(nineMonths(accumulation, [HALF, QUARTER])).toEqual(figure(value(combined)));
    expect(nineMonths(accumulation, [HALF])).toEqual(incomplete(['a', THIRD_QUARTER]));
    expect(nineMonths(accumulation, [QUARTER])).toEqual(incomplete(['a', TO_MARCH]));
    expect(nineMonths(accumulation, [HALF, WHOLE])).toEqual(figure(value('12')));
    expect(nineMonths(accumulation, [])).toEqual({ kind: 'notReported' });
  });

  it('is not there before every keeper has reported', () => {
    const b = reported(TO_JUNE, value('0.25'), 'b');
    expect(nineMonths('cumulative', [WHOLE], ['a', 'b'])).toEqual(incomplete(['b', TO_JUNE]));
    expect(nineMonths('cumulative', [WHOLE, b], ['a', 'b'])).toEqual(figure(value('12.25')));
    expect(nineMonths('sum', [HALF, QUARTER, b], ['a', 'b'])).toEqual(figure(value('12.75')));
    expect(nineMonths('sum', [HALF, b], ['a', 'b'])).toEqual(incomplete(['a', THIRD_QUARTER]));
  });

  it('is of those who have reported where no keeper is named, and of none but the keepers where some are', () => {
    const b = reported(TO_JUNE, value('1'), 'b');
    expect(nineMonths('cumulative', [WHOLE, b], [])).toEqual(figure(value('13')));
    expect(nineMonths('cumulative', [], [])).toEqual({ kind: 'notReported' });
    expect(nineMonths('cumulative', [WHOLE, b])).toEqual(figure(value('12')));
  });

  it('of ratios is the ratio of the sums, not the mean of the ratios', () => {
    const a = reported(TO_JUNE, ratio('1', '2'), 'a', 'percent');
    const b = reported(TO_JUNE, ratio('9', '10'), 'b', 'percent');
    expect(nineMonths('ratio', [a, b], ['a', 'b'])).toEqual(figure(ratio('10', '12'), 'percent'));
  });

  it('is not available when a keeper says so', () => {
    const none = reported(TO_JUNE, { kind: 'notAvailable' }, 'b');
    expect(nineMonths('cumulative', [WHOLE, none], ['a', 'b'])).toEqual({ kind: 'notAvailable' });
    expect(nineMonths('cumulative', [none], ['a', 'b'])).toEqual(incomplete(['a', TO_JUNE]));
  });

  it.each<[string, ReportedActual, ReportedActual]>([
    ['unitDiffers', WHOLE, reported(TO_JUNE, value('1'), 'b', 'baht')],
    ['figureKindsDiffer', WHOLE, reported(TO_JUNE, ratio('1', '2'), 'b')],
    ['ratesNeedRatios', reported(TO_JUNE, value('50'), 'a', 'percent'), reported(TO_JUNE, value('60'), 'b', 'percent')],
    [
      'comparisonSpanDiffers',
      reported(TO_JUNE, { kind: 'delta', value: '1', comparisonSpan: TO_MARCH }),
      reported(TO_JUNE, { kind: 'delta', value: '1', comparisonSpan: THIRD_QUARTER }, 'b'),
    ],
    [
      'figuresDoNotAdd',
      reported(TO_JUNE, { kind: 'milestone', level: 3 }),
      reported(TO_JUNE, { kind: 'milestone', level: 4 }, 'b'),
    ],
  ])('cannot be told: %s', (reason, first, second) =>
    expect(nineMonths('cumulative', [first, second], ['a', 'b'])).toEqual({ kind: 'notCombinable', reason }),
  );

  it('adds up differences to the same span', () => {
    const delta = (text: string): Figure => ({ kind: 'delta', value: text, comparisonSpan: TO_MARCH });
    const reports = [reported(TO_JUNE, delta('1')), reported(TO_JUNE, delta('-3'), 'b')];
    expect(nineMonths('cumulative', reports, ['a', 'b'])).toEqual(figure(delta('-2')));
  });

  it('of one keeper is whatever was reported', () => {
    const narrative = reported(TO_JUNE, { kind: 'narrative' });
    expect(nineMonths('cumulative', [narrative])).toEqual(figure({ kind: 'narrative' }));
  });
});

describe('increments', () => {
  it('are the days between the ends of the rounds', () => {
    expect(incrementsOf(TWELVE, [SIX, NINE, TWELVE])).toEqual([
      SIX,
      span('2022-04-01', '2022-06-30'),
      span('2022-07-01', '2022-09-30'),
    ]);
    expect(incrementsOf(SIX, [SIX, NINE, TWELVE])).toEqual([SIX]);
  });

  it('of rounds that do not begin with the year are themselves', () => {
    const quarters = [span('2021-10-01', '2021-12-31'), span('2022-01-01', '2022-03-31')] as const;
    expect(incrementsOf(quarters[1], quarters)).toEqual([quarters[1]]);
  });
});
