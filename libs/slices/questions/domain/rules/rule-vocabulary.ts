import type { BothLanguages } from '@khamrap/kernel';

// Codes are part of events, so the lists only ever grow.

export const RULE_CODES = [
  'targetLoweredAfterActual',
  'targetLoweredAfterSigning',
  'weightChangedAfterSigning',
  'reportedLate',
  'correctedAfterRoundWasClosed',
  'correctedAfterInspectionOpened',
  'correctedAfterCertification',
  'exactlyAtThreshold',
  'correctedOntoThreshold',
  'figureOutOfProportion',
  'correctedAgainAndAgain',
  'evidenceUsedTwice',
  'evidenceDroppedByCorrection',
  'figuresWithoutEvidence',
  'recordedLongAfterEffective',
  'signedAfterYearBegan',
  'signedWithoutMandate',
  'signedWhilePostVacant',
  'sameHandReportedAndApproved',
  'awardOnSupersededResult',
  'correctedInBulkNearDeadline',
  'scoringRuleChangedInMidYear',
] as const;
export type RuleCode = (typeof RULE_CODES)[number];

/** `ask`: it puts a question; `note`: it is listed and asks nobody; `off`: nothing is looked for. */
export const RULE_MODES = ['ask', 'note', 'off'] as const;
export type RuleMode = (typeof RULE_MODES)[number];

/** How a measure has to stand to its threshold for the rule to hold. */
export type Comparison = 'atLeast' | 'moreThan' | 'atMost';

/** A number on which a rule turns; what is measured against it has the same name. */
export interface ThresholdDescription {
  readonly is: Comparison;
  /** In version 1. */
  readonly value: string;
  readonly min: string;
  readonly max: string;
  readonly told: BothLanguages;
}

export interface RuleDescription {
  readonly title: BothLanguages;
  readonly asks: BothLanguages;
  /** In version 1. */
  readonly mode: RuleMode;
  readonly thresholds: Readonly<Record<string, ThresholdDescription>>;
}
