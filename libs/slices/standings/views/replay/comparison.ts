import { compareDecimals, parseDecimal, roundDecimal, subtractDecimals, toAsciiDigits } from '@khamrap/kernel';
import type { StatingEvent } from './statements';

/** A value beside the one that was worked out. */
export interface Compared {
  /** As it is told; null where nothing is. */
  readonly value: string | null;
  /** Null where the two cannot be compared, such as a text without one number. */
  readonly equals: boolean | null;
  /** It less what was worked out; null where that is no number. */
  readonly differsBy: string | null;
  /** Whether what was worked out equals it once rounded to as many digits as it is told with. */
  readonly equalsRounded?: boolean;
}

export type PublishedKind = 'snapshot' | 'evaluator' | 'selfAssessment' | 'announced' | 'printed';

/** A number that was told by an event: in the snapshot of a closed round, by who assesses or announces, or as a document prints it. */
export interface Published extends Compared {
  readonly kind: PublishedKind;
  readonly event: StatingEvent | null;
}

/** Holds a value against the one that was worked out. */
export function compared(value: string | null, result: string | null): Compared {
  if (value === null || result === null) return { value, equals: value === result, differsBy: null };
  if (parseDecimal(value) === undefined || parseDecimal(result) === undefined)
    return { value, equals: value === result, differsBy: null };
  const equals = compareDecimals(value, result) === 0;
  const rounded = roundDecimal(result, (value.split('.')[1] ?? '').length);
  return {
    value,
    equals,
    differsBy: subtractDecimals(value, result),
    ...(!equals && { equalsRounded: compareDecimals(rounded, value) === 0 }),
  };
}

const NUMBER = /-?\d[\d,]*(?:\.\d+)?/g;

/** Holds the one number of a printed text against what was worked out; a text with none or several cannot be compared. */
export function comparedWithPrint(text: string, result: string | null): Compared {
  const numbers = toAsciiDigits(text).match(NUMBER) ?? [];
  const only = numbers.length === 1 ? parseDecimal((numbers[0] ?? '').replaceAll(',', '')) : undefined;
  if (only === undefined || result === null || parseDecimal(result) === undefined)
    return { value: text, equals: null, differsBy: null };
  return { ...compared(only, result), value: text };
}
