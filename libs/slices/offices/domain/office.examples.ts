import { isoDate, NATIVE, type Provenance } from '@khamrap/kernel';
import type {
  AppointHolder,
  DissolveOffice,
  EndDelegation,
  EndHolder,
  EndRole,
  GrantDelegation,
  GrantRole,
  RegisterOffice,
  RenameOffice,
} from './office.commands';
import type {
  DelegationEnded,
  DelegationGranted,
  HolderAppointed,
  HolderEnded,
  OfficeDissolved,
  OfficeEvent,
  OfficeRegistered,
  OfficeRenamed,
  RoleEnded,
  RoleGranted,
} from './office.events';
import type { RegisterZone, SetZoneProvinces } from './zone.decider';
import type { ZoneEvent, ZoneProvincesSet, ZoneRegistered } from './zone.events';

// An office for specs that exists nowhere; each example can be changed in the one respect that a specification is about.

export const TODAY = isoDate('2027-03-31');
export const OFFICE = 'example-cdd';
export const ACTOR = 'pseudonym-1';
export const TRANSCRIBED: Provenance = { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 1' };

const REGISTERED: OfficeRegistered['data'] = {
  nameTh: 'สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง',
  kind: 'provincialOffice',
  province: 'TH-54',
};
const RENAMED: OfficeRenamed['data'] = { nameTh: 'สำนักงานชื่อใหม่ตัวอย่าง', from: isoDate('2027-01-01') };
const DISSOLVED: OfficeDissolved['data'] = { on: isoDate('2027-03-31'), basis: 'พระราชกฤษฎีกาตัวอย่าง' };
const APPOINTED: HolderAppointed['data'] = {
  personName: 'สมมุติ ตัวอย่าง',
  positionTitle: 'พัฒนาการจังหวัดตัวอย่าง',
  from: isoDate('2026-10-01'),
};
const LEFT: HolderEnded['data'] = { on: isoDate('2027-02-28'), reason: 'transferred' };
const DELEGATED: DelegationGranted['data'] = {
  delegationId: 'delegation-1',
  personName: 'รองสมมุติ ตัวอย่าง',
  positionTitle: 'รองผู้ว่าราชการจังหวัดตัวอย่าง',
  kind: 'delegated',
  scope: ['agreement.sign'],
  orderReference: 'คำสั่งจังหวัดตัวอย่าง ที่ 1/2570',
  from: isoDate('2027-01-01'),
};
const DELEGATION_ENDED: DelegationEnded['data'] = { delegationId: 'delegation-1', on: isoDate('2027-02-01') };
const ROLE: Omit<RoleGranted['data'], 'from' | 'grantedBy'> = {
  grantId: 'grant-1',
  grantee: 'pseudonym-2',
  role: 'keeper',
  scope: { kind: 'office', value: OFFICE },
  reason: 'คำสั่งสำนักงานตัวอย่าง ที่ 2/2570',
};
const ROLE_ENDED: Omit<RoleEnded['data'], 'on' | 'endedBy'> = { grantId: 'grant-1', reason: 'ย้ายไปหน่วยงานอื่น' };
const ZONE: ZoneRegistered['data'] = {
  scheme: 'primeMinisterOffice',
  number: 16,
  nameTh: 'เขตตรวจราชการที่ 16',
};
const ZONE_PROVINCES: ZoneProvincesSet['data'] = {
  provinces: ['TH-54', 'TH-55'],
  effectiveFrom: isoDate('2027-01-01'),
  basis: 'ประกาศตัวอย่าง',
};

type Changes<Event extends OfficeEvent | ZoneEvent> = Partial<Event['data']>;

export function registered(changes: Changes<OfficeRegistered> = {}): OfficeRegistered {
  return { type: 'OfficeRegistered', data: { ...REGISTERED, ...changes } };
}
export function renamed(changes: Changes<OfficeRenamed> = {}): OfficeRenamed {
  return { type: 'OfficeRenamed', data: { ...RENAMED, ...changes } };
}
export function dissolved(changes: Changes<OfficeDissolved> = {}): OfficeDissolved {
  return { type: 'OfficeDissolved', data: { ...DISSOLVED, ...changes } };
}
export function appointed(changes: Changes<HolderAppointed> = {}): HolderAppointed {
  return { type: 'HolderAppointed', data: { ...APPOINTED, ...changes } };
}
export function left(changes: Changes<HolderEnded> = {}): HolderEnded {
  return { type: 'HolderEnded', data: { ...LEFT, ...changes } };
}
export function delegated(changes: Changes<DelegationGranted> = {}): DelegationGranted {
  return { type: 'DelegationGranted', data: { ...DELEGATED, ...changes } };
}
export function delegationEnded(changes: Changes<DelegationEnded> = {}): DelegationEnded {
  return { type: 'DelegationEnded', data: { ...DELEGATION_ENDED, ...changes } };
}
export function roleGranted(changes: Changes<RoleGranted> = {}): RoleGranted {
  return { type: 'RoleGranted', data: { ...ROLE, from: TODAY, grantedBy: ACTOR, ...changes } };
}
export function roleEnded(changes: Changes<RoleEnded> = {}): RoleEnded {
  return { type: 'RoleEnded', data: { ...ROLE_ENDED, on: TODAY, endedBy: ACTOR, ...changes } };
}
export function zoneRegistered(changes: Changes<ZoneRegistered> = {}): ZoneRegistered {
  return { type: 'ZoneRegistered', data: { ...ZONE, ...changes } };
}
export function zoneProvincesSet(changes: Changes<ZoneProvincesSet> = {}): ZoneProvincesSet {
  return { type: 'ZoneProvincesSet', data: { ...ZONE_PROVINCES, ...changes } };
}

export function registerOffice(changes: Changes<OfficeRegistered> = {}): RegisterOffice {
  return { type: 'RegisterOffice', officeId: OFFICE, data: { ...REGISTERED, ...changes } };
}
export function renameOffice(changes: Changes<OfficeRenamed> = {}, provenance: Provenance = NATIVE): RenameOffice {
  return { type: 'RenameOffice', data: { ...RENAMED, ...changes }, provenance };
}
export function dissolveOffice(
  changes: Changes<OfficeDissolved> = {},
  provenance: Provenance = NATIVE,
): DissolveOffice {
  const data = { ...DISSOLVED, ...changes };
  return { type: 'DissolveOffice', officeId: OFFICE, data, provenance, actor: ACTOR, decidedOn: TODAY };
}
export function appointHolder(changes: Changes<HolderAppointed> = {}, provenance: Provenance = NATIVE): AppointHolder {
  return { type: 'AppointHolder', data: { ...APPOINTED, ...changes }, provenance };
}
export function endHolder(changes: Changes<HolderEnded> = {}, provenance: Provenance = NATIVE): EndHolder {
  return { type: 'EndHolder', data: { ...LEFT, ...changes }, provenance };
}
export function grantDelegation(
  changes: Changes<DelegationGranted> = {},
  provenance: Provenance = NATIVE,
): GrantDelegation {
  return { type: 'GrantDelegation', data: { ...DELEGATED, ...changes }, provenance, actor: ACTOR };
}
export function endDelegation(changes: Changes<DelegationEnded> = {}, provenance: Provenance = NATIVE): EndDelegation {
  return { type: 'EndDelegation', data: { ...DELEGATION_ENDED, ...changes }, provenance };
}
export function grantRole(changes: Partial<GrantRole['data']> = {}): GrantRole {
  const data = { ...ROLE, ...changes };
  return { type: 'GrantRole', data, isScopeKnown: true, actor: ACTOR, decidedOn: TODAY };
}
export function endRole(changes: Partial<EndRole['data']> = {}): EndRole {
  return { type: 'EndRole', data: { ...ROLE_ENDED, ...changes }, actor: ACTOR, decidedOn: TODAY };
}
export function registerZone(changes: Changes<ZoneRegistered> = {}): RegisterZone {
  return { type: 'RegisterZone', data: { ...ZONE, ...changes } };
}
export function setZoneProvinces(
  changes: Changes<ZoneProvincesSet> = {},
  provenance: Provenance = NATIVE,
): SetZoneProvinces {
  return { type: 'SetZoneProvinces', data: { ...ZONE_PROVINCES, ...changes }, provenance };
}

/** A life of an office in which every event of its stream has every field that it may have. */
export const EVERY_OFFICE_EVENT: readonly OfficeEvent[] = [
  registered({
    nameEn: 'Example provincial office',
    parentOfficeId: 'example-department',
    area: 'ตำบลตัวอย่าง',
    contact: { telephone: '0 5400 0000', email: 'office@example.go.th' },
  }),
  renamed({ nameEn: 'Renamed example office', basis: 'กฎกระทรวงตัวอย่าง' }),
  appointed({
    personName: 'คนก่อน ตัวอย่าง',
    from: isoDate('2025-10-01'),
    until: isoDate('2026-09-30'),
    orderReference: 'คำสั่งกรมตัวอย่าง ที่ 1/2568',
  }),
  appointed({ orderReference: 'คำสั่งกรมตัวอย่าง ที่ 1/2569' }),
  left(),
  delegated({
    toOfficeId: 'example-governor-office',
    to: isoDate('2027-09-30'),
    delegate: 'pseudonym-3',
    coversBelow: true,
  }),
  delegationEnded({ reason: 'คำสั่งจังหวัดตัวอย่าง ที่ 3/2570' }),
  roleGranted({ to: isoDate('2027-09-30') }),
  roleEnded(),
  dissolved({ successorOfficeId: 'example-successor' }),
];

/** The same of a zone. */
export const EVERY_ZONE_EVENT: readonly ZoneEvent[] = [
  zoneRegistered({ scheme: 'department', officeId: 'example-department', nameEn: 'Example zone 16' }),
  zoneProvincesSet(),
];
