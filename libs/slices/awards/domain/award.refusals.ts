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
  'award.provinceUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่มีจังหวัดที่ใช้รหัสนี้', en: 'There is no province of this code' },
  },
  'award.formContradicted': {
    kind: 'unprocessable',
    title: {
      th: 'ระบุสิ่งที่มอบพร้อมกับรางวัลขัดแย้งกันหรือซ้ำกัน',
      en: 'The forms of an award are either named, each once, or not stated',
    },
  },
  'award.oneOfTooFew': {
    kind: 'unprocessable',
    title: {
      th: 'จำนวนรางวัลทั้งหมดในชุดต้องมีอย่างน้อยหนึ่งรางวัล และไม่น้อยกว่าอันดับที่ได้รับ',
      en: 'A set of awards has at least one, and no fewer than the rank that was reached in it',
    },
  },
  'award.validityReversed': {
    kind: 'unprocessable',
    title: {
      th: 'วันสิ้นอายุของรางวัลต้องไม่มาก่อนวันที่ประกาศ',
      en: 'An award cannot cease to be valid before it is announced',
    },
  },
  'award.announcementUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบการประกาศจำนวนรางวัลที่อ้างถึง หรือการประกาศนั้นถูกเพิกถอนแล้ว',
      en: 'An award can only be part of a number of awards that was announced and stands',
    },
  },
  'award.partOfItself': {
    kind: 'unprocessable',
    title: { th: 'รางวัลเป็นส่วนหนึ่งของตัวเองไม่ได้', en: 'No award is part of itself' },
  },
  'award.basisIncomplete': {
    kind: 'unprocessable',
    title: {
      th: 'ต้องระบุรอบการประเมินหรือตัวเลขที่รางวัลอ้างอิงให้ครบถ้วน',
      en: 'The version that an award rests on must be one of an evaluation round or of a figure with its span',
    },
  },
  'award.agreementUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบคำรับรองการปฏิบัติราชการที่รางวัลอ้างอิง',
      en: 'There is no such agreement for the award to rest on',
    },
  },
  'award.notRecorded': {
    kind: 'notFound',
    title: { th: 'ไม่พบรางวัลนี้', en: 'There is no such award' },
  },
  'award.alreadyRevoked': {
    kind: 'conflict',
    title: { th: 'รางวัลนี้ถูกเพิกถอนแล้ว', en: 'This award has been revoked' },
  },
  'award.kindDiffers': {
    kind: 'unprocessable',
    title: {
      th: 'แก้ไขรางวัลที่ระบุชื่อผู้ได้รับเป็นจำนวนรางวัลที่ประกาศ หรือกลับกันไม่ได้ ให้เพิกถอนแล้วบันทึกใหม่',
      en: 'An award by name and a number of awards are not corrected into each other: revoke, and record anew',
    },
  },
  'award.nothingCorrected': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อมูลที่แก้ไขเหมือนกับข้อมูลเดิม',
      en: 'The correction says what is recorded already',
    },
  },
  'award.revokedInTheFuture': {
    kind: 'unprocessable',
    title: { th: 'วันที่เพิกถอนต้องไม่เป็นวันในอนาคต', en: 'An award cannot have been revoked on a day to come' },
  },
  'award.revokedBeforeAnnounced': {
    kind: 'unprocessable',
    title: {
      th: 'วันที่เพิกถอนต้องไม่มาก่อนวันที่ประกาศรางวัล',
      en: 'An award cannot have been revoked before it was announced',
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
  'award.provinceDiffers': {
    kind: 'unprocessable',
    title: { th: 'จังหวัดที่ระบุต่างจากจังหวัดที่ส่วนราชการขึ้นทะเบียนไว้', en: 'The office is registered in another province' },
  },
  'award.ofOwnOffice': {
    kind: 'forbidden',
    title: {
      th: 'ท่านแก้ไขหรือเพิกถอนรางวัลของหน่วยงานที่ท่านปฏิบัติหน้าที่ไม่ได้',
      en: 'Nobody corrects or revokes an award of the office for which they act',
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
