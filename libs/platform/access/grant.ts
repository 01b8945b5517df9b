import type { Position } from '@khamrap/kernel';
import type { Permission } from './permissions';
import { ROLES, type RoleName } from './roles';

/** Where a role holds, as it is on the day of asking. Provinces by ISO 3166-2, such as `TH-54`. */
export type Scope =
  | { readonly kind: 'nation' }
  | { readonly kind: 'province'; readonly province: string }
  /** An inspection zone, with the provinces that it holds. */
  | { readonly kind: 'zone'; readonly zone: string; readonly provinces: readonly string[] }
  | {
      readonly kind: 'office';
      readonly office: string;
      /** Absent for an office that stands in no province, such as a department. */
      readonly province?: string;
      /** Every office below it, with its province where it has one. */
      readonly below?: ReadonlyMap<string, string | undefined>;
    }
  /** One indicator of one agreement, by its id. */
  | { readonly kind: 'indicator'; readonly indicator: string };

/** A role that somebody holds, with all that it allows, and where. */
export interface Grant {
  readonly role: RoleName;
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}

/** Who a token speaks of, in the words of its issuer. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** Somebody who is known, under the random name by which the ledger knows them. */
export interface KnownIdentity extends Identity {
  readonly pseudonym: string;
}

/**
 * Port: which roles somebody holds now. Asked on every request, so it answers from memory or nearly so; while nothing about
 * them changes, with the same objects.
 * @throws GrantsUnavailable when it cannot be told now
 */
export abstract class GrantReader {
  abstract grantsOf(person: KnownIdentity): Promise<readonly Grant[]> | readonly Grant[];

  /** Waits until what was recorded up to a position holds here; absent where grants do not come from the log. */
  reached?(position: Position): Promise<boolean>;
}

/** Port: the random name under which the ledger knows somebody. Always the same for the same identity. */
export abstract class PseudonymReader {
  abstract pseudonymOf(identity: Identity): Promise<string>;
  /** Calls whoever remembers pseudonyms when one is to be forgotten, because who it stood for was erased. */
  onForget?(listener: (pseudonym: string) => void): void;
}

const PERMISSIONS_BY_ROLE = new Map<RoleName, ReadonlySet<Permission>>(
  (Object.keys(ROLES) as RoleName[]).map((role) => [role, new Set<Permission>(ROLES[role])]),
);

/**
 * The grant of a role within a scope.
 * @param only what it is limited to, where it does not allow all that the role does
 */
export function grant(role: RoleName, scope: Scope, only?: readonly string[]): Grant {
  const permissions = PERMISSIONS_BY_ROLE.get(role) as ReadonlySet<Permission>;
  const limited = only && new Set([...permissions].filter((permission) => only.includes(permission)));
  return { role, permissions: limited ?? permissions, scope };
}
