import { compareDecimals, type DecimalText } from '../decimal';
import type { Criterion, ScoringDirection } from './scoring-rule';

/** Why a criterion cannot be scored in a direction. */
export type AnchorsRefusal =
  /** The anchors do not go one way from the lowest score to the highest. */
  | 'notMonotone'
  /** Not five values, not three values, no level, or neither one nor three nor five days. */
  | 'wrongCount'
  /** A level is not a whole number from 1 to 5. */
  | 'levelOutOfRange'
  /** Such as days for an indicator of which more is better, or any criterion for one that is judged. */
  | 'criterionDoesNotFitDirection';

/** What is wrong with a criterion; undefined when nothing is. Equal neighbours are allowed, except among levels. */
export function anchorsRefusal(direction: ScoringDirection, criterion: Criterion): AnchorsRefusal | undefined {
  if (!fits(direction, criterion)) return 'criterionDoesNotFitDirection';
  switch (criterion.kind) {
    case 'single':
      return undefined;
    case 'fiveLevels':
      return refusalOfValues(direction, criterion.values, 5);
    case 'threeAnchors':
      return refusalOfValues(direction, criterion.values, 3);
    case 'milestones':
      return refusalOfLevels(criterion.levels);
    case 'dates': {
      const { dates } = criterion;
      if (![1, 3, 5].includes(dates.length)) return 'wrongCount';
      return neighbours(dates).every(([earlier, later]) => earlier >= later) ? undefined : 'notMonotone';
    }
  }
}

function fits(direction: ScoringDirection, { kind }: Criterion): boolean {
  switch (direction) {
    case 'higher':
    case 'lower':
    case 'notStated':
      return kind === 'single' || kind === 'fiveLevels' || kind === 'threeAnchors';
    case 'milestone':
      return kind === 'milestones';
    case 'date':
      return kind === 'dates';
    case 'judged':
      return false;
  }
}

function refusalOfValues(
  direction: ScoringDirection,
  values: readonly DecimalText[],
  count: number,
): AnchorsRefusal | undefined {
  if (values.length !== count) return 'wrongCount';
  const steps = neighbours(values).map(([first, second]) => compareDecimals(second, first));
  const rises = direction !== 'lower' && steps.every((step) => step >= 0);
  const falls = direction !== 'higher' && steps.every((step) => step <= 0);
  return rises || falls ? undefined : 'notMonotone';
}

function refusalOfLevels(levels: readonly number[]): AnchorsRefusal | undefined {
  if (levels.length === 0) return 'wrongCount';
  if (!levels.every((level) => Number.isInteger(level) && level >= 1 && level <= 5)) return 'levelOutOfRange';
  return neighbours(levels).every(([first, second]) => first < second) ? undefined : 'notMonotone';
}

function neighbours<Item>(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.slice(1).map((item, index) => [items[index] as Item, item]);
}
