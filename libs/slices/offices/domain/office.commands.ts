import type { IsoDate, Provenance } from '@khamrap/kernel';
import type {
  DelegationEnded,
  DelegationGranted,
  HolderAppointed,
  HolderEnded,
  OfficeDissolved,
  OfficeRegistered,
  OfficeRenamed,
  RoleEnded,
  RoleGranted,
} from './office.events';

/** Intentions, in the fields of their events. What a rule needs besides comes along: who asks, from what source, on which day. */
export type OfficeCommand =
  | RegisterOffice
  | RenameOffice
  | DissolveOffice
  | AppointHolder
  | EndHolder
  | GrantDelegation
  | EndDelegation
  | GrantRole
  | EndRole;

/** Enters an office under its readable code. */
export interface RegisterOffice {
  readonly type: 'RegisterOffice';
  readonly officeId: string;
  readonly data: OfficeRegistered['data'];
}

/** Gives an office another name, or tells of its name since when it holds and by what; the same again changes nothing. */
export interface RenameOffice {
  readonly type: 'RenameOffice';
  readonly data: OfficeRenamed['data'];
  readonly provenance: Provenance;
}

/** Ends an office, and with it all that is open in it: its holder, its delegations, its roles. */
export interface DissolveOffice {
  readonly type: 'DissolveOffice';
  readonly officeId: string;
  readonly data: OfficeDissolved['data'];
  readonly provenance: Provenance;
  readonly actor: string;
  readonly decidedOn: IsoDate;
}

/** Records who holds the post from a day on, or held it once (`until`). */
export interface AppointHolder {
  readonly type: 'AppointHolder';
  readonly data: HolderAppointed['data'];
  readonly provenance: Provenance;
}

/** Records that the holder has left the post. */
export interface EndHolder {
  readonly type: 'EndHolder';
  readonly data: HolderEnded['data'];
  readonly provenance: Provenance;
}

/** Records who acts for the holder, in which right. */
export interface GrantDelegation {
  readonly type: 'GrantDelegation';
  readonly data: DelegationGranted['data'];
  readonly provenance: Provenance;
  /** Pseudonym of the one who records it. */
  readonly actor: string;
}

/** Records that somebody no longer acts for the holder. */
export interface EndDelegation {
  readonly type: 'EndDelegation';
  readonly data: DelegationEnded['data'];
  readonly provenance: Provenance;
}

/** Grants a role in this ledger to somebody of the office. */
export interface GrantRole {
  readonly type: 'GrantRole';
  readonly data: Omit<RoleGranted['data'], 'grantedBy' | 'from'> & {
    /** Without it the role holds from today. */
    readonly from?: IsoDate | undefined;
  };
  /** Whether there is the office or the zone that the scope names, by their own streams. */
  readonly isScopeKnown: boolean;
  /** Pseudonym of the one who grants. */
  readonly actor: string;
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}

/** Ends a role, at once. */
export interface EndRole {
  readonly type: 'EndRole';
  readonly data: Omit<RoleEnded['data'], 'endedBy' | 'on'>;
  /** Pseudonym of the one who ends it. */
  readonly actor: string;
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}
