import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of amendments to terms in effect. */
export const amendmentsRefusals = {
  'amendment.notInEffect': {
    kind: 'conflict',
    title: {
      th: 'ขอเปลี่ยนแปลงได้เฉพาะคำรับรองที่มีผลแล้ว',
      en: 'Only terms in effect are changed by an amendment',
    },
  },
  'amendment.unknown': {
    kind: 'notFound',
    title: {
      th: 'ไม่พบคำขอเปลี่ยนแปลงนี้',
      en: 'The agreement has no such amendment request',
    },
  },
  'amendment.alreadyRequested': {
    kind: 'conflict',
    title: {
      th: 'มีคำขอเปลี่ยนแปลงนี้อยู่แล้ว',
      en: 'This amendment was requested before',
    },
  },
  'amendment.alreadyDecided': {
    kind: 'conflict',
    title: {
      th: 'คำขอเปลี่ยนแปลงนี้ได้รับการพิจารณาแล้ว',
      en: 'The amendment has been decided',
    },
  },
  'amendment.alreadyApproved': {
    kind: 'conflict',
    title: {
      th: 'ส่วนราชการนี้อนุมัติคำขอเปลี่ยนแปลงแล้ว',
      en: 'The office has approved the amendment already',
    },
  },
  'amendment.own': {
    kind: 'forbidden',
    title: {
      th: 'ผู้ขอเปลี่ยนแปลงและผู้มีหน้าที่ในส่วนราชการผู้ทำคำรับรองพิจารณาคำขอนี้ไม่ได้',
      en: 'Neither the one who requested the amendment nor anybody of an office that made the agreement decides it',
    },
  },
  'amendment.afterCutOff': {
    kind: 'conflict',
    title: {
      th: 'พ้นกำหนดวันสุดท้ายของการขอเปลี่ยนแปลงแล้ว',
      en: 'The last day for amendment requests is over',
    },
  },
  'amendment.nothingChanged': {
    kind: 'unprocessable',
    title: {
      th: 'คำขอเปลี่ยนแปลงต้องมีอย่างน้อยหนึ่งรายการ',
      en: 'The request changes nothing',
    },
  },
  'amendment.changeRepeated': {
    kind: 'unprocessable',
    title: {
      th: 'คำขอมีรายการเปลี่ยนแปลงเรื่องเดียวกันมากกว่าหนึ่งครั้ง',
      en: 'The same is changed more than once',
    },
  },
  'amendment.changeIncomplete': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อมูลไม่ตรงกับชนิดของการเปลี่ยนแปลง',
      en: 'What is stated does not fit the kind of change',
    },
  },
  'amendment.alreadySo': {
    kind: 'unprocessable',
    title: {
      th: 'ค่าที่ขอเปลี่ยนเป็นค่าปัจจุบันอยู่แล้ว',
      en: 'What the request asks for is so already',
    },
  },
  'amendment.indicatorCancelled': {
    kind: 'conflict',
    title: {
      th: 'ตัวชี้วัดนี้ถูกยกเลิกแล้ว',
      en: 'The indicator was cancelled',
    },
  },
  'amendment.roundUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ปฏิทินไม่มีรอบการประเมินนี้',
      en: 'The calendar has no such evaluation round',
    },
  },
  'amendment.effectiveOutsidePeriod': {
    kind: 'unprocessable',
    title: {
      th: 'วันที่การเปลี่ยนแปลงมีผลอยู่นอกระยะเวลาของคำรับรอง',
      en: 'The amendment would take effect outside the period of the agreement',
    },
  },
  'amendment.effectiveTooEarly': {
    kind: 'unprocessable',
    title: {
      th: 'การเปลี่ยนแปลงมีผลก่อนวันที่คำรับรองมีผลไม่ได้',
      en: 'The amendment cannot take effect before the agreement did',
    },
  },
} as const satisfies RejectionCatalogue;
