import type { Rejection } from '@khamrap/kernel';
import { knowsOf, permits, type Permission, type Place, type Requester } from '@khamrap/platform/access';
import { refuse } from '../domain/office.refusals';
import type { OfficeState } from '../domain/office.state';

/** Where an office stands, as grants see it. */
export function placeOf(office: string, province: string | undefined): Place {
  return { office, ...(province !== undefined && { province }) };
}

/**
 * Whether somebody may do something to an office: a grant must reach it or its province. Who has no grant near it, and none for
 * the nation, is told that there is no such office.
 */
export function refusalOfAccess(
  requester: Requester,
  permission: Permission,
  officeId: string,
  state: OfficeState,
): Rejection | undefined {
  // What does not exist is for the decider to refuse.
  if (state.status === 'notRegistered') return undefined;
  const place = placeOf(officeId, state.province);
  const refusal = refusalAt(requester, permission, place);
  return refusal && !isNear(requester, place) ? refuse('office.notRegistered') : refusal;
}

/** The same of a place that is known before the office is. */
export function refusalAt(requester: Requester, permission: Permission, place: Place): Rejection | undefined {
  return permits(requester, permission, place) ? undefined : refuse('office.notYours');
}

/**
 * Whether all that a role covers lies within the reach of the one who grants or ends it: nobody passes on more than they have.
 * @param places what it covers; undefined for what may lie anywhere
 */
export function refusalOfReach(
  requester: Requester,
  places: readonly Place[] | undefined,
  pointer = '/scope',
): Rejection | undefined {
  const isWithin = places
    ? places.every((place) => permits(requester, 'office.grantRole', place))
    : requester.grants.some((grant) => grant.permissions.has('office.grantRole') && grant.scope.kind === 'nation');
  return isWithin ? undefined : refuse('roleGrant.beyondOwnReach', {}, pointer);
}

// Offices are published, so whoever has a grant for the nation knows of each of them, whatever that allows.
function isNear(requester: Requester, place: Place): boolean {
  return requester.grants.some(({ scope }) => scope.kind === 'nation') || knowsOf(requester, 'standings.read', place);
}
