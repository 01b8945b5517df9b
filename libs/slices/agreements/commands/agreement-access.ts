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

/** A signature, as far as it matters who brings it. */
export interface SignatureToGive {
  readonly side: Side;
  readonly officeId: string;
  /** It was given on paper, which is only brought in. */
  readonly isOnPaper: boolean;
}

/**
 * Whether somebody may give the signature of an office, or bring it in. To be concerned by the agreement is not enough: an
 * official signs for their own office, a governor for the province on its side of the agreement. Who records documents
 * for the whole nation brings in papers that others have signed, and never signs.
 */
export function refusalOfSigning(
  requester: Requester,
  signature: SignatureToGive,
  state: AgreementState,
): Rejection | undefined {
  if (state.status === 'notDrafted') return undefined;
  const isGiven = requester.grants
    .filter(({ permissions }) => permissions.has('agreement.sign'))
    .some(({ scope }) => mayGive(scope, signature, state));
  return isGiven ? undefined : new Rejection('agreement.notYours');
}

function mayGive(scope: Scope, { side, officeId, isOnPaper }: SignatureToGive, state: DraftedAgreement): boolean {
  switch (scope.kind) {
    case 'nation':
      return isOnPaper;
    case 'province':
      return scope.province === state.province && isGovernors(side, state);
    case 'office':
      return scope.office === officeId;
  }
}

/** Whether a side is the governor's. Out of draft, all but witnesses have signed, which is for the decider to say. */
function isGovernors(side: Side, state: DraftedAgreement): boolean {
  return state.status === 'draft' ? side === governorIn(state.heading.level) : side !== 'witness';
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
