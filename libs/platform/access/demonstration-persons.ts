import { grant, GrantReader, type Grant, type Identity } from './grant';

/** Somebody to try the service as: a function, never a name. */
export interface DemonstrationPerson {
  readonly subject: string;
  readonly title: { readonly th: string; readonly en: string };
  readonly grants: readonly Grant[];
}

const PHRAE = 'TH-54';
/** The provinces of inspection zone 16 of the Prime Minister's Office: Chiang Rai, Nan, Phayao, Phrae. */
const ZONE_16 = ['TH-57', 'TH-55', 'TH-56', PHRAE];
const PHRAE_CDD = { kind: 'office', office: 'phrae-cdd', province: PHRAE } as const;

/** The persons for whom the development issuer issues tokens, with what they may do. */
export const DEMONSTRATION_PERSONS: readonly DemonstrationPerson[] = [
  {
    subject: 'governor-of-phrae',
    title: { th: 'ผู้ว่าราชการจังหวัดแพร่', en: 'Governor of Phrae' },
    grants: [grant('governor', { kind: 'province', province: PHRAE })],
  },
  {
    subject: 'head-of-phrae-cdd',
    title: { th: 'พัฒนาการจังหวัดแพร่', en: 'Head of the Phrae community development office' },
    grants: [grant('officeHead', PHRAE_CDD)],
  },
  {
    subject: 'keeper-of-phrae-cdd',
    title: { th: 'ผู้จัดเก็บข้อมูล สำนักงานพัฒนาชุมชนจังหวัดแพร่', en: 'Data keeper of the Phrae community development office' },
    grants: [grant('keeper', PHRAE_CDD)],
  },
  {
    subject: 'supervisor-of-phrae-cdd',
    title: {
      th: 'ผู้กำกับดูแลตัวชี้วัด สำนักงานพัฒนาชุมชนจังหวัดแพร่',
      en: 'Indicator supervisor of the Phrae community development office',
    },
    grants: [grant('supervisor', PHRAE_CDD)],
  },
  {
    subject: 'performance-unit-of-phrae',
    title: { th: 'หน่วยงานกำกับการประเมินผล จังหวัดแพร่', en: 'Performance unit of Phrae province' },
    grants: [grant('performanceUnit', { kind: 'province', province: PHRAE })],
  },
  {
    subject: 'recorder',
    title: { th: 'ผู้บันทึกเอกสารต้นทาง', en: 'Recorder of source documents' },
    grants: [grant('recorder', { kind: 'nation' })],
  },
  {
    subject: 'inspector-zone-16',
    title: { th: 'ผู้ตรวจราชการ เขตตรวจราชการที่ ๑๖', en: 'Inspector of zone 16' },
    grants: ZONE_16.map((province) => grant('inspector', { kind: 'province', province })),
  },
  {
    subject: 'dashboard',
    title: { th: 'จอแสดงผล', en: 'Dashboard' },
    grants: [grant('dashboard', { kind: 'nation' })],
  },
  {
    subject: 'administrator',
    title: { th: 'ผู้ดูแลระบบ', en: 'Administrator' },
    grants: [grant('administrator', { kind: 'nation' })],
  },
];

/** Reads the grants of the demonstration persons; nobody else has any. */
export class DemonstrationGrants extends GrantReader {
  private readonly bySubject = new Map(DEMONSTRATION_PERSONS.map((person) => [person.subject, person.grants]));

  constructor(private readonly issuer: string) {
    super();
  }

  grantsOf(identity: Identity): Promise<readonly Grant[]> {
    const grants = identity.issuer === this.issuer ? this.bySubject.get(identity.subject) : undefined;
    return Promise.resolve(grants ?? []);
  }
}
