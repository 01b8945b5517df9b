import type { Chance } from './chance';
import type { GeneratedAgreement } from './nation';

/** What is planted in agreements on purpose: patterns about which an inspector would ask. Each happens within one agreement. */
export const AGREEMENT_ANOMALIES = [
  'targetLoweredAfterActual',
  'weightChangedAfterSigning',
  'reportedLate',
  'correctedAfterRoundWasClosed',
  'correctedAgainAndAgain',
  'correctedInBulkOnTheLastDay',
  'signedLongBeforeItWasRecorded',
  'signedWithoutMandate',
  'evidenceReused',
  'awardOnSupersededResult',
  'outlier',
] as const;
export type AgreementAnomaly = (typeof AGREEMENT_ANOMALIES)[number];

/** All that is planted: README.md tells what each is, and which patterns the rules of the ledger do not let happen. */
export const ANOMALIES = [...AGREEMENT_ANOMALIES, 'scoringRuleChangedInMidYear'] as const;
export type Anomaly = (typeof ANOMALIES)[number];

/** One planted anomaly, by the events that make it: in an agreement, or in the scheme of a year. */
export interface PlantedAnomaly {
  readonly anomaly: Anomaly;
  readonly agreementId?: string;
  readonly officeId?: string;
  readonly schemeId?: string;
  readonly fiscalYear: number;
  readonly indicatorId?: string;
  readonly round?: string;
  readonly eventIds: readonly string[];
}

/** The anomaly of an agreement, where it has one. @param share how many of all agreements have one, from 0 to 1 */
export function anomalyOf(
  chance: Chance,
  { agreementId }: GeneratedAgreement,
  share: number,
): AgreementAnomaly | undefined {
  return chance.happens(share, 'anomaly', agreementId)
    ? chance.pick(AGREEMENT_ANOMALIES, 'which', agreementId)
    : undefined;
}
