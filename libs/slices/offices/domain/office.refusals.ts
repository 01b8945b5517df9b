import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

/** Refusals by the rules of offices and their holders. */
const officeRuleRefusals = {
  'office.notRegistered': {
    kind: 'notFound',
    title: { th: 'ไม่พบหน่วยงานนี้', en: 'There is no such office' },
  },
  'office.alreadyRegistered': {
    kind: 'conflict',
    title: { th: 'มีหน่วยงานที่ใช้รหัสนี้แล้ว', en: 'There is an office of this code already' },
  },
  'office.dissolved': {
    kind: 'conflict',
    title: { th: 'หน่วยงานนี้ยุบเลิกแล้ว', en: 'The office has been dissolved' },
  },
  'office.provinceMissing': {
    kind: 'unprocessable',
    title: { th: 'หน่วยงานประเภทนี้ต้องระบุจังหวัด', en: 'An office of this kind is in a province: name it' },
  },
  'office.provinceUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่มีจังหวัดที่ใช้รหัสนี้', en: 'There is no province of this code' },
  },
  'office.ownParent': {
    kind: 'unprocessable',
    title: { th: 'หน่วยงานเป็นหน่วยงานต้นสังกัดของตนเองไม่ได้', en: 'No office stands above itself' },
  },
  'office.ownSuccessor': {
    kind: 'unprocessable',
    title: { th: 'หน่วยงานที่ยุบเลิกเป็นหน่วยงานที่สืบแทนตนเองไม่ได้', en: 'No office succeeds itself' },
  },
  'office.dissolvedBeforeBegun': {
    kind: 'unprocessable',
    title: {
      th: 'วันที่ยุบเลิกอยู่ก่อนวันที่เริ่มดำรงตำแหน่งหรือเริ่มมอบอำนาจของหน่วยงานนี้',
      en: 'The office would end before its holder or one of its delegations began',
    },
  },
  'office.heldAfterwards': {
    kind: 'unprocessable',
    title: {
      th: 'มีผู้ดำรงตำแหน่งหลังวันที่หน่วยงานยุบเลิก',
      en: 'Somebody would have held the post after the last day of the office',
    },
  },
  'office.sourceNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อมูลที่ไม่ได้ระบุไว้ บันทึกได้เฉพาะกรณีอ้างอิงเอกสารต้นทาง',
      en: 'Only what is taken from a source document can leave this open',
    },
  },
  'holder.alreadyHeld': {
    kind: 'conflict',
    title: { th: 'ตำแหน่งนี้มีผู้ดำรงตำแหน่งอยู่แล้ว', en: 'The post is held: its holder has to leave it first' },
  },
  'holder.overlaps': {
    kind: 'conflict',
    title: { th: 'มีผู้อื่นดำรงตำแหน่งนี้ในวันดังกล่าวแล้ว', en: 'Somebody else held the post on some of these days' },
  },
  'holder.vacant': {
    kind: 'conflict',
    title: { th: 'ตำแหน่งนี้ว่างอยู่', en: 'The post is vacant' },
  },
  'holder.spanReversed': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดการดำรงตำแหน่งอยู่ก่อนวันเริ่มต้น', en: 'The post would be left before it was taken up' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals by the rules of delegations and of roles. */
