import { Rejection } from '@khamrap/kernel';
import { grantAt, type Permission, type Requester } from '@khamrap/platform/access';
import type { AgreementState } from '../domain/agreement.state';
import { officesOf } from '../domain/agreement.place';

/**
 * Whether somebody may do something to an agreement: a grant must reach its province or one of its offices. Who has no grant
 * in the province at all is told that there is no such agreement, which is what they may know.
 */
export function refusalOfAccess(
  requester: Requester,
  permission: Permission,
  state: AgreementState,
  indicatorId?: string,
): Rejection | undefined {
  // What does not exist is for the decider to refuse.
  if (state.status === 'notDrafted') return undefined;
  return refusalAt(requester, permission, state.province, officesOf(state, indicatorId));
}

/** The same for an agreement that is only about to be drafted, or a single office of one. */
export function refusalAt(
  requester: Requester,
  permission: Permission,
  province: string | undefined,
  officeIds: readonly string[],
): Rejection | undefined {
  const places = [
    { ...(province !== undefined && { province }) },
    ...officeIds.map((office) => ({ office, ...(province !== undefined && { province }) })),
  ];
  if (places.some((place) => grantAt(requester, permission, place))) return undefined;
  const isNeighbour = requester.grants.some(({ scope }) => scope.kind !== 'nation' && scope.province === province);
  return new Rejection(isNeighbour ? 'agreement.notYours' : 'agreement.notDrafted');
}
