import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of what is asked of saved queries. Codes are for ever: clients rely on them. */
export const queryRefusals = {
  'query.unknown': {
    kind: 'notFound',
    title: {
      th: 'ไม่มีคำค้นนี้ หรือไม่ได้แบ่งปันให้ท่าน',
      en: 'There is no query of this name, or it is not shared with you',
    },
  },
  'query.addressNotKept': {
    kind: 'unprocessable',
    title: {
      th: 'ที่อยู่นี้บันทึกเป็นคำค้นไม่ได้ บันทึกได้เฉพาะรายการและการเปรียบเทียบของระบบนี้ โดยไม่มี cursor',
      en: 'This address cannot be kept: only those of lists and comparisons of this service can, without a cursor',
    },
  },
  'query.tooMany': {
    kind: 'conflict',
    title: { th: 'บันทึกคำค้นครบ 200 รายการแล้ว โปรดลบที่ไม่ใช้', en: 'You keep 200 queries already; end some first' },
  },
} as const satisfies RejectionCatalogue;
