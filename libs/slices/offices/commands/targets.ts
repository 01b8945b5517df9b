/** What the commands of an office are about: the identifiers in the address. */
export interface OfficeTarget {
  readonly officeId: string;
}

export interface DelegationTarget extends OfficeTarget {
  readonly delegationId: string;
}

export interface RoleGrantTarget extends OfficeTarget {
  readonly grantId: string;
}
