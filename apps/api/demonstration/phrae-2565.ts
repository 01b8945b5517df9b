import { AddIndicator, DraftAgreement } from '@khamrap/agreements';
import { PublishGoalSet } from '@khamrap/goals';
import { NOT_STATED } from '@khamrap/kernel';
import { creationStep, step, type Step } from './demonstration-step';
import { ANNOUNCEMENT_2565, from, fromAll } from './documents';
import { PHRAE_CDD } from './offices';

// The agreement of Phrae for fiscal year 2565, as it was announced. The document gives no signatory, receiver, weight, target,
// figure or effective day, and for the joint goals neither unit nor direction.

const AGREEMENT = 'phrae-2565';
const GOAL_SET = 'phrae-2565';
const { knownOn } = ANNOUNCEMENT_2565;

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
/** The paragraph that explains goal 8 and names who answers for it; of no other goal the document says so. */
const LEAD_PARAGRAPH = 18;
const LED_GOAL = 8;

/** The sub-indicators of goal 8 in our spelling; the fourth, which the document tells in a sentence, in our words. */
const SUB_INDICATORS_OF_GOAL_8 = [
  ['รายได้จากการจำหน่ายผลิตภัณฑ์ OTOP เพิ่มขึ้น', 'Income from the sale of OTOP products, more than before', NOT_STATED],
  ['ร้อยละของผลิตภัณฑ์ได้รับมาตรฐานผลิตภัณฑ์ชุมชนเพิ่มขึ้น', 'Share of products with the community standard', 'percent'],
  ['ร้อยละการจำหน่ายผลิตภัณฑ์ผ่านช่องทางออนไลน์เพิ่มขึ้น', 'Share of products sold online', 'percent'],
  ['สถานประกอบการที่เข้าสู่ระบบอุตสาหกรรมสีเขียวเพิ่มขึ้น', 'Establishments in the green industry system', NOT_STATED],
] as const;
const FIRST_SUB_INDICATOR_PARAGRAPH = 19;

const goalKey = (goalNumber: number): string => `${AGREEMENT}/goal-${goalNumber}`;

export const phrae2565Steps: readonly Step[] = [
  creationStep(PublishGoalSet)({ key: `goal-set/${GOAL_SET}`, knownOn }, () => ({
    goalSetId: GOAL_SET,
    province: 'TH-54',
    fiscalYear: 2565,
    nameTh: 'เป้าหมายร่วม 12 เป้าหมาย จังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565',
    nameEn: 'The twelve joint goals of Phrae, fiscal year 2565',
    goals: GOALS.map(([nameTh, nameEn], index) => ({ number: index + 1, nameTh, nameEn })),
    source: fromAll(ANNOUNCEMENT_2565, FIRST_GOAL_PARAGRAPH - 1, FIRST_GOAL_PARAGRAPH + GOALS.length - 1),
  })),
  creationStep(DraftAgreement)({ key: AGREEMENT, knownOn }, () => ({
    title: 'คำรับรองการปฏิบัติราชการจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565',
    level: 'province',
    basis: 'announced',
    fiscalYear: 2565,
    province: 'TH-54',
    parties: [],
    announcedOn: knownOn,
    goalSet: GOAL_SET,
    source: from(ANNOUNCEMENT_2565, 2, 3),
  })),
  ...GOALS.map(([name, nameEn], index) => jointGoal(index + 1, name, nameEn)),
  ...SUB_INDICATORS_OF_GOAL_8.map(([name, nameEn, unit], index) =>
    step(AddIndicator)({ key: `${goalKey(LED_GOAL)}/${index + 1}`, knownOn }, (idOf) => ({
      target: { agreementId: idOf(AGREEMENT) },
      body: {
        displayNumber: `${LED_GOAL}.${index + 1}`,
        printedNumber: `${index + 1}`,
        parentIndicatorId: idOf(goalKey(LED_GOAL)),
        goalNumber: LED_GOAL,
        name,
        nameEn,
        unit,
        direction: 'higher',
        weight: NOT_STATED,
        source: from(ANNOUNCEMENT_2565, FIRST_SUB_INDICATOR_PARAGRAPH + index),
      },
    })),
  ),
];

function jointGoal(goalNumber: number, name: string, nameEn: string): Step {
  const paragraph = FIRST_GOAL_PARAGRAPH + goalNumber - 1;
  const isLed = goalNumber === LED_GOAL;
  return step(AddIndicator)({ key: goalKey(goalNumber), knownOn }, (idOf) => ({
    target: { agreementId: idOf(AGREEMENT) },
    body: {
      displayNumber: `${goalNumber}`,
      goalNumber,
      name,
      nameEn,
      unit: NOT_STATED,
      direction: NOT_STATED,
      weight: NOT_STATED,
      ...(isLed && { leadOffice: PHRAE_CDD, leadPerson: 'สุสังข์ ชุ่มมะโน' }),
      source: isLed ? from(ANNOUNCEMENT_2565, paragraph, LEAD_PARAGRAPH) : from(ANNOUNCEMENT_2565, paragraph),
    },
  }));
}
