import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules. */
const ruleRefusals = {
  'personalDataRequest.alreadyFiled': {
    kind: 'conflict',
    title: { th: 'ยื่นคำขอนี้ไว้แล้ว', en: 'This request has been filed before' },
  },
  'personalDataRequest.notFiled': {
    kind: 'notFound',
    title: { th: 'ไม่พบคำขอนี้', en: 'There is no such request' },
  },
  'personalDataRequest.alreadyDecided': {
    kind: 'conflict',
    title: { th: 'คำขอนี้ได้รับการพิจารณาแล้ว', en: 'This request has been decided already' },
  },
  'personalDataRequest.receivedInTheFuture': {
    kind: 'unprocessable',
    title: { th: 'วันที่รับคำขอต้องไม่เป็นวันในอนาคต', en: 'A request cannot be received on a day to come' },
  },
  'personalDataRequest.nothingNamed': {
    kind: 'unprocessable',
    title: { th: 'คำขอให้ลบต้องระบุสิ่งที่จะให้ลบ', en: 'A request to erase names what is to be erased' },
  },
  'personalDataRequest.scopeOnlyForErasure': {
    kind: 'unprocessable',
    title: { th: 'ระบุสิ่งที่จะให้ลบได้เฉพาะในคำขอให้ลบ', en: 'Only a request to erase names what is to be erased' },
  },
  'personalDataRequest.decidedByTheSame': {
    kind: 'forbidden',
    title: {
      th: 'ผู้ยื่นคำขอหรือเจ้าของข้อมูลพิจารณาคำขอของตนเองไม่ได้',
      en: 'Whoever filed a request, or whose data it is about, does not decide it',
    },
  },
  'personalDataRequest.groundOfAnotherKind': {
    kind: 'unprocessable',
    title: { th: 'เหตุแห่งการปฏิเสธนี้ใช้กับคำขอประเภทนี้ไม่ได้', en: 'This ground does not go with this kind of request' },
  },
  'personalDataRequest.nothingFound': {
    kind: 'unprocessable',
    title: { th: 'ไม่พบสิ่งที่คำขอให้ลบ', en: 'Nothing of what the request names was found' },
  },
  'personalDataRequest.tooMuchAtOnce': {
    kind: 'unprocessable',
    title: { th: 'ลบได้ครั้งละไม่เกิน 1,000 รายการ', en: 'No more than 1,000 values are erased at once' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules. */
const accessRefusals = {
  'personalDataRequest.notForOthers': {
    kind: 'forbidden',
    title: { th: 'ยื่นคำขอแทนผู้อื่นไม่ได้', en: 'You cannot file a request for somebody else' },
  },
  'personalDataRequest.tooManyOpen': {
    kind: 'conflict',
    title: {
      th: 'ท่านมีคำขอที่ยังไม่ได้รับการพิจารณาครบจำนวนแล้ว โปรดรอผลก่อน',
      en: 'As many of your requests are open as may be: wait until they are decided',
    },
  },
  'personalDataRequest.personUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่มีบุคคลที่ใช้นามแฝงนี้', en: 'This pseudonym stands for nobody' },
  },
  'personalDataRequest.notForAccess': {
    kind: 'unprocessable',
    title: { th: 'คำขอนี้ไม่ใช่คำขอเข้าถึงข้อมูล', en: 'This is not a request to see data' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals by the rules of retention. */
const retentionRefusals = {
  'retention.termNotOver': {
    kind: 'unprocessable',
    title: {
      th: 'ยังไม่พ้นกำหนดเวลาเก็บรักษาข้อมูลส่วนบุคคลของคำรับรองนี้',
      en: 'The term for which the private values of this agreement are kept has not run out',
    },
  },
  'retention.nothingKept': {
    kind: 'unprocessable',
    title: { th: 'ไม่มีข้อมูลส่วนบุคคลของคำรับรองนี้เก็บไว้แล้ว', en: 'No private values of this agreement are kept any more' },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const personalDataRefusals: RejectionCatalogue = {
  ...ruleRefusals,
  ...accessRefusals,
  ...retentionRefusals,
};

export type PersonalDataRequestRefusal = keyof typeof ruleRefusals;
export type PersonalDataAccessRefusal = keyof typeof accessRefusals;
export type RetentionRefusal = keyof typeof retentionRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(
  refusal: PersonalDataAccessRefusal | PersonalDataRequestRefusal | RetentionRefusal,
  facts?: JsonObject,
  pointer?: string,
): Rejection {
  return new Rejection(refusal, facts, pointer);
}
