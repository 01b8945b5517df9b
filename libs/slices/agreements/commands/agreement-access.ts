import { Rejection } from '@khamrap/kernel';
import { grantAt, type Permission, type Requester, type Scope } from '@khamrap/platform/access';
import type { Level, Side } from '../domain/agreement.events';
import type { AgreementState, DraftedAgreement } from '../domain/agreement.state';
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

/** An act in the name of an office on one side of an agreement, as far as it matters who brings it. */
export interface ActForOffice {
  readonly permission: 'agreement.negotiate' | 'agreement.sign' | 'agreement.amend';
  readonly side: Side;
  readonly officeId: string;
  /** It was done elsewhere, as on paper, and is only brought in. */
  readonly isBroughtIn: boolean;
}

/**
 * Whether somebody may act for an office, or bring in its act. To be concerned by the agreement is not enough: an official
 * acts for their own office, a governor for the province on its side of the agreement. Who records documents for the
 * whole nation brings in what others have done, and never acts.
 */
export function refusalOfActing(requester: Requester, act: ActForOffice, state: AgreementState): Rejection | undefined {
  if (state.status === 'notDrafted') return undefined;
  const refusal = refusalOfAccess(requester, act.permission, state);
  if (refusal) return refusal;
  const mayAct = requester.grants
    .filter(({ permissions }) => permissions.has(act.permission))
    .some(({ scope }) => reaches(scope, act, state));
  return mayAct ? undefined : new Rejection('agreement.notYours');
}

function reaches(scope: Scope, { side, officeId, isBroughtIn }: ActForOffice, state: DraftedAgreement): boolean {
  switch (scope.kind) {
    case 'nation':
      return isBroughtIn;
    case 'province':
      return scope.province === state.province && side === governorIn(state.level);
    case 'office':
      return scope.office === officeId;
  }
}

/** On which side the governor stands, by the level of the agreement. */
function governorIn(level: Level): Side | undefined {
  switch (level) {
    case 'cluster':
    case 'province':
      return 'maker';
    case 'provincialOffice':
    case 'district':
      return 'receiver';
    case 'ministry':
    case 'department':
      return undefined;
  }
}

/** Whether a grant reaches the province or one of the offices, for an agreement that is only about to be drafted. */
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
