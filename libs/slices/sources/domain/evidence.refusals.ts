import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of what is asked of evidence. Codes are for ever: clients rely on them. */
export const evidenceRefusals = {
  'evidence.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่เคยมีการอัปโหลดไฟล์หลักฐานนี้', en: 'This evidence was never uploaded' },
  },
  'evidence.erased': {
    kind: 'notFound',
    title: { th: 'ไฟล์หลักฐานนี้ถูกลบแล้ว เหลือเพียงค่าแฮช', en: 'This evidence was erased: only its hash is left' },
  },
  'evidence.erasedBefore': {
    kind: 'conflict',
    title: {
      th: 'ไฟล์หลักฐานนี้เคยถูกลบไปแล้ว จึงอัปโหลดซ้ำไม่ได้',
      en: 'This evidence was erased on purpose, and cannot be uploaded again',
    },
  },
  'evidence.hashDiffers': {
    kind: 'unprocessable',
    title: {
      th: 'ค่าแฮช SHA-256 ของไฟล์ที่ได้รับไม่ตรงกับที่ระบุ ไม่มีการบันทึกไฟล์',
      en: 'What arrived has another SHA-256 than was named; nothing was kept',
    },
  },
  'evidence.empty': {
    kind: 'unprocessable',
    title: { th: 'ไฟล์หลักฐานว่างเปล่า', en: 'An empty file is no evidence' },
  },
} as const satisfies RejectionCatalogue;
