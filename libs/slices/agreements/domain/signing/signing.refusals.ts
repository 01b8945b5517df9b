import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals on the way from terms to an agreement in effect. */
export const signingRefusals = {
  'agreement.notForSigning': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองฉบับนี้ทราบจากการประกาศหรือใช้เพื่อติดตามผลเท่านั้น จึงไม่มีการลงนามในระบบ',
      en: 'This agreement is announced or monitored only, so it is not signed here',
    },
  },
  'agreement.notAParty': {
    kind: 'unprocessable',
    title: {
      th: 'ส่วนราชการนี้มิได้เป็นคู่คำรับรองในฐานะที่ระบุ',
      en: 'The office is not a party to the agreement on this side',
    },
  },
  'agreement.alreadySignedBySide': {
    kind: 'conflict',
    title: {
      th: 'ส่วนราชการนี้ได้ลงนามในฐานะดังกล่าวแล้ว',
      en: 'The office has already signed on this side',
    },
  },
  'signature.bothSides': {
    kind: 'conflict',
    title: {
      th: 'ผู้ลงนามได้ลงนามในฐานะอีกฝ่ายแล้ว บุคคลเดียวลงนามมากกว่าหนึ่งฝ่ายไม่ได้',
      en: 'The signatory has signed on another side already: one person does not sign on two',
    },
  },
  'agreement.termsHashDiffers': {
    kind: 'conflict',
    title: {
      th: 'ข้อความของคำรับรองต่างจากฉบับที่ผู้ลงนามได้เห็น โปรดตรวจสอบฉบับปัจจุบันก่อนลงนาม',
      en: 'The terms are not those that the signatory has seen: read the current ones first',
    },
  },
  'draft.nothingToSign': {
    kind: 'conflict',
    title: { th: 'ร่างคำรับรองยังไม่มีตัวชี้วัด จึงยังลงนามไม่ได้', en: 'The draft has no indicator, so there is nothing to sign' },
  },
  'draft.targetMissing': {
    kind: 'conflict',
    title: {
      th: 'ร่างคำรับรองมีตัวชี้วัดที่ยังไม่กำหนดค่าเป้าหมาย จึงยังลงนามไม่ได้',
      en: 'The draft has indicators without a target, so it cannot be signed yet',
    },
  },
  'signature.inTheFuture': {
    kind: 'unprocessable',
    title: { th: 'วันที่ลงนามอยู่หลังวันที่บันทึก', en: 'The day of the signature has not come yet' },
  },
  'terms.notProposed': {
    kind: 'conflict',
    title: {
      th: 'ยังไม่ได้เสนอร่างคำรับรองให้ผู้รับคำรับรองพิจารณา',
      en: 'The terms have not been proposed to the receivers yet',
    },
  },
  'terms.alreadyProposed': {
    kind: 'conflict',
    title: {
      th: 'เสนอร่างคำรับรองฉบับนี้ให้ผู้รับคำรับรองพิจารณาแล้ว',
      en: 'These terms are proposed already',
    },
  },
  'terms.notAccepted': {
    kind: 'conflict',
    title: {
      th: 'ผู้รับคำรับรองยังเห็นชอบไม่ครบทุกราย จึงยังลงนามไม่ได้',
      en: 'Not every receiver has accepted the terms, so they cannot be signed yet',
    },
  },
  'terms.alreadyAccepted': {
    kind: 'conflict',
    title: {
      th: 'ส่วนราชการนี้เห็นชอบร่างคำรับรองแล้ว',
      en: 'The office has accepted these terms already',
    },
  },
  'terms.commentsMissing': {
    kind: 'unprocessable',
    title: {
      th: 'การส่งคืนร่างคำรับรองต้องมีความเห็นอย่างน้อยหนึ่งข้อ',
      en: 'Terms are returned with one comment at least',
    },
  },
  'agreement.termsRevisionDiffers': {
    kind: 'conflict',
    title: {
      th: 'ลำดับการแก้ไขของข้อความต่างจากฉบับที่เสนอไว้',
      en: 'The revision of the terms is not the one that was proposed',
    },
  },
  'signature.authorityMissing': {
    kind: 'unprocessable',
    title: {
      th: 'การลงนามปฏิบัติราชการแทนต้องระบุคำสั่งมอบอำนาจ',
      en: 'Who signs under delegated authority names the written order',
    },
  },
} as const satisfies RejectionCatalogue;
