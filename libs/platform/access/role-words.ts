import { toldAlike, type BothLanguages } from '@khamrap/kernel';
import type { RoleName } from './roles';

/** In which roles events were written; the last two are nobody's whom the ledger granted anything. */
const ROLES: Readonly<Record<RoleName | 'ledger' | 'operator', BothLanguages>> = {
  officeHead: { th: 'หัวหน้าส่วนราชการ', en: 'head of office' },
  governor: { th: 'ผู้ว่าราชการจังหวัด', en: 'governor' },
  keeper: { th: 'ผู้จัดเก็บข้อมูล', en: 'data keeper' },
  supervisor: { th: 'ผู้กำกับดูแลตัวชี้วัด', en: 'indicator supervisor' },
  performanceUnit: { th: 'หน่วยงานด้านการประเมินผลของจังหวัด', en: 'performance unit' },
  recorder: { th: 'ผู้บันทึกจากเอกสารต้นทาง', en: 'recorder of source documents' },
  inspector: { th: 'ผู้ตรวจราชการ', en: 'inspector' },
  naccOfficer: { th: 'เจ้าหน้าที่ ป.ป.ช.', en: 'NACC officer' },
  delegate: { th: 'ผู้รับมอบอำนาจ', en: 'delegate' },
  privacyOfficer: { th: 'เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล', en: 'data protection officer' },
  dashboard: { th: 'จอแสดงผล', en: 'dashboard' },
  administrator: { th: 'ผู้ดูแลระบบ', en: 'administrator' },
  ledger: { th: 'ระบบบันทึก', en: 'the ledger itself' },
  operator: { th: 'ผู้เดินระบบ', en: 'operator of the service' },
};

/** What people call a role; one that has no words is told by its code. */
export function toldRole(role: string): BothLanguages {
  return Object.hasOwn(ROLES, role) ? ROLES[role as keyof typeof ROLES] : toldAlike(role);
}
