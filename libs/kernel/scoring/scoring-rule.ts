import type { IsoDate } from '../calendar-date';
import type { DecimalText } from '../decimal';

/**
 * How figures become scores: data of a scheme, published in versions. All points are on one scale, so that scores of
 * different criteria can be weighed together; they have at most four fraction digits, as scores do.
 */
export interface ScoringRule {
  /** Counted from 1 within its scheme; every score names it. */
  readonly ruleVersion: number;
  /** Five points, rising, such as 1, 2, 3, 4, 5. */
  readonly fiveLevels: readonly DecimalText[];
  /** Three points, rising, such as 50, 75, 100 or 50, 70, 100. */
  readonly threeAnchors: readonly DecimalText[];
  /** Between two anchors: on the straight line between their points, or still the point of the lower one. */
  readonly between: Between;
  /** The floor: the score of a figure that does not reach the lowest anchor. */
  readonly belowLowest: DecimalText;
  /** Points for a criterion that is either met or not. */
  readonly single: { readonly met: DecimalText; readonly notMet: DecimalText };
  /** Between what an assessor's score has to lie, both included. */
  readonly judged: { readonly min: DecimalText; readonly max: DecimalText };
}

export const BETWEEN = ['linear', 'step'] as const;
export type Between = (typeof BETWEEN)[number];

/**
 * Which way is better: `milestone` the higher level, `date` the earlier day; `judged` is said by an assessor. Part of
 * events, so it only grows.
 */
export const SCORING_DIRECTIONS = ['higher', 'lower', 'milestone', 'date', 'judged', 'notStated'] as const;
export type ScoringDirection = (typeof SCORING_DIRECTIONS)[number];

/** What a figure is held against. Anchors go from the lowest score to the highest. */
export type Criterion =
  | { readonly kind: 'single'; readonly value: DecimalText }
  /** Five values; several neighbours may be equal. */
  | { readonly kind: 'fiveLevels'; readonly values: readonly DecimalText[] }
  /** Three values. */
  | { readonly kind: 'threeAnchors'; readonly values: readonly DecimalText[] }
  /** The levels, 1 to 5, for which a state is described; a state between two of them counts as the lower one. */
  | { readonly kind: 'milestones'; readonly levels: readonly number[] }
  /** One, three or five days: the latest that is acceptable first, the best last. */
  | { readonly kind: 'dates'; readonly dates: readonly IsoDate[] };

export type CriterionKind = Criterion['kind'];

/** What was achieved. */
export type Figure =
  | { readonly kind: 'value'; readonly value: DecimalText }
  /** The quotient, or a hundred times the quotient where the unit is `percent`. */
  | { readonly kind: 'ratio'; readonly numerator: DecimalText; readonly denominator: DecimalText }
  /** A difference to another span, given by its key (`spanKey`), or `notStated`. */
  | { readonly kind: 'delta'; readonly value: DecimalText; readonly comparisonSpan: string }
  /** The level that was reached, 0 to 5. */
  | { readonly kind: 'milestone'; readonly level: number }
  | { readonly kind: 'date'; readonly date: IsoDate }
  /** The score that an assessor gave, on the scale of the rule. */
  | { readonly kind: 'judged'; readonly score: DecimalText }
  | { readonly kind: 'narrative' }
  | { readonly kind: 'notAvailable' };

/** A target as far as scoring reads it. */
export interface TargetToScore {
  readonly criterion: Criterion;
  /** The slice's own code of a unit, or `notStated`; milestones and dates have none, and theirs is not read. */
  readonly unit: string;
  /** Given where the target is a difference to another span: the key of that span. */
  readonly comparisonSpan?: string | undefined;
}

/** An actual as far as scoring reads it. */
export interface ActualToScore {
  readonly figure: Figure;
  readonly unit: string;
}

/**
 * How the figures of several spans make that of a round. Part of events, so it only grows. `cumulative`: each report tells the
 * whole so far; `sum`: each tells what was added; `latest`: a stock on the last day; `average`: the mean of the increments;
 * `ratio`: a quotient over the whole span.
 */
export const ACCUMULATIONS = ['cumulative', 'sum', 'latest', 'average', 'ratio', 'notStated'] as const;
export type Accumulation = (typeof ACCUMULATIONS)[number];

/** A figure that counts for the round: not returned, and with all steps done. At most one for each keeper and span. */
export interface ReportedActual extends ActualToScore {
  readonly keeper: string;
  /** The key of its span (`spanKey`), or `notStated`. */
  readonly span: string;
}

/** A weight on the scale of the scheme as a decimal text, or `notStated`. */
export type Weight = string;

/** Scores, totals and percentages are rounded half-up to so many fraction digits. */
export const SCORE_FRACTION_DIGITS = 4;

/** The one unit that scoring knows by its name: rates do not add up, and a ratio in it counts per hundred. */
export const PERCENT = 'percent';
