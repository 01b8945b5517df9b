import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules: of rounds and visits. */
const roundRefusals = {
  'inspection.alreadyOpened': {
    kind: 'conflict',
    title: { th: 'เปิดรอบการตรวจราชการนี้ไว้แล้ว', en: 'This inspection round has been opened before' },
  },
  'inspection.notOpened': {
    kind: 'notFound',
    title: { th: 'ไม่พบรอบการตรวจราชการนี้', en: 'There is no such inspection round' },
  },
  'inspection.closed': {
    kind: 'conflict',
    title: {
      th: 'รอบการตรวจราชการนี้ปิดแล้ว หากมีสิ่งที่ต้องเพิ่มเติมให้เปิดรอบใหม่อีกครั้งพร้อมเหตุผล',
      en: 'The inspection round is closed: what is to be added needs it opened again, with a reason',
    },
  },
  'inspection.conductedHere': {
    kind: 'conflict',
    title: {
      th: 'รอบการตรวจราชการนี้บันทึกโดยผู้ตรวจราชการเอง จึงไม่รับข้อมูลที่ถอดความจากเอกสาร',
      en: 'Who inspects records this round themselves, so nothing is transcribed onto it from a document',
    },
  },
  'inspection.notClosed': {
    kind: 'conflict',
    title: { th: 'รอบการตรวจราชการนี้ยังไม่ได้ปิด', en: 'The inspection round is not closed' },
  },
  'inspection.findingsNotStated': {
    kind: 'conflict',
    title: {
      th: 'ปิดรอบไม่ได้ เพราะยังไม่มีข้อค้นพบ และผู้ตรวจราชการยังไม่ได้ยืนยันว่าไม่พบข้อค้นพบ',
      en: 'The round has no findings, and no inspector has stated that nothing was found',
    },
  },
  'inspection.hasFindings': {
    kind: 'conflict',
    title: {
      th: 'ยืนยันว่าไม่พบข้อค้นพบไม่ได้ เพราะรอบนี้มีข้อค้นพบแล้ว',
      en: 'The round has findings, so nobody states that nothing was found',
    },
  },
  'inspection.provinceHasFindings': {
    kind: 'conflict',
    title: {
      th: 'จังหวัดนี้มีข้อค้นพบในรอบนี้แล้ว จึงนำออกจากรอบไม่ได้',
      en: 'There are findings in this province, so it stays in the round',
    },
  },
  'inspection.notStated': {
    kind: 'unprocessable',
    title: {
      th: 'ต้องระบุข้อมูลนี้ เว้นแต่ถอดความจากเอกสารที่ไม่ได้ระบุไว้',
      en: 'This has to be stated; only a document may leave it open',
    },
  },
  'inspection.fiscalYearOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ปีงบประมาณต้องเป็นปีพุทธศักราช ตั้งแต่ พ.ศ. 2344 ถึง พ.ศ. 2642',
      en: 'The fiscal year must be one of the Buddhist Era from 2344 to 2642',
    },
  },
  'inspection.daysReversed': {
    kind: 'unprocessable',
    title: { th: 'วันสุดท้ายอยู่ก่อนวันแรก', en: 'The last day lies before the first' },
  },
  'inspection.provinceUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่มีจังหวัดที่ใช้รหัสนี้', en: 'There is no province of this code' },
  },
  'inspection.provinceRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุจังหวัดซ้ำกัน', en: 'A province is named more than once' },
  },
  'visit.participantsExceedTotal': {
    kind: 'unprocessable',
    title: {
      th: 'จำนวนผู้เข้าร่วมแยกตามบทบาทรวมกันมากกว่าจำนวนทั้งหมด',
      en: 'By their roles there are more participants than in total',
    },
  },
  'visit.holderOnBehalf': {
    kind: 'unprocessable',
    title: {
      th: 'ผู้ดำรงตำแหน่งเป็นประธานเอง จึงไม่มีผู้ที่มอบหมาย',
      en: 'Who presides as the holder presides on nobody’s behalf',
    },
  },
} as const satisfies RejectionCatalogue;

