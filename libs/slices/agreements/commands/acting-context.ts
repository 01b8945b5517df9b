import { streamName, type Rejection } from '@khamrap/kernel';
import { actorUnder, type Requester } from '@khamrap/platform/access';
import type { CommandContext, Ledger } from '@khamrap/platform/event-store';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';

/**
 * The context of a command on an agreement, under a grant that allows it: whoever holds several acts in the role, and for the
 * office, that reaches the agreement. Looked up only where that makes a difference.
 * @param refusalOf what refuses the command to a requester with the grants that are given
 */
export async function contextOnAgreement(
  ledger: Ledger,
  { agreementId, context, requester }: OnAgreement,
  refusalOf: (requester: Requester, state: AgreementState) => Rejection | undefined,
): Promise<CommandContext> {
  const { id } = context.actor;
  const { grants } = requester;
  const [first, ...others] = grants.map((grant) => actorUnder(id, grant));
  if (others.every(({ role, office }) => role === first?.role && office === first?.office)) return context;
  const { state } = await ledger.stateOf(agreementDecider, streamName('agreement', agreementId));
  const allowing = grants.find((grant) => !refusalOf({ ...requester, grants: [grant] }, state));
  return allowing ? { ...context, actor: actorUnder(id, allowing) } : context;
}

interface OnAgreement {
  readonly agreementId: string;
  readonly context: CommandContext;
  readonly requester: Requester;
}
