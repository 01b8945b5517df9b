import { toldProvince, type BothLanguages } from '@khamrap/kernel';
import type { Names } from '@khamrap/audit/events';
import type { DelegationKind, EndReason, OfficeKind, RoleScope } from './domain/office.events';
import type { ZoneScheme } from './domain/zone.events';

// What the codes of these events mean to people.

export const KINDS: Readonly<Record<OfficeKind, BothLanguages>> = {
  ministry: { th: 'กระทรวง', en: 'ministry' },
  department: { th: 'กรม', en: 'department' },
  cluster: { th: 'กลุ่มจังหวัด', en: 'cluster of provinces' },
  province: { th: 'จังหวัด', en: 'province' },
  governorOffice: { th: 'สำนักงานจังหวัด', en: 'governor’s administrative office' },
  provincialOffice: { th: 'ส่วนราชการประจำจังหวัด', en: 'provincial office' },
  district: { th: 'อำเภอ', en: 'district' },
  provincialCommittee: { th: 'คณะกรมการจังหวัด', en: 'provincial committee' },
  localAdministration: { th: 'องค์กรปกครองส่วนท้องถิ่น', en: 'local administrative organisation' },
  externalBody: { th: 'หน่วยงานภายนอก', en: 'external body' },
  nonStateBody: { th: 'องค์กรที่มิใช่ภาครัฐ', en: 'non-state body' },
};

export const END_REASONS: Readonly<Record<EndReason, BothLanguages>> = {
  transferred: { th: 'ย้าย', en: 'transferred' },
  promoted: { th: 'เลื่อนตำแหน่ง', en: 'promoted' },
  retired: { th: 'เกษียณอายุราชการ', en: 'retired' },
  resigned: { th: 'ลาออก', en: 'resigned' },
  termEnded: { th: 'ครบวาระ', en: 'term ended' },
  died: { th: 'ถึงแก่กรรม', en: 'died' },
  officeDissolved: { th: 'ยุบหน่วยงาน', en: 'office dissolved' },
  other: { th: 'เหตุอื่น', en: 'another reason' },
  notStated: { th: 'ไม่ระบุเหตุ', en: 'reason not stated' },
};

export const DELEGATIONS: Readonly<Record<DelegationKind, BothLanguages>> = {
  delegated: { th: 'ปฏิบัติราชการแทน', en: 'under delegated authority' },
  actingFor: { th: 'รักษาราชการแทน', en: 'acting for the holder' },
  actingInPosition: { th: 'รักษาการในตำแหน่ง', en: 'acting in position' },
};

export const ZONE_SCHEMES: Readonly<Record<ZoneScheme, BothLanguages>> = {
  primeMinisterOffice: { th: 'สำนักนายกรัฐมนตรี', en: 'the Prime Minister’s Office' },
  ministry: { th: 'กระทรวง', en: 'a ministry' },
  department: { th: 'กรม', en: 'a department' },
};

/** Where a role holds. */
export function toldScope({ kind, value = '' }: RoleScope, names: Names): BothLanguages {
  switch (kind) {
    case 'nation':
      return { th: 'ทั้งประเทศ', en: 'the whole nation' };
    case 'province':
      return toldProvince(value);
    case 'office':
      return names.office(value);
    case 'zone':
      return { th: `เขตตรวจราชการ ${value}`, en: `inspection zone ${value}` };
    case 'indicator':
      return { th: `ตัวชี้วัด ${value}`, en: `indicator ${value}` };
  }
}
