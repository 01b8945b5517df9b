import { compareDecimals, type DecimalText } from '../decimal';
import type { Met } from './score';

/** What can be said of an indicator in a round. Part of events, so it only grows. */
export const STATUSES = [
  'notApplicable',
  'noTarget',
  'targetSpanNotStated',
  'notReported',
  'notAvailable',
  'incomplete',
  'unverified',
  'achieved',
  'onTrack',
  'atRisk',
  'offTrack',
] as const;
export type Status = (typeof STATUSES)[number];

/** The statuses that a measure decides; `offTrack` is what reaches none of them. */
export const MEASURED_STATUSES = ['achieved', 'onTrack', 'atRisk'] as const;
export type MeasuredStatus = (typeof MEASURED_STATUSES)[number];

/** What a threshold looks at: whether the headline target is met, the score, or the attainment in per cent. */
export const STATUS_MEASURES = ['targetMet', 'score', 'attainmentPercent'] as const;
export type StatusMeasure = (typeof STATUS_MEASURES)[number];

export interface StatusThreshold {
  readonly status: MeasuredStatus;
  readonly measure: StatusMeasure;
  /** The least that reaches it; absent for `targetMet`, which is reached or not. */
  readonly from?: DecimalText | undefined;
}

/** How statuses are told: data of a scheme, published in versions. */
export interface StatusRules {
  /** Counted from 1 within its scheme. */
  readonly statusRulesVersion: number;
  /** Every status once: the first that applies is the one that is shown. */
  readonly precedence: readonly Status[];
  /** A status applies when one of its thresholds is reached. */
  readonly thresholds: readonly StatusThreshold[];
}

/** What is known of an indicator in a round; only what was measured against a target stated for it. */
export interface StatusFacts {
  /** False where it is exempt, cancelled, or not counted in this round. */
  readonly isApplicable: boolean;
  readonly target: 'stated' | 'none' | 'spanNotStated';
  readonly report: 'reported' | 'notReported' | 'incomplete' | 'notAvailable';
  /** Whether all steps of certification are done. */
  readonly isVerified: boolean;
  readonly met: Met;
  readonly score?: DecimalText | undefined;
  readonly attainmentPercent?: DecimalText | undefined;
}

/** The status that the rules give; undefined where a report is there and none of their measures can be taken. */
export function statusOf({ precedence, thresholds }: StatusRules, facts: StatusFacts): Status | undefined {
  return precedence.find((status) => applies(status, thresholds, facts));
}

function applies(status: Status, thresholds: readonly StatusThreshold[], facts: StatusFacts): boolean {
  const { isApplicable, target, report, isVerified } = facts;
  switch (status) {
    case 'notApplicable':
      return !isApplicable;
    case 'noTarget':
      return target === 'none';
    case 'targetSpanNotStated':
      return target === 'spanNotStated';
    case 'notReported':
    case 'notAvailable':
    case 'incomplete':
      return report === status;
    case 'unverified':
      return report === 'reported' && !isVerified;
    case 'achieved':
    case 'onTrack':
    case 'atRisk':
      return (
        isJudged(facts) && thresholds.some((threshold) => threshold.status === status && isReached(threshold, facts))
      );
    case 'offTrack': {
      const reached = thresholds.map((threshold) => isReached(threshold, facts));
      return isJudged(facts) && reached.includes(false) && !reached.includes(true);
    }
  }
}

function isJudged({ isApplicable, target, report }: StatusFacts): boolean {
  return isApplicable && target === 'stated' && report === 'reported';
}

/** Undefined where there is nothing to measure. */
function isReached({ measure, from }: StatusThreshold, facts: StatusFacts): boolean | undefined {
  switch (measure) {
    case 'targetMet':
      return facts.met === 'cannotSay' ? undefined : facts.met === 'met';
    case 'score':
    case 'attainmentPercent': {
      const measured = facts[measure];
      return measured === undefined || from === undefined ? undefined : compareDecimals(measured, from) >= 0;
    }
  }
}
