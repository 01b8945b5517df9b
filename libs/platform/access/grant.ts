import type { Permission } from './permissions';
import { ROLES, type RoleName } from './roles';

/** Where a role holds. Provinces by ISO 3166-2, such as `TH-54`. */
export type Scope =
  | { readonly kind: 'nation' }
  | { readonly kind: 'province'; readonly province: string }
  | { readonly kind: 'office'; readonly office: string; readonly province: string };

/** A role that somebody holds, with all that it allows, and where. */
export interface Grant {
  readonly role: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}

/** Who a token speaks of, in the words of its issuer. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** Port: which roles somebody holds now. Asked on every request, so it answers from memory or nearly so. */
export abstract class GrantReader {
  abstract grantsOf(identity: Identity): Promise<readonly Grant[]>;
}

/** Port: the random name under which the ledger knows somebody. Always the same for the same identity. */
export abstract class PseudonymReader {
  abstract pseudonymOf(identity: Identity): Promise<string>;
}

const PERMISSIONS_BY_ROLE = new Map<RoleName, ReadonlySet<Permission>>(
  (Object.keys(ROLES) as RoleName[]).map((role) => [role, new Set<Permission>(ROLES[role])]),
);

/** The grant of a role within a scope. */
export function grant(role: RoleName, scope: Scope): Grant {
  return { role, permissions: PERMISSIONS_BY_ROLE.get(role) as ReadonlySet<Permission>, scope };
}
