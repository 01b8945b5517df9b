import type { BothLanguages } from '@khamrap/kernel';
import { compared, type Compared, type Published } from './comparison';
import type { Explanation } from './explanation';

/** Every number that is shown of an agreement, by the names of standings; the last four are of a round as a whole. */
export const NUMBERS = [
  'target',
  'actual',
  'gap',
  'attainmentPercent',
  'status',
  'score',
  'total',
  'weightCountedPercent',
  'certifiedWeightPercent',
  'band',
] as const;
export type NumberName = (typeof NUMBERS)[number];

/** What a number is of: an indicator in a span, or the agreement in a round. */
export interface NumberOf {
  readonly indicatorId: string | null;
  readonly displayNumber: string | null;
  readonly name: BothLanguages | null;
  readonly period: string | null;
  readonly round: string | null;
}

/** A number, worked out anew, beside what is shown and what was published of it. */
export interface ReplayedNumber extends Omit<Explanation, 'withheld'> {
  readonly number: NumberName;
  readonly of: NumberOf;
  /** `closed`: as the round was closed; `provisional`: as if it were closed now; null for what is no score. */
  readonly basis: 'closed' | 'provisional' | null;
  /** The last step, with the numbers put in. */
  readonly expression: string | null;
  readonly withheld: readonly BothLanguages[];
  /** What standings tells the same reader at that position. */
  readonly shown: Compared;
  readonly published: readonly Published[];
}

/** What a number is put together of. */
export interface Replaying {
  readonly number: NumberName;
  readonly of: NumberOf;
  readonly basis?: ReplayedNumber['basis'];
  readonly explanation: Explanation;
  readonly shown: string | null;
  readonly published?: readonly Published[];
}

/** Nothing where nothing is shown, nothing was published, and there is nothing to say why. */
export function replayed({
  number,
  of,
  basis = null,
  explanation,
  shown,
  published = [],
}: Replaying): ReplayedNumber[] {
  const { withheld = [], result, reason, steps, ...rest } = explanation;
  const isScore = basis !== null && (number === 'score' || number === 'total');
  if (shown === null && result === null && published.length === 0 && !(isScore && reason !== null)) return [];
  const expression = steps.at(-1)?.expression ?? null;
  return [
    {
      number,
      of,
      basis,
      ...rest,
      expression,
      steps,
      result,
      reason,
      withheld,
      shown: compared(shown, result),
      published,
    },
  ];
}

/** Whether something that is shown, or was published, is not what comes out. */
export function differs({ shown, published }: ReplayedNumber): boolean {
  return shown.equals === false || published.some(({ equals }) => equals === false);
}
