import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules. */
const ruleRefusals = {
  'award.alreadyGranted': {
    kind: 'conflict',
    title: { th: 'บันทึกการมอบรางวัลนี้ไว้แล้ว', en: 'This award has been granted before' },
  },
  'award.alreadyAnnounced': {
    kind: 'conflict',
    title: { th: 'บันทึกการประกาศรางวัลนี้ไว้แล้ว', en: 'These awards have been announced before' },
  },
  'award.grantorMissing': {
    kind: 'unprocessable',
    title: { th: 'ต้องระบุหน่วยงานผู้มอบรางวัลอย่างน้อยหนึ่งหน่วยงาน', en: 'An award needs at least one grantor' },
  },
  'award.grantorRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุหน่วยงานผู้มอบรางวัลซ้ำกัน', en: 'A grantor is named more than once' },
  },
  'award.recipientMissing': {
    kind: 'unprocessable',
    title: {
      th: 'ต้องระบุผู้ได้รับรางวัลอย่างน้อยหนึ่งราย หากเอกสารไม่ได้ระบุให้บันทึกเป็นการประกาศจำนวนรางวัล',
      en: 'A granted award needs at least one recipient: where the document names none, announce a count',
    },
  },
  'award.recipientRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุผู้ได้รับรางวัลซ้ำกัน', en: 'A recipient is named more than once' },
  },
  'award.grantorIsRecipient': {
    kind: 'unprocessable',
    title: { th: 'หน่วยงานผู้มอบรางวัลเป็นผู้ได้รับรางวัลนั้นเองไม่ได้', en: 'Nobody grants an award to themselves' },
  },
  'award.countNotPositive': {
    kind: 'unprocessable',
    title: { th: 'จำนวนรางวัลที่ประกาศต้องมีอย่างน้อยหนึ่งรางวัล', en: 'At least one award must have been announced' },
  },
  'award.rankNotPositive': {
    kind: 'unprocessable',
    title: { th: 'อันดับต้องเริ่มจากอันดับที่ 1', en: 'Ranks are counted from 1' },
  },
  'award.yearOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ปีต้องเป็นปีพุทธศักราช ตั้งแต่ พ.ศ. 2344 ถึง พ.ศ. 2642',
      en: 'A year must be one of the Buddhist Era from 2344 to 2642',
    },
  },
  'award.formContradicted': {
    kind: 'unprocessable',
    title: {
      th: 'ระบุสิ่งที่มอบพร้อมกับรางวัลขัดแย้งกันหรือซ้ำกัน',
      en: 'The forms of an award are either named, each once, or not stated',
    },
  },
  'award.sourceNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อมูลที่ไม่ได้ระบุไว้ บันทึกได้เฉพาะกรณีอ้างอิงเอกสารต้นทาง',
      en: 'Only what is taken from a source document can leave this open',
    },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here. */
const accessRefusals = {
  'award.notYours': {
    kind: 'forbidden',
    title: {
      th: 'ท่านไม่มีสิทธิบันทึกรางวัลของหน่วยงานหรือจังหวัดนี้',
      en: 'Your grants do not reach the places of these awards',
    },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const awardRefusals: RejectionCatalogue = { ...ruleRefusals, ...accessRefusals };

export type AwardRefusal = keyof typeof ruleRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: AwardRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
