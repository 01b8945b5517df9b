import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules. */
const ruleRefusals = {
  'question.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบข้อสังเกตนี้', en: 'There is no such question' },
  },
  'question.alreadyOpened': {
    kind: 'conflict',
    title: { th: 'เปิดข้อสังเกตนี้ไว้แล้ว', en: 'This question has been opened before' },
  },
  'question.notOpened': {
    kind: 'conflict',
    title: { th: 'ยังไม่ได้เปิดข้อสังเกตนี้', en: 'This question has not been opened' },
  },
  'question.dueInThePast': {
    kind: 'unprocessable',
    title: { th: 'วันครบกำหนดต้องไม่เป็นวันที่ผ่านมาแล้ว', en: 'The due day must not lie in the past' },
  },
  'question.officeNotConcerned': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อสังเกตนี้ไม่เกี่ยวข้องกับส่วนราชการที่ระบุ',
      en: 'The question does not concern the office that is to explain it',
    },
  },
  'question.alreadyExplained': {
    kind: 'conflict',
    title: { th: 'มีคำชี้แจงที่รอการพิจารณาอยู่', en: 'An explanation waits for its judgement' },
  },
  'question.nothingExplained': {
    kind: 'conflict',
    title: { th: 'ยังไม่มีคำชี้แจงให้พิจารณา', en: 'There is no explanation to judge' },
  },
  'question.alreadyAccepted': {
    kind: 'conflict',
    title: { th: 'รับคำชี้แจงไว้แล้ว', en: 'The explanation has been accepted' },
  },
  'question.notAccepted': {
    kind: 'conflict',
    title: { th: 'ข้อสังเกตนี้ยังเปิดอยู่', en: 'The question is open as it is' },
  },
  'question.ownExplanation': {
    kind: 'forbidden',
    title: { th: 'พิจารณาคำชี้แจงของตนเองไม่ได้', en: 'Nobody judges an explanation of their own' },
  },
  'questionRules.ruleRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุกฎเดียวกันซ้ำ', en: 'A rule is named twice' },
  },
  'questionRules.thresholdUnknown': {
    kind: 'unprocessable',
    title: { th: 'กฎนี้ไม่มีค่าเกณฑ์ชื่อนี้', en: 'The rule has no threshold of this name' },
  },
  'questionRules.thresholdRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุค่าเกณฑ์เดียวกันซ้ำ', en: 'A threshold is named twice' },
  },
  'questionRules.thresholdOutOfRange': {
    kind: 'unprocessable',
    title: { th: 'ค่าเกณฑ์อยู่นอกช่วงที่กำหนดได้', en: 'The threshold lies outside what it may be' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules. */
const accessRefusals = {
  'question.notYours': {
    kind: 'forbidden',
    title: { th: 'ท่านไม่มีสิทธิดำเนินการกับข้อสังเกตนี้', en: 'Your grants do not reach this question' },
  },
  'question.evidenceMissing': {
    kind: 'unprocessable',
    title: { th: 'ยังไม่ได้ส่งไฟล์หลักฐานที่อ้างถึง', en: 'A file that is named as evidence was not handed in' },
  },
  'questionRules.notYours': {
    kind: 'forbidden',
    title: { th: 'ท่านไม่มีสิทธิประกาศกฎข้อสังเกต', en: 'Your grants do not let you publish rules' },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const questionRefusals: RejectionCatalogue = { ...ruleRefusals, ...accessRefusals };

export type QuestionRefusal = keyof typeof ruleRefusals;
export type QuestionAccessRefusal = keyof typeof accessRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: QuestionRefusal | QuestionAccessRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
