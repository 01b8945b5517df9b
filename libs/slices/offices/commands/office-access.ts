import type { Rejection } from '@khamrap/kernel';
import { permits, type Permission, type Place, type Requester } from '@khamrap/platform/access';
import type { RoleScope } from '../domain/office.events';
import { refuse } from '../domain/office.refusals';
import type { OfficeState } from '../domain/office.state';

/** Where an office stands, as grants see it. */
export function placeOf(office: string, province: string | undefined): Place {
  return { office, ...(province !== undefined && { province }) };
}

/** Whether somebody may do something to an office: a grant must reach it or its province. */
export function refusalOfAccess(
  requester: Requester,
  permission: Permission,
  officeId: string,
  state: OfficeState,
): Rejection | undefined {
  // What does not exist is for the decider to refuse.
  if (state.status === 'notRegistered') return undefined;
  return refusalAt(requester, permission, placeOf(officeId, state.province));
}

/** The same of a place that is known before the office is. */
export function refusalAt(requester: Requester, permission: Permission, place: Place): Rejection | undefined {
  return permits(requester, permission, place) ? undefined : refuse('office.notYours');
}

/** Whether the scope of a role lies within that of the one who grants it: nobody passes on more than they have. */
export function refusalOfReach(
  requester: Requester,
  scope: RoleScope,
  office: Place,
  pointer = '/scope',
): Rejection | undefined {
  const places = placesIn(scope, office);
  const isWithin = places
    ? permits(requester, 'office.grantRole', places)
    : requester.grants.some((grant) => grant.permissions.has('office.grantRole') && grant.scope.kind === 'nation');
  return isWithin ? undefined : refuse('roleGrant.beyondOwnReach', {}, pointer);
}

/** Whether somebody may end a role: like granting it, for an office and a scope that they reach. */
export function refusalOfEnding(
  requester: Requester,
  grantId: string,
  officeId: string,
  state: OfficeState,
): Rejection | undefined {
  const refusal = refusalOfAccess(requester, 'office.grantRole', officeId, state);
  if (refusal || state.status === 'notRegistered') return refusal;
  const role = state.grants.get(grantId);
  return role && refusalOfReach(requester, role.scope, placeOf(officeId, state.province), '');
}

/** The place that a scope is; undefined for what may lie anywhere: a zone has several provinces, an indicator several offices. */
function placesIn({ kind, value }: RoleScope, office: Place): Place | undefined {
  if (value === undefined) return undefined;
  switch (kind) {
    case 'office':
      return value === office.office ? office : { office: value };
    case 'province':
      return { province: value };
    case 'zone':
    case 'nation':
    case 'indicator':
      return undefined;
  }
}
