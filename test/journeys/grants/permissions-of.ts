import { ROLES } from '@khamrap/platform/access';
import { DEMONSTRATION_GRANTS } from '../../../apps/api/demonstration/grants';

/** Everything that a person of the demonstration may do somewhere. */
export function permissionsOf(subject: string): ReadonlySet<string> {
  const held = DEMONSTRATION_GRANTS.filter((grant) => grant.subject === subject);
  return new Set(held.flatMap(({ role }): readonly string[] => ROLES[role]));
}
