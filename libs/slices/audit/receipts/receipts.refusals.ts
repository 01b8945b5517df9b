import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of what is asked of receipts. Codes are for ever: clients rely on them. */
export const receiptRefusals = {
  'receipt.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่มีเหตุการณ์นี้ในบันทึก', en: 'The ledger has no such event' },
  },
  'receipt.notIncluded': {
    kind: 'conflict',
    title: {
      th: 'สมุดบันทึกที่ตรวจสอบได้ยังไม่ครอบคลุมเหตุการณ์นี้ จึงยังไม่มีหลักฐานการรวม โปรดขอใหม่ภายหลัง',
      en: 'The verifiable log does not cover this event yet, so there is no proof of it; ask again later',
    },
  },
} as const satisfies RejectionCatalogue;
