import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of what is asked of the access log. Codes are for ever: clients rely on them. */
export const accessLogRefusals = {
  'accessLog.noSuchRow': {
    kind: 'notFound',
    title: {
      th: 'ไม่มีรายการเปิดดูข้อมูลเลขที่นี้ หรือท่านไม่มีสิทธิดู',
      en: 'There is no read of this number, or none that you may see',
    },
  },
  'accessLog.notSealedYet': {
    kind: 'conflict',
    title: {
      th: 'รายการนี้ยังไม่ถูกผนึกไว้ในบัญชี โปรดลองใหม่ภายหลัง',
      en: 'This read has not been sealed into the ledger yet; try again later',
    },
  },
} as const satisfies RejectionCatalogue;
