import { compareDecimals, NOT_STATED, percentOf, subtractDecimals, type NotStated } from '@khamrap/kernel';

/** How an indicator stands for one span. Colours and words of dashboards rest on these and on nothing else. */
export const STATUSES = ['achieved', 'offTrack', 'notReported', 'noTarget', 'targetSpanNotStated'] as const;
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
 */
export function judge(target: TargetToMeet | undefined, actual: ActualToJudge | undefined): Judgement {
  if (!target) return { status: 'noTarget', ...NOT_COMPARABLE };
  if (target.span === (NOT_STATED satisfies NotStated)) return { status: 'targetSpanNotStated', ...NOT_COMPARABLE };
  if (!actual) return { status: 'notReported', ...NOT_COMPARABLE };
  if (actual.span !== target.span || actual.unit !== target.unit) return { status: 'noTarget', ...NOT_COMPARABLE };
  return {
    status: compareDecimals(actual.value, target.value) >= 0 ? 'achieved' : 'offTrack',
    attainmentPercent: percentOf(actual.value, target.value, ATTAINMENT_FRACTION_DIGITS) ?? null,
    gap: subtractDecimals(actual.value, target.value),
  };
}
