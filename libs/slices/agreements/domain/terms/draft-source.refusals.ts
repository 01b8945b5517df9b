import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of drafts that name what is not there; other streams are read before the rules are asked. */
export const draftSourceRefusals = {
  'agreement.parentUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบคำรับรองระดับบนที่อ้างถึง',
      en: 'There is no such parent agreement',
    },
  },
  'agreement.sourceOfTermsUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบคำรับรองหรือชุดเป้าหมายที่ขอคัดลอก',
      en: 'There is no such agreement or goal set to take the terms from',
    },
  },
} as const satisfies RejectionCatalogue;
