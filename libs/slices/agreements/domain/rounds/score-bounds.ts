import { compareDecimals, type DecimalText, type ScoringRule } from '@khamrap/kernel';
import type { ScoreBounds } from '../agreement.commands';

/** Between what the score of a judged indicator has to lie. */
export function boundsOfJudged({ judged }: ScoringRule): ScoreBounds {
  return { least: judged.min, most: judged.max };
}

/** Between what a total has to lie: no indicator can have less than the least of these points, or more than the most. */
export function boundsOfTotal(rule: ScoringRule): ScoreBounds {
  const { fiveLevels, threeAnchors, belowLowest, single, judged } = rule;
  const points = [...fiveLevels, ...threeAnchors, belowLowest, single.met, single.notMet, judged.min, judged.max];
  const ascending = points.toSorted(compareDecimals) as [DecimalText, ...DecimalText[]];
  return { least: ascending[0], most: ascending.at(-1) ?? ascending[0] };
}
