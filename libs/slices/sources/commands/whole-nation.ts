import { NotPermitted, permits, type Permission, type Requester } from '@khamrap/platform/access';

/**
 * Asks for a grant that reaches the whole nation: documents and evidence stand at no place of their own.
 * @throws NotPermitted
 */
export function requireForTheNation(requester: Requester, permission: Permission): void {
  if (!permits(requester, permission, {})) throw new NotPermitted([permission]);
}
