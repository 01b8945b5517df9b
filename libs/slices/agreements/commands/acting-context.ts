import { streamName, type Rejection } from '@khamrap/kernel';
import { actorUnder, type Grant, type Requester } from '@khamrap/platform/access';
import type { CommandContext, Ledger } from '@khamrap/platform/event-store';
import { contextUnder } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { refusalOfActing, type ActForOffice } from './agreement-access';

interface OnAgreement {
  readonly agreementId: string;
  readonly context: CommandContext;
  readonly requester: Requester;
}

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
  if (isAllOne(requester)) return context;
  const { state } = await ledger.stateOf(agreementDecider, streamName('agreement', agreementId));
  return contextUnder(context, requester, (each) => refusalOf(each, state));
}

/** The context of an act for an office: the grant for that very office comes before those that reach it from further away. */
export function contextOfActing(ledger: Ledger, on: OnAgreement, act: ActForOffice): Promise<CommandContext> {
  const isOf = ({ scope }: Grant): boolean => scope.kind === 'office' && scope.office === act.officeId;
  const { grants } = on.requester;
  const closestFirst = [...grants.filter(isOf), ...grants.filter((grant) => !isOf(grant))];
  return contextOnAgreement(ledger, { ...on, requester: { ...on.requester, grants: closestFirst } }, (each, state) =>
    refusalOfActing(each, act, state),
  );
}

/** Whether whatever somebody does is recorded alike. */
function isAllOne({ grants, actor }: Requester): boolean {
  const [first, ...others] = grants.map((grant) => actorUnder(actor.id, grant));
  return others.every(({ role, office }) => role === first?.role && office === first?.office);
}
