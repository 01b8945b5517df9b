import { isoDate, NOT_STATED, spanOfFiscalYear, type IsoDate, type NotStated, type Provenance } from '@khamrap/kernel';
import type { AgreementCommand } from '@khamrap/agreements';
import type { AwardCommand } from '@khamrap/awards';

// What three public documents say of Phrae, as commands: figures, names and nothing that they do not state. They give no
// signature, receiver, weight or effective day, and for the twelve joint goals of 2565 no target and no figure.

export interface SourceDocument {
  /** SHA-256 of the text as it was collected, in hexadecimal. */
  readonly id: string;
  /** `notStated` where the document does not name one. */
  readonly publisher: string;
  /** The day of which the document tells; the day of its publication is not stated. */
  readonly tellsOf: IsoDate;
  readonly address: NotStated;
  /** In our own words. */
  readonly description: { readonly th: string; readonly en: string };
}

/** A command, and the earliest day on which its source could have been known: for logs with a simulated clock. */
export interface DemonstrationStep<Command> {
  /** Tells apart the agreements, or the awards, of this file. The identifiers within commands are of this file too. */
  readonly key: string;
  readonly knownOn: IsoDate;
  readonly command: Command;
}

const ANNOUNCEMENT: SourceDocument = {
  id: 'a700a7efae4a683f02ab067dc3f50b8eb2580a0a38fdb8082df93dd581229226',
  publisher: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่',
  tellsOf: isoDate('2021-10-12'),
  address: NOT_STATED,
  description: {
    th: 'ข่าวพิธีลงนามคำรับรองของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565 พร้อมรายการเป้าหมายร่วมและตัวชี้วัดย่อยของเป้าหมายที่ 8',
    en: 'News of the signing ceremony of Phrae for fiscal year 2565, with its joint goals and the sub-indicators of goal 8',
  },
};
const RESULTS: SourceDocument = {
  id: '22b04762cbf1daa75170f86a400516b7c2a688ca498f7f0245e22aa9f94af641',
  publisher: NOT_STATED,
  tellsOf: isoDate('2023-09-18'),
  address: NOT_STATED,
  description: {
    th: 'ข่าวการแถลงผลงานของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2566 ก่อนสิ้นปีงบประมาณ 12 วัน',
    en: 'News of the results that Phrae told of fiscal year 2566, twelve days before the year ended',
  },
};
const AWARDS: SourceDocument = {
  id: '2347d220dfeee2faa34d821b40f85a569882b40ece598fdf6d1601311a95ff84',
  publisher: NOT_STATED,
  tellsOf: isoDate('2022-09-20'),
  address: NOT_STATED,
  description: {
    th: 'ข่าวการแถลงผลสำเร็จและรางวัลของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565',
    en: 'News of the success and the awards that Phrae announced for fiscal year 2565',
  },
};

export const sourceDocuments: readonly SourceDocument[] = [ANNOUNCEMENT, RESULTS, AWARDS];

/** Paragraphs are the lines of a document that are not empty, counted from 1. */
function from(document: SourceDocument, passage: string): Provenance {
  return { kind: 'transcribed', sourceDocument: document.id, passage };
}

/** The twelve joint goals, each its own main indicator, in the words of the document, misprints included (goal 7). */
const GOALS = [
  ['จังหวัดคุณธรรม และการเทิดทูนสถาบันหลักของชาติ', 'A province of virtue that honours the nation’s main institutions'],
  ['การบริหารภาครัฐทันสมัย สะดวก', 'Modern, convenient public administration'],
  ['สิ่งแวดล้อมดี ป่าสมบูรณ์', 'A good environment and healthy forests'],
  ['จังหวัดสะอาด', 'A clean province'],
  ['เมืองสุขภาวะทุกช่วงวัย', 'A city of well-being at every age'],
  ['เมืองเก่าแพร่และส่งเสริมท่องเที่ยว', 'The old town of Phrae and tourism'],
  ['เมืองสงบ มั่นคง ปลอดภัย ผลเมืองดี', 'A peaceful, secure and safe city of good citizens'],
  ['เศรษฐกิจสร้างสรรค์', 'Creative economy'],
  ['การศึกษาและพัฒนากำลังแรงงาน มีคุณภาพ', 'Education and a skilled workforce'],
  ['การแก้ปัญหาปากท้อง ลดยากจน ดำรงชีพพอเพียง', 'Livelihoods, less poverty, sufficiency'],
  ['การพัฒนาน้ำอุปโภค บริโภค และการเกษตร ทั้งระบบ', 'Water for households and farming, as one system'],
  ['การบริหารจัดการแก้ไขสาธารณภัยและโรคอุบัติใหม่', 'Managing disasters and emerging diseases'],
] as const;
const FIRST_GOAL_PARAGRAPH = 6;

