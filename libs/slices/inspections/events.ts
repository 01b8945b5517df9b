/** The door for other slices: what the events of inspections say. Types only, so nothing of this slice runs elsewhere. */
export type {
  DueDateExtended,
  FindingCorrected,
  FindingEscalated,
  FindingRecorded,
  FindingReopened,
  FindingResolved,
  FindingResponded,
  FindingsCarried,
  FindingWithdrawn,
  InspectionEvent,
  InspectionLevel,
  InspectionRoundClosed,
  InspectionRoundOpened,
  InspectionRoundReopened,
  InspectionRoundRevised,
  InspectionVisitRecorded,
  NoFindingsStated,
  NoFindingsVoided,
  RecommendationMade,
  ResponseJudged,
  Severity,
} from './domain/inspection.events';
export type {
  AssignmentEvent,
  InspectorAssigned,
  InspectorAssignmentEnded,
} from './domain/assignments/assignment.events';
