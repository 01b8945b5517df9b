import type { Actor } from '@khamrap/kernel';
import type { Grant, Identity } from './grant';
import type { Permission } from './permissions';

/** Who is asking: known by a verified token, allowed by the ledger's own grants. */
export interface Requester extends Identity {
  /** The requester under the grant that the route asked for. */
  readonly actor: Actor;
  readonly grants: readonly Grant[];
}

/** Where an object stands. What is absent is not known, and no grant reaches what is not known. */
export interface Place {
  readonly province?: string;
  readonly office?: string;
}

/** The requester's grant that allows something at a place; undefined when there is none. */
export function grantAt(requester: Requester, permission: Permission, place: Place): Grant | undefined {
  return requester.grants.find((grant) => grant.permissions.has(permission) && reaches(grant, place));
}

/** Whether the requester may do something to an object at a place: the check that every handler makes on what it loaded. */
export function permits(requester: Requester, permission: Permission, place: Place): boolean {
  return grantAt(requester, permission, place) !== undefined;
}

/** The requester as the record keeps them when they act under one of their grants. */
export function actorUnder(pseudonym: string, grant: Grant): Actor {
  const { role, scope } = grant;
  return scope.kind === 'office' ? { id: pseudonym, role, office: scope.office } : { id: pseudonym, role };
}

function reaches({ scope }: Grant, place: Place): boolean {
  switch (scope.kind) {
    case 'nation':
      return true;
    case 'province':
      return scope.province === place.province;
    case 'office':
      return scope.office === place.office && (place.province === undefined || scope.province === place.province);
  }
}
