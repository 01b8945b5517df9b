import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of what is asked of the log. Codes are for ever: clients rely on them. */
export const disclosureRefusals = {
  'disclosure.notDisclosed': {
    kind: 'notFound',
    title: {
      th: 'ไม่มีเหตุการณ์ที่ตำแหน่งนี้ซึ่งเผยแพร่แล้วหรือท่านมีสิทธิดู',
      en: 'At this position nothing is published, and nothing that you may have',
    },
  },
} as const satisfies RejectionCatalogue;
