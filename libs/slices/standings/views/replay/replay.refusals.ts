import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of a replay. Codes are for ever: clients rely on them. */
export const standingsRefusals = {
  'replay.agreementUnknown': {
    kind: 'notFound',
    title: {
      th: 'ไม่พบคำรับรองนี้ หรือยังไม่มีสิ่งที่เผยแพร่',
      en: 'There is no such agreement, or nothing of it is published',
    },
  },
} as const satisfies RejectionCatalogue;
