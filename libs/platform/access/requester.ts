import type { Actor } from '@khamrap/kernel';
import type { Grant, Identity, Scope } from './grant';
import type { Permission } from './permissions';

/** Who is asking: known by a verified token, allowed by the ledger's own grants. */
export interface Requester extends Identity {
  /** The requester under the grant that the route asked for. */
  readonly actor: Actor;
  readonly grants: readonly Grant[];
  /** Whether what made the requester known still does: for answers that go on for long. Set by the access guard. */
  isCurrent?(): Promise<boolean>;
  /** Records what is about to be shown of what is private or not published. Set where reads are recorded. */
  noteShown?(shown: Shown): Promise<void>;
}

/** Events of one stream that somebody is about to be shown although not everybody may see them. */
export interface Shown {
  readonly stream: string;
  /** Of the events, as far as they are known; bounded by what is read at once. */
  readonly positions: readonly number[];
  /** Whether private values of theirs are opened, and not only events that are not published. */
  readonly isPrivate: boolean;
}

/**
 * To be called before private values are handed out, or events that are not published: what was shown has a record, or is not
 * shown. Where nothing records reads, as in a command of the machine itself, it does nothing.
 * @throws StoreUnavailable when it cannot be recorded now
 */
export async function noteShown(requester: Requester | undefined, shown: Shown): Promise<void> {
  await requester?.noteShown?.(shown);
}

/** Where an object stands. What is absent is not known, and no grant reaches what is not known. */
export interface Place {
  readonly province?: string;
  readonly office?: string;
  /** The id of an indicator, for what concerns that one alone. */
  readonly indicator?: string;
}

/** The requester's grant that allows something at a place; undefined when there is none. */
export function grantAt(requester: Requester, permission: Permission, place: Place): Grant | undefined {
  return requester.grants.find((grant) => grant.permissions.has(permission) && reaches(grant.scope, place));
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

/**
 * Whether somebody may know that there is something at a place which is not public. Who has no business in its province is
 * told that there is nothing, and who has but may not do what they ask is told so: absent and forbidden look alike from afar.
 * @param permission what a grant for the whole nation must allow, which otherwise would know of everything
 */
export function knowsOf({ grants }: Requester, permission: Permission, place: Place): boolean {
  return grants.some(({ scope, permissions }) =>
    scope.kind === 'nation' ? permissions.has(permission) : liesNear(scope, place),
  );
}

function liesNear(scope: Exclude<Scope, { kind: 'nation' }>, place: Place): boolean {
  if (place.province === undefined) return reaches(scope, place);
  return reaches(scope, place) || provincesOf(scope).includes(place.province);
}

/** The provinces that a scope lies in, as far as it tells. */
export function provincesOf(scope: Scope): readonly string[] {
  switch (scope.kind) {
    case 'nation':
    case 'indicator':
      return [];
    case 'province':
      return [scope.province];
    case 'zone':
      return scope.provinces;
    case 'office':
      return [scope.province, ...(scope.below?.values() ?? [])].filter((province) => province !== undefined);
  }
}

function reaches(scope: Scope, place: Place): boolean {
  switch (scope.kind) {
    case 'nation':
      return true;
    case 'province':
      return scope.province === place.province;
    case 'zone':
      return place.province !== undefined && scope.provinces.includes(place.province);
    case 'office':
      return reachesOffice(scope, place);
    case 'indicator':
      return scope.indicator === place.indicator;
  }
}

// An office is known by its id alone; that it stands in the province that is named with it is asked all the same, because
// what names it may have been stated by somebody else.
function reachesOffice({ office, province, below }: Extract<Scope, { kind: 'office' }>, place: Place): boolean {
  if (place.office === undefined) return false;
  const isCovered = place.office === office || below?.has(place.office) === true;
  const stands = place.office === office ? province : below?.get(place.office);
  return isCovered && (place.province === undefined || stands === undefined || stands === place.province);
}
