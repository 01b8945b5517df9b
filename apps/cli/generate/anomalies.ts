import type { Chance } from './chance';
import type { GeneratedAgreement } from './nation';

/** What is planted on purpose: patterns about which an inspector would ask. Each happens within one agreement. */
export const ANOMALIES = [
  'targetLoweredAfterActual',
  'weightChangedAfterSigning',
  'reportedLate',
  'correctedAfterRoundWasClosed',
  'correctedAgainAndAgain',
  'signedLongBeforeItWasRecorded',
  'outlier',
] as const;
export type Anomaly = (typeof ANOMALIES)[number];

/** One planted anomaly, by the events that make it. */
export interface PlantedAnomaly {
  readonly anomaly: Anomaly;
  readonly agreementId: string;
  readonly officeId: string;
  readonly fiscalYear: number;
  readonly indicatorId?: string;
  readonly round?: string;
  readonly eventIds: readonly string[];
}

/** The anomaly of an agreement, where it has one. @param share how many of all agreements have one, from 0 to 1 */
export function anomalyOf(chance: Chance, { agreementId }: GeneratedAgreement, share: number): Anomaly | undefined {
  return chance.happens(share, 'anomaly', agreementId) ? chance.pick(ANOMALIES, 'which', agreementId) : undefined;
}
