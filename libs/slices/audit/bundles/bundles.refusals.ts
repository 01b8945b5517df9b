import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of what is asked of bundles. Codes are for ever: clients rely on them. */
export const bundleRefusals = {
  'bundle.nothingDisclosed': {
    kind: 'notFound',
    title: {
      th: 'ไม่มีสิ่งที่เผยแพร่แล้วหรือท่านมีสิทธิดูในเรื่องนี้ จึงไม่มีชุดข้อมูลให้นำไป',
      en: 'Of this nothing is published, and nothing that you may have: there is no bundle to take away',
    },
  },
  'bundle.nothingSigned': {
    kind: 'conflict',
    title: {
      th: 'สมุดบันทึกที่ตรวจสอบได้ยังไม่มีหัวบันทึกที่ลงลายมือชื่อ จึงยังจัดชุดข้อมูลไม่ได้ โปรดลองใหม่ภายหลัง',
      en: 'The verifiable log has signed no checkpoint yet, so there is nothing to bundle; try again later',
    },
  },
} as const satisfies RejectionCatalogue;
