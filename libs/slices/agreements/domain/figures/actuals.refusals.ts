import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals of figures, their corrections and their certification. */
export const actualsRefusals = {
  'agreement.notInEffect': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองยังไม่มีผล จึงยังรายงานผลการดำเนินงานไม่ได้',
      en: 'The agreement is not in effect yet, so no actual can be reported',
    },
  },
  'actual.spanOutsidePeriod': {
    kind: 'unprocessable',
    title: {
      th: 'ช่วงเวลาของผลการดำเนินงานอยู่นอกระยะเวลาของคำรับรอง',
      en: 'The span of the actual lies outside the period of the agreement',
    },
  },
  'actual.unitDiffers': {
    kind: 'unprocessable',
    title: {
      th: 'หน่วยวัดของผลการดำเนินงานไม่ตรงกับหน่วยวัดของตัวชี้วัด',
      en: 'The unit of the actual is not that of the indicator',
    },
  },
  'actual.alreadyReported': {
    kind: 'conflict',
    title: {
      th: 'รายงานผลการดำเนินงานของช่วงเวลานี้ไว้แล้ว การแก้ไขต้องดำเนินการโดยการแก้ไขผลการดำเนินงาน',
      en: 'An actual was already reported for this span: use a correction',
    },
  },
  'actual.inTheFuture': {
    kind: 'unprocessable',
    title: {
      th: 'ผลการดำเนินงานอ้างถึงวันที่ยังมาไม่ถึง',
      en: 'The actual speaks of a day that has not come yet',
    },
  },
  'agreement.closed': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองฉบับนี้สิ้นสุดปีแล้ว จึงเปลี่ยนแปลงผลการดำเนินงานหรือการประเมินไม่ได้',
      en: 'The year of this agreement is closed, so its figures and rounds stand as they are',
    },
  },
  'round.closed': {
    kind: 'conflict',
    title: {
      th: 'ปิดรอบการประเมินแล้ว ข้อมูลในรอบนั้นจึงเปลี่ยนแปลงไม่ได้ เว้นแต่จะเปิดรอบใหม่',
      en: 'The evaluation round is closed, so what it was judged by is locked unless the round is reopened',
    },
  },
  'actual.fieldsUnfit': {
    kind: 'unprocessable',
    title: {
      th: 'รายการที่กรอกไม่ตรงกับประเภทของผลการดำเนินงาน',
      en: 'The fields do not fit the kind of figure',
    },
  },
  'actual.denominatorNotPositive': {
    kind: 'unprocessable',
    title: {
      th: 'ตัวหารของผลการดำเนินงานต้องมากกว่าศูนย์',
      en: 'The denominator of a ratio must be above zero',
    },
  },
  'actual.ratioNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ตัวชี้วัดนี้คำนวณจากผลรวมของตัวตั้งและตัวหาร จึงต้องรายงานเป็นตัวตั้งและตัวหาร',
      en: 'The indicator adds up numerators and denominators, so its figures are reported as ratios',
    },
  },
  'actual.milestoneOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ระดับขั้นความสำเร็จต้องอยู่ระหว่าง 0 ถึง 5',
      en: 'The level of a milestone must be from 0 to 5',
    },
  },
  'actual.keeperUnfit': {
    kind: 'unprocessable',
    title: {
      th: 'ผลของตัวชี้วัดร่วมต้องระบุส่วนราชการที่เป็นผู้จัดเก็บข้อมูล ส่วนตัวชี้วัดอื่นไม่ต้องระบุ',
      en: 'A figure of a joint indicator names one of its keepers, any other figure names none',
    },
  },
  'actual.notReported': {
    kind: 'notFound',
    title: {
      th: 'ยังไม่มีรายงานผลการดำเนินงานของช่วงเวลานี้',
      en: 'No actual was reported for this span',
    },
  },
  'actual.unchanged': {
    kind: 'unprocessable',
    title: {
      th: 'การแก้ไขไม่ต่างจากผลการดำเนินงานที่รายงานไว้',
      en: 'The correction says what the reported actual says already',
    },
  },
  'actual.adoptedUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบผลการดำเนินงานที่อ้างถึงในคำรับรองและตัวชี้วัดที่ระบุ',
      en: 'The figure to adopt is not one of that agreement and indicator',
    },
  },
  'actual.adoptedSuperseded': {
    kind: 'conflict',
    title: {
      th: 'ผลการดำเนินงานที่อ้างถึงได้รับการแก้ไขแล้ว',
      en: 'The figure to adopt has been corrected since',
    },
  },
  'actual.adoptedUnfit': {
    kind: 'unprocessable',
    title: {
      th: 'ผลการดำเนินงานที่อ้างถึงไม่ใช่ค่าตัวเลขของช่วงเวลาเดียวกัน',
      en: 'The figure to adopt is not a plain value for the same span',
    },
  },
  'actual.evidenceMissing': {
    kind: 'unprocessable',
    title: {
      th: 'ยังไม่มีไฟล์หลักฐานนี้ในระบบ โปรดนำเข้าไฟล์ก่อนรายงาน',
      en: 'The evidence is not in the store: upload it before it is named',
    },
  },
  'actual.transcribedNotCertified': {
    kind: 'conflict',
    title: {
      th: 'ผลการดำเนินงานนี้บันทึกจากเอกสารต้นทาง จึงไม่มีการตรวจรับรองผลในระบบ',
      en: 'The figure was transcribed from a source document, so nobody certifies it here',
    },
  },
  'actual.stepOutOfOrder': {
    kind: 'conflict',
    title: {
      th: 'การตรวจรับรองผลต้องเป็นไปตามลำดับ ผู้จัดเก็บข้อมูล ผู้กำกับดูแลตัวชี้วัด แล้วจึงหน่วยงานกำกับการประเมินผล',
      en: 'The steps of certification have an order: keeper, supervisor, performance unit',
    },
  },
  'actual.stepDone': {
    kind: 'conflict',
    title: {
      th: 'ตรวจรับรองผลขั้นนี้แล้ว',
      en: 'This step of certification is done already',
    },
  },
  'actual.alreadyReturned': {
    kind: 'conflict',
    title: {
      th: 'ส่งผลการดำเนินงานกลับไปแล้ว และผู้จัดเก็บข้อมูลยังไม่ได้ดำเนินการ',
      en: 'The figure has been returned, and its keeper has not answered yet',
    },
  },
  'actual.ownFigure': {
    kind: 'forbidden',
    title: {
      th: 'ผู้รายงาน ผู้แก้ไข หรือผู้ตรวจขั้นอื่น จะตรวจผลการดำเนินงานเดียวกันไม่ได้',
      en: 'Whoever reported, corrected or checked a figure does not check it in another step',
    },
  },
  'actual.observedValueUnfit': {
    kind: 'unprocessable',
    title: {
      th: 'ผลการตรวจที่ต่างจากรายงานต้องระบุค่าที่ตรวจพบ ซึ่งต่างจากค่าที่รายงาน',
      en: 'A finding that differs states the observed value, and that value is not the reported one',
    },
  },
  'examination.roundUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่พบรอบการตรวจราชการที่ระบุ', en: 'There is no such inspection round' },
  },
  'examination.roundClosed': {
    kind: 'conflict',
    title: {
      th: 'รอบการตรวจราชการนี้ปิดแล้ว',
      en: 'The inspection round is closed: what is examined belongs to an open one',
    },
  },
  'examination.outsideRound': {
    kind: 'unprocessable',
    title: {
      th: 'รอบการตรวจราชการนี้ไม่ครอบคลุมจังหวัดหรือหน่วยงานของคำรับรองนี้',
      en: 'The inspection round inspects neither the province nor an office of the agreement',
    },
  },
  'examination.notInspector': {
    kind: 'forbidden',
    title: {
      th: 'ท่านไม่ได้เป็นผู้ตรวจราชการของรอบการตรวจราชการนี้',
      en: 'Only who inspects in the round examines in it',
    },
  },
  'exemption.roundUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ตัวชี้วัดนี้ไม่มีรอบการประเมินที่ระบุ',
      en: 'The indicator is not evaluated in this round',
    },
  },
  'exemption.notAReceiver': {
    kind: 'unprocessable',
    title: {
      th: 'ส่วนราชการที่อนุมัติการยกเว้นต้องเป็นผู้รับคำรับรอง',
      en: 'The office that grants an exemption must be a receiver of the agreement',
    },
  },
  'exemption.ownIndicator': {
    kind: 'forbidden',
    title: {
      th: 'ผู้รายงานผลของตัวชี้วัดและผู้มีหน้าที่ในส่วนราชการผู้ทำคำรับรองจะอนุมัติการยกเว้นตัวชี้วัดนั้นไม่ได้',
      en: 'Neither who reported figures of an indicator nor anybody of an office that made the agreement exempts it',
    },
  },
  'exemption.alreadyGranted': {
    kind: 'conflict',
    title: {
      th: 'ยกเว้นตัวชี้วัดนี้ในรอบการประเมินดังกล่าวแล้ว',
      en: 'The indicator is exempt from this round already',
    },
  },
} as const satisfies RejectionCatalogue;