const grantRuleRefusals = {
  'delegation.alreadyGranted': {
    kind: 'conflict',
    title: { th: 'บันทึกการมอบอำนาจนี้ไว้แล้ว', en: 'This delegation has been recorded before' },
  },
  'delegation.toHolder': {
    kind: 'unprocessable',
    title: { th: 'ผู้ดำรงตำแหน่งปฏิบัติราชการแทนตนเองไม่ได้', en: 'Nobody acts for themselves' },
  },
  'delegation.orderNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'การปฏิบัติราชการแทนต้องมีคำสั่งมอบอำนาจเป็นหนังสือ',
      en: 'Authority is delegated by a written order: name it',
    },
  },
  'delegation.toOneself': {
    kind: 'forbidden',
    title: { th: 'บันทึกให้ตนเองเป็นผู้รับมอบอำนาจไม่ได้', en: 'Nobody records a delegation to themselves' },
  },
  'delegation.termsNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ผู้รับมอบอำนาจที่จะใช้งานระบบต้องมีวันเริ่มต้นและเรื่องที่ได้รับมอบ',
      en: 'Whoever is to act in this ledger needs a first day and what the delegation covers',
    },
  },
  'delegation.delegateNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ระบุหน่วยงานใต้สังกัดได้เฉพาะเมื่อระบุผู้รับมอบอำนาจ',
      en: 'Offices below are covered only where it is said who acts',
    },
  },
  'delegation.spanReversed': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดการมอบอำนาจอยู่ก่อนวันเริ่มต้น', en: 'The delegation would end before it begins' },
  },
  'delegation.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบการมอบอำนาจนี้', en: 'There is no such delegation' },
  },
  'delegation.alreadyEnded': {
    kind: 'conflict',
    title: { th: 'การมอบอำนาจนี้สิ้นสุดแล้ว', en: 'The delegation has ended before' },
  },
  'delegation.endOutsideSpan': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดอยู่นอกช่วงเวลาของการมอบอำนาจ', en: 'The day lies outside the span of the delegation' },
  },
  'roleGrant.toOneself': {
    kind: 'forbidden',
    title: { th: 'ให้บทบาทแก่ตนเองไม่ได้', en: 'Nobody grants a role to themselves' },
  },
  'roleGrant.alreadyGranted': {
    kind: 'conflict',
    title: { th: 'ผู้นี้มีบทบาทนี้ในขอบเขตนี้แล้ว', en: 'The role is held in this scope at that time already' },
  },
  'roleGrant.scopeContradicted': {
    kind: 'unprocessable',
    title: {
      th: 'ขอบเขตทั้งประเทศไม่ต้องระบุรหัส ขอบเขตอื่นต้องระบุรหัส',
      en: 'The scope of the nation names no value, every other scope names one',
    },
  },
  'roleGrant.scopeUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบหน่วยงาน เขตตรวจราชการ หรือตัวชี้วัดที่เป็นขอบเขตของบทบาท',
      en: 'The scope names no office, zone or indicator that there could be',
    },
  },
  'roleGrant.onlyByDelegation': {
    kind: 'unprocessable',
    title: {
      th: 'บทบาทผู้รับมอบอำนาจเกิดจากการมอบอำนาจเท่านั้น',
      en: 'Nobody acts for the holder of an office but by a delegation',
    },
  },
  'roleGrant.fromInThePast': {
    kind: 'unprocessable',
    title: { th: 'ให้บทบาทย้อนหลังไม่ได้', en: 'A role is not granted for days that have passed' },
  },
  'roleGrant.spanReversed': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดของบทบาทอยู่ก่อนวันเริ่มต้น', en: 'The role would end before it begins' },
  },
  'roleGrant.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบการให้บทบาทนี้', en: 'There is no such grant of a role' },
  },
  'roleGrant.alreadyEnded': {
    kind: 'conflict',
    title: { th: 'บทบาทนี้สิ้นสุดแล้ว', en: 'The role has ended before' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals by the rules of zones. */
const zoneRuleRefusals = {
  'zone.notRegistered': {
    kind: 'notFound',
    title: { th: 'ยังไม่ได้บันทึกเขตตรวจราชการนี้', en: 'This zone has not been registered' },
  },
  'zone.alreadyRegistered': {
    kind: 'conflict',
    title: { th: 'บันทึกเขตตรวจราชการนี้ไว้แล้ว', en: 'This zone has been registered before' },
  },
  'zone.officeMissing': {
    kind: 'unprocessable',
    title: {
      th: 'เขตตรวจราชการของกระทรวงหรือกรมต้องระบุหน่วยงานเจ้าของเขต',
      en: 'Zones of a ministry or a department name it',
    },
  },
  'zone.officeNotForScheme': {
    kind: 'unprocessable',
    title: {
      th: 'เขตตรวจราชการของสำนักนายกรัฐมนตรีไม่ต้องระบุหน่วยงาน',
      en: "Zones of the Prime Minister's Office name no other office",
    },
  },
  'zone.numberNotPositive': {
    kind: 'unprocessable',
    title: { th: 'เลขเขตตรวจราชการต้องเริ่มจาก 1', en: 'Zones are counted from 1' },
  },
  'zone.provinceMissing': {
    kind: 'unprocessable',
    title: { th: 'เขตตรวจราชการต้องมีอย่างน้อยหนึ่งจังหวัด', en: 'A zone holds at least one province' },
  },
  'zone.provinceRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุจังหวัดซ้ำกัน', en: 'A province is named more than once' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here. */
const accessRefusals = {
  'office.notYours': {
    kind: 'forbidden',
    title: { th: 'ท่านไม่มีสิทธิดำเนินการกับหน่วยงานนี้', en: 'Your grants do not reach this office' },
  },
  'roleGrant.beyondOwnReach': {
    kind: 'forbidden',
    title: {
      th: 'ให้หรือสิ้นสุดบทบาทในขอบเขตที่กว้างกว่าสิทธิของตนไม่ได้',
      en: 'Nobody grants or ends a role for a scope that their own grant does not reach',
    },
  },
  'roleGrant.lastAdministrator': {
    kind: 'conflict',
    title: {
      th: 'ต้องมีผู้ให้บทบาทได้ทั้งประเทศเหลืออยู่อย่างน้อยหนึ่งคน',
      en: 'Nobody would be left who may grant roles for the whole nation: grant that to somebody else first',
    },
  },
  'zone.notYours': {
    kind: 'forbidden',
    title: { th: 'ท่านไม่มีสิทธิกำหนดเขตตรวจราชการ', en: 'Zones are set by those who may do so for the whole nation' },
  },
} as const satisfies RejectionCatalogue;

const ruleRefusals = { ...officeRuleRefusals, ...grantRuleRefusals, ...zoneRuleRefusals };

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const officeRefusals: RejectionCatalogue = { ...ruleRefusals, ...accessRefusals };

export type OfficeRefusal = keyof typeof ruleRefusals;
export type OfficeAccessRefusal = keyof typeof accessRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: OfficeRefusal | OfficeAccessRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
