import type { PublicationRules } from '@khamrap/audit/events';
import type { AssignmentEvent } from './domain/assignments/assignment.events';

const WHO_IS_WHO = 'Who may inspect what in this ledger is told to those who see roles.';

/** An assignment stands in no one province: whoever sees roles in the nation sees it, others in the list of assignments. */
const OF_ASSIGNMENTS = { permissions: ['audit.read', 'role.read'], nationOnly: true } as const;

/** Which events of assignments everybody may have as they were recorded. */
export const assignmentPublication = {
  InspectorAssigned: { publish: 'never', because: WHO_IS_WHO, ...OF_ASSIGNMENTS },
  InspectorAssignmentEnded: { publish: 'never', because: WHO_IS_WHO, ...OF_ASSIGNMENTS },
} as const satisfies PublicationRules<AssignmentEvent>;
