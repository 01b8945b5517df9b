import type { IsoDate, NotStated } from '@khamrap/kernel';
import type { OfficeDissolved, OfficeRenamed, RoleScope } from './office.events';

/** What the rules need to know of an office. */
export type OfficeState = { readonly status: 'notRegistered' } | RegisteredOffice;

export interface RegisteredOffice {
  readonly status: 'registered' | 'dissolved';
  /** ISO 3166-2. */
  readonly province?: string;
  readonly naming: Naming;
  /** Absent while there is the office. */
  readonly dissolvedOn?: OfficeDissolved['data']['on'];
  /** In the order in which they were recorded; at most one of them is open. */
  readonly tenures: readonly Tenure[];
  /** By delegation id. */
  readonly delegations: ReadonlyMap<string, Delegation>;
  /** By grant id. */
  readonly grants: ReadonlyMap<string, RoleGrant>;
}

/** Its name, and what was told of it; only that under which it was registered has no first day. */
export type Naming = Pick<OfficeRenamed['data'], 'nameTh' | 'nameEn' | 'basis'> &
  Partial<Pick<OfficeRenamed['data'], 'from'>>;

/** Somebody's time in a post, both days included. */
export interface Tenure {
  readonly personName: string;
  readonly from: IsoDate | NotStated;
  /** Absent while the holder has not left. */
  readonly until?: IsoDate | NotStated;
}

export interface Delegation {
  readonly from: IsoDate | NotStated;
  readonly to?: IsoDate;
  /** Pseudonym of the one who acts in this ledger; absent where the delegation lets nobody in. */
  readonly delegate?: string;
  readonly coversBelow?: boolean;
  readonly isEnded: boolean;
}

export interface RoleGrant {
  readonly grantee: string;
  readonly role: string;
  readonly scope: RoleScope;
  readonly from: IsoDate;
  readonly to?: IsoDate;
  readonly isEnded: boolean;
}
