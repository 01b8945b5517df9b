import type { Rejection } from '@khamrap/kernel';
import { actorUnder, type Grant, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';

/** The context of a command by the same person, recorded under one of their grants. */
export function underGrant(context: CommandContext, grant: Grant): CommandContext {
  return { ...context, actor: actorUnder(context.actor.id, grant) };
}

/** The context of a command under the first grant to which it is not refused; as it is where every one refuses it. */
export function contextUnder(
  context: CommandContext,
  requester: Requester,
  refusalOf: (requester: Requester) => Rejection | undefined,
): CommandContext {
  const allowing = requester.grants.find((grant) => !refusalOf({ ...requester, grants: [grant] }));
  return allowing ? underGrant(context, allowing) : context;
}
