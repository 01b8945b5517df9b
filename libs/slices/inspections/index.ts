import { assignmentNarration } from './assignments.narration';
import { assignmentPublication } from './assignments.publication';
import { assignmentEventDeclarations } from './domain/assignments/assignment.events';
import { assignmentRefusals } from './domain/assignments/assignment.refusals';
import { inspectionStreamDeclarations } from './domain/inspection.events';
import { inspectionRoundRefusals } from './domain/inspection.refusals';
import { inspectionNarration } from './narration';
import { inspectionRoundPublication } from './publication';

export { InspectionsModule } from './inspections.module';
export { AssignInspector } from './commands/assign-inspector';
export { EndAssignment } from './commands/end-assignment';
export type { AssignmentCommand } from './domain/assignments/assignment.commands';
export { OpenInspectionRound } from './commands/open-round';
export { RecordVisit } from './commands/record-visit';
export type { InspectionCommand } from './domain/inspection.commands';
export { inspectionsProjection } from './views/follow-up/follow-up.projection';
export { assignmentsProjection } from './views/assignments/assignments.projection';

/** What the codec knows about all events of this slice: those of streams `inspection-{id}` and of `inspection-assignment-{id}`. */
export const inspectionEventDeclarations = [...inspectionStreamDeclarations, ...assignmentEventDeclarations];
export const inspectionPublication = { ...inspectionRoundPublication, ...assignmentPublication };
export const inspectionRefusals = { ...inspectionRoundRefusals, ...assignmentRefusals };
export const inspectionNarrations = {
  inspection: inspectionNarration,
  'inspection-assignment': assignmentNarration,
};
