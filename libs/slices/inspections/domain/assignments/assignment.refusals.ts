import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules. */
const ruleRefusals = {
  'assignment.alreadyAssigned': {
    kind: 'conflict',
    title: { th: 'บันทึกการมอบหมายผู้ตรวจราชการนี้ไว้แล้ว', en: 'This assignment has been recorded before' },
  },
  'assignment.toOneself': {
    kind: 'forbidden',
    title: { th: 'มอบหมายการตรวจราชการให้ตนเองไม่ได้', en: 'Nobody assigns themselves' },
  },
  'assignment.officeUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบหน่วยงานที่ผู้ตรวจราชการสังกัด หรือยุบเลิกแล้ว',
      en: 'There is no such office to inspect for, or it has been dissolved',
    },
  },
  'assignment.zoneUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบเขตตรวจราชการนี้ หรือยังไม่ได้ระบุจังหวัดของเขตในวันเริ่มต้น',
      en: 'There is no such zone, or nothing states what it holds on the first day',
    },
  },
  'assignment.provinceMissing': {
    kind: 'unprocessable',
    title: { th: 'ต้องมอบหมายอย่างน้อยหนึ่งจังหวัด', en: 'An assignment is for at least one province' },
  },
  'assignment.provinceRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุจังหวัดซ้ำกัน', en: 'A province is named more than once' },
  },
  'assignment.provinceOutsideZone': {
    kind: 'unprocessable',
    title: {
      th: 'จังหวัดนี้ไม่อยู่ในเขตตรวจราชการในวันเริ่มต้น',
      en: 'The zone does not hold this province on the first day',
    },
  },
  'assignment.fromInThePast': {
    kind: 'unprocessable',
    title: { th: 'มอบหมายย้อนหลังไม่ได้', en: 'Nobody is assigned for days that have passed' },
  },
  'assignment.spanReversed': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดการมอบหมายอยู่ก่อนวันเริ่มต้น', en: 'The assignment would end before it begins' },
  },
  'assignment.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบการมอบหมายผู้ตรวจราชการนี้', en: 'There is no such assignment' },
  },
  'assignment.alreadyEnded': {
    kind: 'conflict',
    title: { th: 'การมอบหมายนี้สิ้นสุดแล้ว', en: 'The assignment has ended before' },
  },
  'assignment.endInThePast': {
    kind: 'unprocessable',
    title: { th: 'สิ้นสุดการมอบหมายย้อนหลังไม่ได้', en: 'An assignment is not ended for days that have passed' },
  },
  'assignment.endAfterLastDay': {
    kind: 'unprocessable',
    title: {
      th: 'วันสิ้นสุดอยู่หลังวันสุดท้ายของการมอบหมาย',
      en: 'The day lies behind the last day of the assignment',
    },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here. */
const accessRefusals = {
  'assignment.notYours': {
    kind: 'forbidden',
    title: { th: 'ท่านไม่มีสิทธิดำเนินการกับการมอบหมายนี้', en: 'Your grants do not reach this assignment' },
  },
  'assignment.beyondOwnReach': {
    kind: 'forbidden',
    title: {
      th: 'มอบหมายในจังหวัดหรือให้หน่วยงานที่อยู่นอกขอบเขตสิทธิของตนไม่ได้',
      en: 'Nobody assigns for a province or an office that their own grant does not reach',
    },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of assignments, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const assignmentRefusals: RejectionCatalogue = { ...ruleRefusals, ...accessRefusals };

export type AssignmentRefusal = keyof typeof ruleRefusals;
export type AssignmentAccessRefusal = keyof typeof accessRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(
  code: AssignmentRefusal | AssignmentAccessRefusal,
  facts?: JsonObject,
  pointer?: string,
): Rejection {
  return new Rejection(code, facts, pointer);
}
