import { NOT_STATED } from '@khamrap/kernel';
import { totalOfRound, type IndicatorInRound, type RoundTotal } from './round-total';

const indicator = (
  indicatorId: string,
  weight: string,
  score: string | undefined,
  changes: Partial<IndicatorInRound> = {},
): IndicatorInRound => ({ indicatorId, weight, score, isCounted: true, isCertified: false, ...changes });
const below = { parentIndicatorId: 'parent' };

test.each<[string, readonly IndicatorInRound[], Partial<RoundTotal>]>([
  [
    'scores count by their weights',
    [indicator('a', '60', '5.0000', { isCertified: true }), indicator('b', '40', '1.0000')],
    { total: '3.4000', weightCountedPercent: '100.0000', certifiedWeightPercent: '60.0000', weightedScore: '340.0000' },
  ],
  [
    'what is exempt leaves the denominator, and its weight is told as not counted',
    [indicator('a', '60', '5.0000'), indicator('b', '40', undefined, { isCounted: false })],
    { total: '5.0000', weightCountedPercent: '60.0000', countedWeight: '60', statedWeight: '100' },
  ],
  [
    'children carry what their parent does not',
    [
      indicator('parent', NOT_STATED, undefined),
      indicator('a', '10', '3.0000', below),
      indicator('b', '30', '5.0000', below),
    ],
    { total: '4.5000', weightCountedPercent: '100.0000' },
  ],
  [
    'a parent carries what its children do not',
    [indicator('parent', '100', '4.0000'), indicator('a', NOT_STATED, '1.0000', below)],
    { total: '4.0000', noTotalReason: null },
  ],
  [
    'a weight that is not stated is never put in',
    [indicator('a', '60', '5.0000'), indicator('b', NOT_STATED, '5.0000')],
    {
      total: null,
      noTotalReason: 'weightNotStated',
      weightCountedPercent: null,
      weightedScore: null,
      countedWeight: null,
    },
  ],
  [
    'what cannot be scored leaves no total',
    [indicator('a', '60', '5.0000'), indicator('b', '40', undefined)],
    { total: null, noTotalReason: 'notScored' },
  ],
  [
    'nothing is no total',
    [indicator('a', '60', '5.0000', { isCounted: false })],
    { total: null, noTotalReason: 'nothingCounted', certifiedWeightPercent: null },
  ],
])('%s', (_what, indicators, expected) => {
  expect(totalOfRound(indicators)).toMatchObject(expected);
  // In whatever order they come.
  expect(totalOfRound(indicators.toReversed())).toMatchObject(expected);
});
