import type { Identity } from './grant';

/** Somebody to try the service as: a function, never a name. */
export interface DemonstrationPerson {
  readonly subject: string;
  readonly title: { readonly th: string; readonly en: string };
}

/** Under what name the ledger knows the persons and machines of the embedded issuer, whatever address it has. */
export const EMBEDDED_ISSUER_NAME = 'urn:khamrap:embedded-issuer';

/** The persons as whom anybody can sign in at the embedded issuer. What they may do, the ledger's own grants say. */
export const DEMONSTRATION_PERSONS: readonly DemonstrationPerson[] = [
  {
    subject: 'governor-of-phrae',
    title: { th: 'ผู้ว่าราชการจังหวัดแพร่', en: 'Governor of Phrae' },
  },
  {
    subject: 'head-of-phrae-cdd',
    title: { th: 'พัฒนาการจังหวัดแพร่', en: 'Head of the Phrae community development office' },
  },
  {
    subject: 'keeper-of-phrae-cdd',
    title: { th: 'ผู้จัดเก็บข้อมูล สำนักงานพัฒนาชุมชนจังหวัดแพร่', en: 'Data keeper of the Phrae community development office' },
  },
  {
    subject: 'supervisor-of-phrae-cdd',
    title: {
      th: 'ผู้กำกับดูแลตัวชี้วัด สำนักงานพัฒนาชุมชนจังหวัดแพร่',
      en: 'Indicator supervisor of the Phrae community development office',
    },
  },
  {
    subject: 'performance-unit-of-phrae',
    title: { th: 'หน่วยงานกำกับการประเมินผล จังหวัดแพร่', en: 'Performance unit of Phrae province' },
  },
  {
    subject: 'recorder',
    title: { th: 'ผู้บันทึกเอกสารต้นทาง', en: 'Recorder of source documents' },
  },
  {
    subject: 'inspector-zone-16',
    title: { th: 'ผู้ตรวจราชการ เขตตรวจราชการที่ ๑๖', en: 'Inspector of zone 16' },
  },
  {
    subject: 'inspector-zone-5',
    title: { th: 'ผู้ตรวจราชการ เขตตรวจราชการที่ ๕', en: 'Inspector of zone 5' },
  },
  {
    subject: 'nacc-officer',
    title: { th: 'เจ้าหน้าที่สำนักงาน ป.ป.ช.', en: 'Officer of the National Anti-Corruption Commission' },
  },
  {
    subject: 'privacy-officer',
    title: { th: 'เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล', en: 'Data protection officer' },
  },
  {
    subject: 'dashboard',
    title: { th: 'จอแสดงผล', en: 'Dashboard' },
  },
  {
    subject: 'administrator',
    title: { th: 'ผู้ดูแลระบบ', en: 'Administrator' },
  },
  {
    subject: 'stranger',
    title: { th: 'ผู้ที่ไม่ได้รับมอบหมายหน้าที่ใด', en: 'Somebody who holds no role' },
  },
];

/** The machines of the demonstration: they get tokens by credentials of their own, and act within their office. */
export const DEMONSTRATION_MACHINES: readonly DemonstrationPerson[] = [
  {
    subject: 'phrae-cdd-system',
    title: { th: 'ระบบข้อมูล สำนักงานพัฒนาชุมชนจังหวัดแพร่', en: 'Data system of the Phrae community development office' },
  },
];

/** The title of somebody of the demonstration; undefined for everybody else. */
export function titleOf({ issuer, subject }: Identity): DemonstrationPerson['title'] | undefined {
  if (issuer !== EMBEDDED_ISSUER_NAME) return undefined;
  return [...DEMONSTRATION_PERSONS, ...DEMONSTRATION_MACHINES].find((person) => person.subject === subject)?.title;
}
