import { grantAt, NotPermitted, type Permission, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { underGrant } from '@khamrap/platform/http';

/**
 * The context of a command under a grant that reaches the whole nation: documents and evidence stand at no place of their own.
 * @throws NotPermitted
 */
export function contextForTheNation(
  context: CommandContext,
  requester: Requester,
  permission: Permission,
): CommandContext {
  const allowing = grantAt(requester, permission, {});
  if (!allowing) throw new NotPermitted([permission]);
  return underGrant(context, allowing);
}