/** The sub-indicators of goal 8 in our spelling; the fourth, which the document tells in a sentence, in our words. */
const SUB_INDICATORS_OF_GOAL_8 = [
  ['รายได้จากการจำหน่ายผลิตภัณฑ์ OTOP เพิ่มขึ้น', 'Income from the sale of OTOP products, more than before', NOT_STATED],
  ['ร้อยละของผลิตภัณฑ์ได้รับมาตรฐานผลิตภัณฑ์ชุมชนเพิ่มขึ้น', 'Share of products with the community standard', 'percent'],
  ['ร้อยละการจำหน่ายผลิตภัณฑ์ผ่านช่องทางออนไลน์เพิ่มขึ้น', 'Share of products sold online', 'percent'],
  ['สถานประกอบการที่เข้าสู่ระบบอุตสาหกรรมสีเขียวเพิ่มขึ้น', 'Establishments in the green industry system', NOT_STATED],
] as const;
const FIRST_SUB_INDICATOR_PARAGRAPH = 19;

const agreementOf2565: readonly AgreementCommand[] = [
  {
    type: 'DraftAgreement',
    data: {
      title: 'คำรับรองการปฏิบัติราชการจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565',
      level: 'province',
      basis: 'announced',
      fiscalYear: 2565,
      province: 'TH-54',
      parties: [],
      announcedOn: ANNOUNCEMENT.tellsOf,
    },
    provenance: from(ANNOUNCEMENT, 'paragraphs 2 and 3'),
  },
  ...GOALS.map(([name, nameEn], index) => jointGoal(index + 1, name, nameEn)),
  ...SUB_INDICATORS_OF_GOAL_8.map(([name, nameEn, unit], index): AgreementCommand => ({
    type: 'AddIndicator',
    data: {
      indicatorId: `goal-8-${index + 1}`,
      displayNumber: `8.${index + 1}`,
      printedNumber: `${index + 1}`,
      parentIndicatorId: 'goal-8',
      goalNumber: 8,
      name,
      nameEn,
      unit,
      direction: 'higher',
      weight: NOT_STATED,
    },
    provenance: from(ANNOUNCEMENT, `paragraph ${FIRST_SUB_INDICATOR_PARAGRAPH + index}`),
  })),
];

