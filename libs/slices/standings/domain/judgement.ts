import type { Direction } from '@khamrap/agreements/events';
import { compareDecimals, NOT_STATED, percentOf, subtractDecimals } from '@khamrap/kernel';

/** How an indicator stands for one span. Colours and words of dashboards rest on these and on nothing else. */
export const STATUSES = [
  'achieved',
  'offTrack',
  'notReported',
  'noTarget',
  'targetSpanNotStated',
  'directionNotStated',
] as const;
export type Status = (typeof STATUSES)[number];

/** The statuses that say whether a target was met. All others say why that cannot be said. */
export const JUDGED_STATUSES: readonly Status[] = ['achieved', 'offTrack'];

export interface TargetToMeet {
  readonly value: string;
  readonly unit: string;
  /** Key of the span for which the target was stated. */
  readonly span: string;
}

export interface ActualToJudge {
  readonly value: string;
  readonly unit: string;
  readonly span: string;
}

export interface Judgement {
  readonly status: Status;
  /** The actual in per cent of the target, two digits after the point; null where that would say nothing. */
  readonly attainmentPercent: string | null;
  /** The actual less the target, in their unit; null where the two cannot be compared. */
  readonly gap: string | null;
}

const ATTAINMENT_FRACTION_DIGITS = 2;
const NOT_COMPARABLE = { attainmentPercent: null, gap: null };

/**
 * Judges an actual against the target stated for the very same span: no straight-line proration, nothing carried forward.
 * A target whose span the source does not state claims nothing about any span, so neither attainment nor gap is computed.
 * Where it is not stated which way is better, nobody can say whether the target was met; the gap is a difference all the same.
 */
export function judge(
  direction: Direction,
  target: TargetToMeet | undefined,
  actual: ActualToJudge | undefined,
): Judgement {
  if (!target) return { status: 'noTarget', ...NOT_COMPARABLE };
  if (target.span === NOT_STATED) return { status: 'targetSpanNotStated', ...NOT_COMPARABLE };
  if (!actual) return { status: 'notReported', ...NOT_COMPARABLE };
  if (actual.span !== target.span || actual.unit !== target.unit) return { status: 'noTarget', ...NOT_COMPARABLE };
  const gap = subtractDecimals(actual.value, target.value);
  switch (direction) {
    case 'higher':
      return {
        status: compareDecimals(actual.value, target.value) >= 0 ? 'achieved' : 'offTrack',
        attainmentPercent: percentOf(actual.value, target.value, ATTAINMENT_FRACTION_DIGITS) ?? null,
        gap,
      };
    case NOT_STATED:
      return { status: 'directionNotStated', attainmentPercent: null, gap };
  }
}