/** Refusals by the rules: of findings, recommendations and what is answered to them. */
const findingRefusals = {
  'finding.notRecorded': {
    kind: 'notFound',
    title: { th: 'ไม่พบข้อค้นพบนี้ในรอบการตรวจราชการ', en: 'There is no such finding in the round' },
  },
  'finding.settled': {
    kind: 'conflict',
    title: {
      th: 'ข้อค้นพบนี้แก้ไขเสร็จสิ้นหรือถอนไปแล้ว',
      en: 'The finding is resolved or withdrawn',
    },
  },
  'finding.notResolved': {
    kind: 'conflict',
    title: { th: 'ข้อค้นพบนี้ยังไม่ได้แก้ไขเสร็จสิ้น', en: 'The finding is not resolved' },
  },
  'finding.resolvedBefore': {
    kind: 'conflict',
    title: {
      th: 'ข้อค้นพบนี้เคยแก้ไขเสร็จสิ้นแล้ว จึงถอนไม่ได้',
      en: 'The finding was resolved before, so it cannot be withdrawn',
    },
  },
  'finding.officeMissing': {
    kind: 'unprocessable',
    title: { th: 'ต้องระบุหน่วยรับตรวจที่ต้องชี้แจง', en: 'A finding names an office that is to answer' },
  },
  'finding.officeRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุหน่วยรับตรวจซ้ำกัน', en: 'An office is named more than once' },
  },
  'finding.provinceNotInspected': {
    kind: 'unprocessable',
    title: { th: 'จังหวัดนี้ไม่ได้รับการตรวจในรอบนี้', en: 'This province is not inspected in the round' },
  },
  'finding.dueInThePast': {
    kind: 'unprocessable',
    title: { th: 'วันครบกำหนดต้องไม่เป็นวันที่ผ่านมาแล้ว', en: 'Nothing is due on a day that has passed' },
  },
  'finding.dueNotLater': {
    kind: 'unprocessable',
    title: { th: 'วันครบกำหนดใหม่ต้องอยู่หลังวันเดิม', en: 'The new day has to lie after the old one' },
  },
  'finding.dueDayByExtension': {
    kind: 'unprocessable',
    title: {
      th: 'เปลี่ยนวันครบกำหนดได้ด้วยการขยายเวลาพร้อมเหตุผลเท่านั้น',
      en: 'The day on which it is due changes only by an extension, with a reason',
    },
  },
  'finding.noDueDay': {
    kind: 'conflict',
    title: { th: 'ข้อค้นพบนี้ไม่มีวันครบกำหนด', en: 'No day is set by which the finding is to be answered' },
  },
  'finding.notOverdue': {
    kind: 'conflict',
    title: {
      th: 'ยังไม่เลยกำหนด หรือมีคำชี้แจงรอการพิจารณาอยู่',
      en: 'It is not overdue, or an answer waits to be judged',
    },
  },
  'finding.escalatedBefore': {
    kind: 'conflict',
    title: {
      th: 'เสนอข้อค้นพบนี้ต่อระดับนี้ไว้แล้ว',
      en: 'The finding was brought there before, for the same day',
    },
  },
  'recommendation.notMade': {
    kind: 'notFound',
    title: { th: 'ไม่พบข้อเสนอแนะนี้ในรอบการตรวจราชการ', en: 'There is no such recommendation in the round' },
  },
  'recommendation.settled': {
    kind: 'conflict',
    title: {
      th: 'ข้อเสนอแนะนี้ดำเนินการแล้ว หรือข้อค้นพบถูกถอนไปแล้ว',
      en: 'The recommendation is done, or its finding was withdrawn',
    },
  },
  'recommendation.officeMissing': {
    kind: 'unprocessable',
    title: { th: 'ต้องระบุหน่วยงานที่รับข้อเสนอแนะ', en: 'A recommendation names the office that it is addressed to' },
  },
  'response.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบคำชี้แจงนี้ในรอบการตรวจราชการ', en: 'There is no such response in the round' },
  },
  'response.officeNotAsked': {
    kind: 'unprocessable',
    title: { th: 'หน่วยงานนี้ไม่ได้ถูกขอให้ชี้แจง', en: 'This office is not the one that is to answer' },
  },
  'response.pending': {
    kind: 'conflict',
    title: { th: 'คำชี้แจงของหน่วยงานนี้รอการพิจารณาอยู่', en: 'An answer of this office waits to be judged' },
  },
  'response.acceptedBefore': {
    kind: 'conflict',
    title: { th: 'รับคำชี้แจงของหน่วยงานนี้แล้ว', en: 'The answer of this office has been accepted' },
  },
  'response.judgedAlready': {
    kind: 'conflict',
    title: { th: 'พิจารณาคำชี้แจงนี้แล้ว', en: 'The response has been judged already' },
  },
  'response.own': {
    kind: 'forbidden',
    title: { th: 'ผู้ชี้แจงพิจารณาคำชี้แจงของตนเองไม่ได้', en: 'Nobody judges what they have answered themselves' },
  },
  'response.reasonMissing': {
    kind: 'unprocessable',
    title: {
      th: 'ต้องให้เหตุผลว่าคำชี้แจงยังขาดสิ่งใด',
      en: 'Whoever finds a response insufficient says what is missing',
    },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here, and of things that are not there. */
const accessRefusals = {
  'inspection.notYours': {
    kind: 'forbidden',
    title: {
      th: 'ท่านไม่มีสิทธิตรวจราชการในจังหวัดที่รับตรวจทุกจังหวัดของรอบนี้',
      en: 'Your grants do not reach every province that the round inspects',
    },
  },
  'inspection.provinceOutsideZone': {
    kind: 'unprocessable',
    title: {
      th: 'จังหวัดนี้ไม่อยู่ในเขตตรวจราชการในวันแรกของรอบ',
      en: 'The zone does not hold this province on the first day of the round',
    },
  },
  'inspection.zoneUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่พบเขตตรวจราชการนี้', en: 'There is no such inspection zone' },
  },
  'inspection.zoneProvincesByDocument': {
    kind: 'unprocessable',
    title: {
      th: 'ระบุจังหวัดของเขตเองได้เฉพาะเมื่อถอดความจากเอกสาร',
      en: 'What the zone held is looked up; only a document is taken at its word',
    },
  },
  'inspection.evidenceMissing': {
    kind: 'unprocessable',
    title: { th: 'ยังไม่ได้นำส่งไฟล์หลักฐานนี้', en: 'This file of evidence has not been handed in' },
  },
  'inspection.officeUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่พบหน่วยงานนี้', en: 'There is no such office' },
  },
  'finding.eventUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่พบเหตุการณ์นี้ในบันทึก', en: 'This event is not recorded there' },
  },
  'finding.questionUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบข้อซักถามนี้ หรือยังไม่มีผู้ตรวจราชการเปิดข้อซักถาม',
      en: 'There is no such question, or no inspector has opened it',
    },
  },
  'finding.notYours': {
    kind: 'forbidden',
    title: { th: 'ท่านไม่มีสิทธิชี้แจงแทนหน่วยงานนี้', en: 'Your grants do not let you answer for this office' },
  },
  'response.ofOwnOffice': {
    kind: 'forbidden',
    title: {
      th: 'ผู้ที่มีบทบาทในหน่วยงานที่ชี้แจงพิจารณาคำชี้แจงนั้นไม่ได้',
      en: 'Whoever has a role in the office that answered does not judge the answer',
    },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of inspection rounds, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const inspectionRoundRefusals: RejectionCatalogue = {
  ...roundRefusals,
  ...findingRefusals,
  ...accessRefusals,
};

export type InspectionRefusal = keyof typeof roundRefusals | keyof typeof findingRefusals;
export type InspectionAccessRefusal = keyof typeof accessRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(
  code: InspectionRefusal | InspectionAccessRefusal,
  facts?: JsonObject,
  pointer?: string,
): Rejection {
  return new Rejection(code, facts, pointer);
}