function jointGoal(goalNumber: number, name: string, nameEn: string): AgreementCommand {
  const paragraph = FIRST_GOAL_PARAGRAPH + goalNumber - 1;
  // The document names who answers for goal 8 only, in the paragraph that explains it.
  const lead = goalNumber === 8 && {
    leadOffice: { officeId: 'phrae-cdd', officeName: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' },
    leadPerson: 'สุสังข์ ชุ่มมะโน',
  };
  return {
    type: 'AddIndicator',
    data: {
      indicatorId: `goal-${goalNumber}`,
      displayNumber: `${goalNumber}`,
      goalNumber,
      name,
      nameEn,
      unit: NOT_STATED,
      direction: NOT_STATED,
      weight: NOT_STATED,
      ...lead,
    },
    provenance: from(ANNOUNCEMENT, lead ? `paragraphs ${paragraph} and 18` : `paragraph ${paragraph}`),
  };
}

const TOLD_IN_2566 = from(RESULTS, 'paragraph 6');

const figuresOf2566: readonly AgreementCommand[] = [
  {
    type: 'DraftAgreement',
    data: {
      title: 'การติดตามตัวชี้วัดของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2566',
      level: 'province',
      basis: 'monitoringOnly',
      fiscalYear: 2566,
      province: 'TH-54',
      parties: [],
    },
    provenance: TOLD_IN_2566,
  },
  {
    type: 'AddIndicator',
    data: {
      indicatorId: 'tourism',
      displayNumber: '1',
      name: 'รายได้จากการท่องเที่ยว',
      nameEn: 'Revenue from tourism',
      unit: 'millionBaht',
      direction: 'higher',
      weight: NOT_STATED,
    },
    provenance: TOLD_IN_2566,
  },
  {
    type: 'SetTarget',
    data: { indicatorId: 'tourism', span: NOT_STATED, value: '1887', unit: 'millionBaht', asPrinted: '1,887 ล้านบาท' },
    provenance: TOLD_IN_2566,
  },
  {
    type: 'ReportActual',
    data: {
      indicatorId: 'tourism',
      // The first nine months of the fiscal year.
      span: { from: spanOfFiscalYear(2566).from, to: isoDate('2023-06-30') },
      value: '2446.88',
      unit: 'millionBaht',
      finality: NOT_STATED,
      asPrinted: '2446.88 ล้านบาท',
      evidence: [],
    },
    provenance: TOLD_IN_2566,
    decidedOn: RESULTS.tellsOf,
  },
  {
    type: 'AddIndicator',
    data: {
      indicatorId: 'otop',
      displayNumber: '2',
      name: 'รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน (OTOP)',
      nameEn: 'Income from the sale of community products (OTOP)',
      unit: 'baht',
      direction: 'higher',
      weight: NOT_STATED,
    },
    provenance: TOLD_IN_2566,
  },
  {
    type: 'ReportActual',
    data: {
      indicatorId: 'otop',
      span: NOT_STATED,
      value: '1755091742',
      unit: 'baht',
      finality: NOT_STATED,
      asPrinted: '1,755,091,742 บาท',
      evidence: [],
    },
    provenance: TOLD_IN_2566,
    decidedOn: RESULTS.tellsOf,
  },
];

export const agreementSteps: readonly DemonstrationStep<AgreementCommand>[] = [
  ...agreementOf2565.map((command) => ({ key: 'phrae-2565', knownOn: ANNOUNCEMENT.tellsOf, command })),
  ...figuresOf2566.map((command) => ({ key: 'phrae-2566', knownOn: RESULTS.tellsOf, command })),
];

export const awardSteps: readonly DemonstrationStep<AwardCommand>[] = [
  {
    key: 'phrae-pmqa-category-1',
    knownOn: AWARDS.tellsOf,
    command: {
      type: 'GrantAward',
      data: {
        category: 'pmqaCategory1',
        // A misprint for PMQA, the award for the quality of public administration; category 1 is leadership.
        categoryPrinted: 'PMOA หมวด ๑',
        grantors: [{ name: 'สำนักงาน ก.พ.ร.', officeId: 'opdc' }],
        recipients: [{ name: 'จังหวัดแพร่', province: 'TH-54' }],
        awardYear: NOT_STATED,
        forms: [NOT_STATED],
        announcedOn: AWARDS.tellsOf,
      },
      provenance: from(AWARDS, 'paragraph 2'),
    },
  },
  {
    key: 'phrae-gecc',
    knownOn: AWARDS.tellsOf,
    command: {
      type: 'AnnounceAwards',
      data: {
        category: 'gecc',
        categoryPrinted: 'ศูนย์ราชการสะดวก (GECC)',
        grantors: [{ name: 'สำนักนายกรัฐมนตรี' }],
        statedCount: 14,
        awardYear: NOT_STATED,
        announcedOn: AWARDS.tellsOf,
        province: 'TH-54',
      },
      provenance: from(AWARDS, 'paragraph 2'),
    },
  },
];
