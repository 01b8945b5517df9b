import type { CertificationStep } from '@khamrap/agreements/events';
import { dateOfDayNumber, dayNumberOf, type IsoDate } from '@khamrap/kernel';
import type { Deadlines } from './scheme-facts';

/** What has been done with the report of a keeper for a round. */
export interface ReportProgress {
  /** The steps that are done, for every figure that the report is made of. */
  readonly steps: readonly CertificationStep[];
  /** The step that gave it back to the keeper. */
  readonly returnedAt?: CertificationStep | undefined;
}

/** What is to be done next: by the keeper (`report`, `correct`), or a step of certification. */
export type DueStep = 'report' | 'correct' | CertificationStep;

/** The steps of certification in their order. */
export const STEPS_IN_ORDER: readonly CertificationStep[] = ['keeper', 'supervisor', 'performanceUnit'];

export interface Due {
  readonly step: DueStep;
  readonly dueOn: IsoDate;
  /** Days from the day that was asked about to the deadline; negative after it. */
  readonly daysLeft: number;
  /** The first day on which it is called late, after the days of grace; absent while it is not. */
  readonly lateSince: IsoDate | null;
}

/** What a keeper's report for a round waits for on a day; undefined when all is done. */
export function dueOf(
  progress: ReportProgress | undefined,
  deadlines: Deadlines,
  graceDays: number,
  onDay: IsoDate,
): Due | undefined {
  const step = nextStep(progress);
  if (step === undefined) return undefined;
  const dueOn = step === 'report' ? deadlines.reportDueOn : deadlines.certifyDueOn;
  const late = dayNumberOf(dueOn) + graceDays + 1;
  return {
    step,
    dueOn,
    daysLeft: dayNumberOf(dueOn) - dayNumberOf(onDay),
    lateSince: dayNumberOf(onDay) >= late ? dateOfDayNumber(late) : null,
  };
}

function nextStep(progress: ReportProgress | undefined): DueStep | undefined {
  if (!progress) return 'report';
  if (progress.returnedAt) return 'correct';
  return STEPS_IN_ORDER.find((step) => !progress.steps.includes(step));
}
