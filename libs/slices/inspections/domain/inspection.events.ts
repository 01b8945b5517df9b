import { eventVersions, type EventDeclaration } from '@khamrap/kernel';
import * as findings from './finding.events';
import * as rounds from './round.events';

export type * from './finding.events';
export type * from './round.events';
export type * from './inspection.vocabulary';

/** Everything that can have happened in a stream `inspection-{roundId}`: one round a stream. */
export type InspectionEvent =
  | rounds.InspectionRoundOpened
  | rounds.InspectionRoundRevised
  | rounds.InspectionVisitRecorded
  | findings.FindingRecorded
  | findings.FindingCorrected
  | findings.FindingWithdrawn
  | findings.RecommendationMade
  | findings.FindingResponded
  | findings.ResponseJudged
  | findings.FindingResolved
  | findings.FindingReopened
  | findings.FindingEscalated
  | findings.DueDateExtended
  | rounds.NoFindingsStated
  | rounds.NoFindingsVoided
  | rounds.InspectionRoundClosed
  | rounds.FindingsCarried
  | rounds.InspectionRoundReopened;

/** What the codec knows about these events: every version that was ever written. */
export const inspectionStreamDeclarations: readonly EventDeclaration[] = [
  eventVersions(rounds.inspectionRoundOpened),
  eventVersions(rounds.inspectionRoundRevised),
  eventVersions(rounds.inspectionVisitRecorded),
  eventVersions(findings.findingRecorded),
  eventVersions(findings.findingCorrected),
  eventVersions(findings.findingWithdrawn),
  eventVersions(findings.recommendationMade),
  eventVersions(findings.findingResponded),
  eventVersions(findings.responseJudged),
  eventVersions(findings.findingResolved),
  eventVersions(findings.findingReopened),
  eventVersions(findings.findingEscalated),
  eventVersions(findings.dueDateExtended),
  eventVersions(rounds.noFindingsStated),
  eventVersions(rounds.noFindingsVoided),
  eventVersions(rounds.inspectionRoundClosed),
  eventVersions(rounds.findingsCarried),
  eventVersions(rounds.inspectionRoundReopened),
];

export type InspectionRound = Omit<rounds.InspectionRoundOpened['data'], 'openedBy'>;
export type Finding = Omit<findings.FindingRecorded['data'], 'recordedBy'>;
