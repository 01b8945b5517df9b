import type { RoleName } from '@khamrap/platform/access';
import type { AssignInspector } from '@khamrap/inspections';
import type { GrantRole, RegisterOffice } from '@khamrap/offices';
import type { BodyOf } from './demonstration-step';
import { NACC, PHRAE_CDD, PHRAE_PROVINCE, PRIME_MINISTER_OFFICE } from './offices';

type OfficeBody = BodyOf<typeof RegisterOffice>;
type Scope = BodyOf<typeof GrantRole>['scope'];

/** A role of somebody of the embedded issuer, kept at an office. */
export interface DemonstrationGrant {
  readonly subject: string;
  readonly officeId: string;
  readonly role: RoleName;
  readonly scope: Scope;
}

const PHRAE = 'TH-54';
const OPERATOR = { officeId: 'demonstration-operator', officeName: 'หน่วยงานผู้ดูแลระบบสาธิต' };

const body = (
  { officeId, officeName }: typeof NACC,
  kind: OfficeBody['kind'],
  nameEn: string,
  province?: string,
): OfficeBody => ({ officeId, nameTh: officeName, nameEn, kind, ...(province !== undefined && { province }) });

/** The offices at which the roles of the demonstration are kept, for a ledger that has not got them from documents. */
export const OFFICES_OF_GRANTS: readonly OfficeBody[] = [
  body(OPERATOR, 'nonStateBody', 'Operator of the demonstration'),
  body(PHRAE_PROVINCE, 'province', 'Phrae province', PHRAE),
  body(PHRAE_CDD, 'provincialOffice', 'Phrae provincial community development office', PHRAE),
  body(NACC, 'externalBody', 'Office of the National Anti-Corruption Commission'),
  body(PRIME_MINISTER_OFFICE, 'externalBody', 'Prime Minister’s Office'),
];

const at = (
  { officeId }: typeof NACC,
  scope: Scope,
  ...held: readonly (readonly [subject: string, role: RoleName])[]
): readonly DemonstrationGrant[] => held.map(([subject, role]) => ({ subject, officeId, role, scope }));

/** What persons and machines of the embedded issuer may do by a grant; who is named nowhere may do nothing. */
export const DEMONSTRATION_GRANTS: readonly DemonstrationGrant[] = [
  ...at(
    OPERATOR,
    { kind: 'nation' },
    ['administrator', 'administrator'],
    ['recorder', 'recorder'],
    ['dashboard', 'dashboard'],
    ['privacy-officer', 'privacyOfficer'],
  ),
  ...at(NACC, { kind: 'nation' }, ['nacc-officer', 'naccOfficer']),
  ...at(
    PHRAE_PROVINCE,
    { kind: 'province', value: PHRAE },
    ['governor-of-phrae', 'governor'],
    ['performance-unit-of-phrae', 'performanceUnit'],
  ),
  ...at(
    PHRAE_CDD,
    { kind: 'office', value: PHRAE_CDD.officeId },
    ['head-of-phrae-cdd', 'officeHead'],
    ['keeper-of-phrae-cdd', 'keeper'],
    ['supervisor-of-phrae-cdd', 'supervisor'],
    ['phrae-cdd-system', 'keeper'],
  ),
];

/** Who of the embedded issuer inspects a zone: by being assigned to it they are inspectors. */
export interface DemonstrationAssignment extends Pick<BodyOf<typeof AssignInspector>, 'level' | 'officeId' | 'zoneId'> {
  readonly subject: string;
}

const ofZone = (number: number): DemonstrationAssignment => ({
  subject: `inspector-zone-${number}`,
  level: 'primeMinisterOffice',
  officeId: PRIME_MINISTER_OFFICE.officeId,
  zoneId: `primeMinisterOffice-${number}`,
});

export const DEMONSTRATION_ASSIGNMENTS: readonly DemonstrationAssignment[] = [ofZone(5), ofZone(16)];
