import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules. */
const ruleRefusals = {
  'agreement.notDrafted': {
    kind: 'notFound',
    title: { th: 'ไม่พบคำรับรองการปฏิบัติราชการฉบับนี้', en: 'There is no such agreement' },
  },
  'agreement.alreadyDrafted': {
    kind: 'conflict',
    title: { th: 'คำรับรองการปฏิบัติราชการฉบับนี้จัดทำไว้แล้ว', en: 'This agreement has been drafted before' },
  },
  'agreement.fiscalYearOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ปีงบประมาณต้องเป็นปีพุทธศักราช ตั้งแต่ พ.ศ. 2344 ถึง พ.ศ. 2642',
      en: 'The fiscal year must be a year of the Buddhist Era from 2344 to 2642',
    },
  },
  'agreement.periodOutsideFiscalYear': {
    kind: 'unprocessable',
    title: {
      th: 'ระยะเวลาของคำรับรองไม่มีวันใดอยู่ในปีงบประมาณที่ระบุ',
      en: 'The period shares no day with the fiscal year',
    },
  },
  'agreement.partyRepeated': {
    kind: 'unprocessable',
    title: {
      th: 'ส่วนราชการเดียวกันปรากฏเป็นคู่คำรับรองมากกว่าหนึ่งครั้ง',
      en: 'An office stands more than once among the parties',
    },
  },
  'agreement.partyMissing': {
    kind: 'unprocessable',
    title: {
      th: 'คำรับรองที่จะลงนามต้องระบุทั้งผู้ทำคำรับรองและผู้รับคำรับรอง',
      en: 'An agreement that is to be signed needs a maker and a receiver',
    },
  },
  'agreement.sourceNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อความของคำรับรองที่ทราบจากการประกาศ ต้องอ้างอิงเอกสารต้นทาง',
      en: 'The terms of an announced agreement are taken from a source document only',
    },
  },
  'agreement.termsFixed': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองมีผลแล้ว การแก้ไขตัวชี้วัดหรือค่าเป้าหมายต้องดำเนินการโดยการขอเปลี่ยนแปลง',
      en: 'The agreement is in effect, so its terms are fixed: use an amendment',
    },
  },
  'agreement.notForSigning': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองฉบับนี้ทราบจากการประกาศหรือใช้เพื่อติดตามผลเท่านั้น จึงไม่มีการลงนามในระบบ',
      en: 'This agreement is announced or monitored only, so it is not signed here',
    },
  },
  'agreement.notAParty': {
    kind: 'unprocessable',
    title: {
      th: 'ส่วนราชการนี้มิได้เป็นคู่คำรับรองในฐานะที่ระบุ',
      en: 'The office is not a party to the agreement on this side',
    },
  },
  'agreement.alreadySignedBySide': {
    kind: 'conflict',
    title: {
      th: 'ส่วนราชการนี้ได้ลงนามในฐานะดังกล่าวแล้ว',
      en: 'The office has already signed on this side',
    },
  },
  'agreement.termsHashDiffers': {
    kind: 'conflict',
    title: {
      th: 'ข้อความของคำรับรองต่างจากฉบับที่ผู้ลงนามได้เห็น โปรดตรวจสอบฉบับปัจจุบันก่อนลงนาม',
      en: 'The terms are not those that the signatory has seen: read the current ones first',
    },
  },
  'agreement.notInEffect': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองยังไม่มีผล จึงยังรายงานผลการดำเนินงานไม่ได้',
      en: 'The agreement is not in effect yet, so no actual can be reported',
    },
  },
  'draft.nothingToSign': {
    kind: 'conflict',
    title: { th: 'ร่างคำรับรองยังไม่มีตัวชี้วัด จึงยังลงนามไม่ได้', en: 'The draft has no indicator, so there is nothing to sign' },
  },
  'draft.targetMissing': {
    kind: 'conflict',
    title: {
      th: 'ร่างคำรับรองมีตัวชี้วัดที่ยังไม่กำหนดค่าเป้าหมาย จึงยังลงนามไม่ได้',
      en: 'The draft has indicators without a target, so it cannot be signed yet',
    },
  },
  'signature.inTheFuture': {
    kind: 'unprocessable',
    title: { th: 'วันที่ลงนามอยู่หลังวันที่บันทึก', en: 'The day of the signature has not come yet' },
  },
  'indicator.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบตัวชี้วัดนี้ในคำรับรอง', en: 'The agreement has no such indicator' },
  },
  'indicator.alreadyAdded': {
    kind: 'conflict',
    title: { th: 'ตัวชี้วัดนี้มีอยู่ในคำรับรองแล้ว', en: 'This indicator has been added before' },
  },
  'indicator.tooMany': {
    kind: 'conflict',
    title: { th: 'คำรับรองมีตัวชี้วัดครบจำนวนสูงสุดแล้ว', en: 'The agreement has as many indicators as it can have' },
  },
  'indicator.numberMalformed': {
    kind: 'unprocessable',
    title: {
      th: 'ลำดับที่ของตัวชี้วัดต้องเป็นเลขอารบิกคั่นด้วยจุด เช่น 8 หรือ 8.1',
      en: 'The display number must be whole numbers joined by points, such as 8 or 8.1',
    },
  },
  'indicator.numberTaken': {
    kind: 'conflict',
    title: { th: 'ลำดับที่นี้เป็นของตัวชี้วัดอื่นแล้ว', en: 'Another indicator has this display number' },
  },
  'indicator.goalNumberOutOfRange': {
    kind: 'unprocessable',
    title: { th: 'ลำดับที่ของเป้าหมายร่วมต้องอยู่ระหว่าง 1 ถึง 99', en: 'The number of a joint goal must be from 1 to 99' },
  },
  'indicator.weightNegative': {
    kind: 'unprocessable',
    title: { th: 'น้ำหนักของตัวชี้วัดต้องไม่ติดลบ', en: 'The weight of an indicator cannot be negative' },
  },
  'indicator.parentUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่พบตัวชี้วัดหลักที่อ้างถึงในคำรับรอง', en: 'The agreement has no such parent indicator' },
  },
  'indicator.numberNotBelowParent': {
    kind: 'unprocessable',
    title: {
      th: 'ลำดับที่ของตัวชี้วัดย่อยต้องขึ้นต้นด้วยลำดับที่ของตัวชี้วัดหลัก',
      en: 'The display number of a sub-indicator must begin with that of its parent',
    },
  },
  'indicator.weightSplit': {
    kind: 'unprocessable',
    title: {
      th: 'กำหนดน้ำหนักได้ที่ตัวชี้วัดหลักหรือตัวชี้วัดย่อยอย่างใดอย่างหนึ่งเท่านั้น',
      en: 'Either an indicator or its sub-indicators carry weight, never both',
    },
  },
  'span.reversed': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดของช่วงเวลาอยู่ก่อนวันเริ่มต้น', en: 'The span ends before it begins' },
  },
  'span.sourceNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ต้องระบุช่วงเวลา เว้นแต่เป็นการบันทึกจากเอกสารต้นทางที่ไม่ได้ระบุไว้',
      en: 'The span must be stated, unless the statement is taken from a source document that leaves it open',
    },
  },
  'target.spanOutsidePeriod': {
    kind: 'unprocessable',
    title: {
      th: 'ช่วงเวลาของค่าเป้าหมายอยู่นอกระยะเวลาของคำรับรอง',
      en: 'The span of the target lies outside the period of the agreement',
    },
  },
  'target.unitDiffers': {
    kind: 'unprocessable',
    title: {
      th: 'หน่วยวัดของค่าเป้าหมายไม่ตรงกับหน่วยวัดของตัวชี้วัด',
      en: 'The unit of the target is not that of the indicator',
    },
  },
  'target.alreadySet': {
    kind: 'conflict',
    title: {
      th: 'มีค่าเป้าหมายของตัวชี้วัดนี้สำหรับช่วงเวลานี้แล้ว',
      en: 'The indicator already has a target for this span',
    },
  },
  'actual.spanOutsidePeriod': {
    kind: 'unprocessable',
    title: {
      th: 'ช่วงเวลาของผลการดำเนินงานอยู่นอกระยะเวลาของคำรับรอง',
      en: 'The span of the actual lies outside the period of the agreement',
    },
  },
  'actual.unitDiffers': {
    kind: 'unprocessable',
    title: {
      th: 'หน่วยวัดของผลการดำเนินงานไม่ตรงกับหน่วยวัดของตัวชี้วัด',
      en: 'The unit of the actual is not that of the indicator',
    },
  },
  'actual.alreadyReported': {
    kind: 'conflict',
    title: {
      th: 'รายงานผลการดำเนินงานของช่วงเวลานี้ไว้แล้ว การแก้ไขต้องดำเนินการโดยการแก้ไขผลการดำเนินงาน',
      en: 'An actual was already reported for this span: use a correction',
    },
  },
  'actual.inTheFuture': {
    kind: 'unprocessable',
    title: {
      th: 'ผลการดำเนินงานอ้างถึงวันที่ยังมาไม่ถึง',
      en: 'The actual speaks of a day that has not come yet',
    },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here. */
const accessRefusals = {
  'agreement.notYours': {
    kind: 'forbidden',
    title: {
      th: 'ท่านไม่มีสิทธิดำเนินการกับคำรับรองของส่วนราชการนี้',
      en: 'Your grants do not reach the offices of this agreement',
    },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const agreementRefusals: RejectionCatalogue = { ...ruleRefusals, ...accessRefusals };

export type AgreementRefusal = keyof typeof ruleRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: AgreementRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
