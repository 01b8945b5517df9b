import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules of source documents. Codes are for ever: clients rely on them. */
export const sourceDocumentRefusals = {
  'sourceDocument.alreadyRegistered': {
    kind: 'conflict',
    title: {
      th: 'ลงทะเบียนเอกสารต้นทางนี้ไว้แล้ว หากข้อมูลไม่ถูกต้องให้แก้ไขคำอธิบายเอกสาร',
      en: 'This source document is registered already: correct its description where it is wrong',
    },
  },
  'sourceDocument.notRegistered': {
    kind: 'notFound',
    title: { th: 'ไม่พบเอกสารต้นทางนี้', en: 'There is no such source document' },
  },
  'sourceDocument.hashMalformed': {
    kind: 'unprocessable',
    title: {
      th: 'ค่าแฮช SHA-256 ต้องเป็นเลขฐานสิบหก 64 หลัก',
      en: 'A SHA-256 has 64 lower-case hexadecimal digits',
    },
  },
  'sourceDocument.publishedInTheFuture': {
    kind: 'unprocessable',
    title: { th: 'วันที่เผยแพร่เอกสารยังมาไม่ถึง', en: 'The day of publication has not come yet' },
  },
  'sourceDocument.dayRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุวันที่ซ้ำกัน', en: 'A day is named more than once' },
  },
  'sourceDocument.addressRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุที่อยู่ของเอกสารซ้ำกัน', en: 'An address is named more than once' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals of what is said to be transcribed, whichever slice is to record it. */
export const transcriptionRefusals = {
  'sourceDocument.unknown': {
    kind: 'unprocessable',
    title: {
      th: 'ยังไม่ได้ลงทะเบียนเอกสารต้นทางที่อ้างถึง',
      en: 'Only a source document that has been registered can be transcribed',
    },
  },
} as const satisfies RejectionCatalogue;

export type SourceDocumentRefusal = keyof typeof sourceDocumentRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: SourceDocumentRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
