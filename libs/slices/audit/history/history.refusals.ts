import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of what is asked of histories and differences. Codes are for ever: clients rely on them. */
export const historyRefusals = {
  'history.nothingDisclosed': {
    kind: 'notFound',
    title: {
      th: 'ไม่มีสิ่งที่เผยแพร่แล้วหรือท่านมีสิทธิดูในเรื่องนี้',
      en: 'Of this nothing is published, and nothing that you may have',
    },
  },
  'moments.reversed': {
    kind: 'unprocessable',
    title: { th: 'จุดเริ่มต้นอยู่หลังจุดสิ้นสุด', en: 'The first moment lies behind the second' },
  },
} as const satisfies RejectionCatalogue;
