import { ROLES } from '@khamrap/platform/access';
import { DEMONSTRATION_ASSIGNMENTS, DEMONSTRATION_GRANTS } from '../../../apps/api/demonstration/grants';

/** Everything that a person of the demonstration may do somewhere. */
export function permissionsOf(subject: string): ReadonlySet<string> {
  const held = DEMONSTRATION_GRANTS.filter((grant) => grant.subject === subject).map(({ role }) => role);
  const isInspector = DEMONSTRATION_ASSIGNMENTS.some((assignment) => assignment.subject === subject);
  const roles = isInspector ? [...held, 'inspector' as const] : held;
  return new Set(roles.flatMap((role): readonly string[] => ROLES[role]));
}
