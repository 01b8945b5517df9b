import { SCORE_FRACTION_DIGITS, type BothLanguages } from '@khamrap/kernel';
import type { StatingEvent } from './statements';

/** One value that goes into a number, with the event that states it. */
export interface Input {
  /** Names it within its number: `target`, `actual`, `weight 8.1`. */
  readonly name: string;
  readonly label: BothLanguages;
  readonly value: string;
  readonly unit?: string;
  /** Null for what no event states, such as the rules that hold without a scheme. */
  readonly event: StatingEvent | null;
}

/** One step on the way to a number. */
export interface Step {
  readonly does: BothLanguages;
  /** With the numbers put in. */
  readonly expression: string;
  /** Half-up to so many fraction digits; absent where the step is exact. */
  readonly roundedTo?: number;
  readonly result: string;
}

/** The version of a rule by which a number was made. */
export interface RuleUsed {
  readonly kind: 'scoringRule' | 'statusRules' | 'bands';
  /** Null for the rules that hold without a scheme. */
  readonly schemeId: string | null;
  readonly version: number;
  readonly event: StatingEvent | null;
}

/** How a number comes about. */
export interface Explanation {
  readonly formula: BothLanguages;
  readonly inputs: readonly Input[];
  readonly steps: readonly Step[];
  readonly rule: RuleUsed | null;
  /** Null where there is none, or none can be told. */
  readonly result: string | null;
  /** Why there is none, or why it is at the floor. */
  readonly reason: string | null;
  /** What goes into it, or may, and is not told to whoever asks. */
  readonly withheld?: readonly BothLanguages[];
}

/** What is left where nothing can be worked out. */
export function unexplained(formula: BothLanguages, reason: string | null): Explanation {
  return { formula, inputs: [], steps: [], rule: null, result: null, reason };
}

export function step(does: BothLanguages, expression: string, result: string, roundedTo?: number): Step {
  return { does, expression, ...(roundedTo !== undefined && { roundedTo }), result };
}

/** A step that ends with a score: rounded as all scores are. */
export function scoreStep(does: BothLanguages, expression: string, result: string): Step {
  return step(does, expression, result, SCORE_FRACTION_DIGITS);
}
