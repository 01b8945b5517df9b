import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';

const namingRefusals = {
  'scheme.alreadyPublished': {
    kind: 'conflict',
    title: { th: 'เผยแพร่ระบบการประเมินนี้ไว้แล้ว', en: 'This scheme has been published before' },
  },
  'scheme.notPublished': {
    kind: 'notFound',
    title: { th: 'ไม่พบระบบการประเมินนี้', en: 'There is no such scheme' },
  },
} as const satisfies RejectionCatalogue;

const scoringRefusals = {
  'scoring.pointCountWrong': {
    kind: 'unprocessable',
    title: { th: 'จำนวนคะแนนไม่ครบตามจำนวนระดับ', en: 'There must be one point for each anchor' },
  },
  'scoring.pointsNotIncreasing': {
    kind: 'unprocessable',
    title: { th: 'คะแนนต้องเพิ่มขึ้นจากระดับต่ำสุดถึงระดับสูงสุด', en: 'Points must rise from the lowest to the highest' },
  },
  'scoring.floorAboveLowest': {
    kind: 'unprocessable',
    title: {
      th: 'คะแนนเมื่อไม่ถึงระดับต่ำสุดต้องไม่สูงกว่าคะแนนต่ำสุดของเกณฑ์ใด',
      en: 'The floor must not lie above the lowest points of any criterion',
    },
  },
  'scoring.pointTooFine': {
    kind: 'unprocessable',
    title: { th: 'คะแนนมีทศนิยมได้ไม่เกินสี่ตำแหน่ง', en: 'Points have at most four fraction digits' },
  },
  'bands.missing': {
    kind: 'unprocessable',
    title: { th: 'ต้องมีช่วงผลการประเมินอย่างน้อยหนึ่งช่วง', en: 'At least one band is needed' },
  },
  'bands.repeated': {
    kind: 'unprocessable',
    title: { th: 'รหัสช่วงผลการประเมินซ้ำกัน', en: 'Two bands have the same code' },
  },
  'bands.overlapping': {
    kind: 'unprocessable',
    title: { th: 'ช่วงผลการประเมินซ้อนทับกัน', en: 'Two bands begin at the same total' },
  },
  'bands.floorUncovered': {
    kind: 'unprocessable',
    title: {
      th: 'ช่วงผลการประเมินต่ำสุดต้องเริ่มไม่สูงกว่าคะแนนต่ำสุดของเกณฑ์การให้คะแนน',
      en: 'The lowest band must begin at the floor of the scoring rule, or below it',
    },
  },
  'bands.unsorted': {
    kind: 'unprocessable',
    title: { th: 'ช่วงผลการประเมินต้องเรียงจากต่ำไปสูง', en: 'Bands must be given from the lowest to the highest' },
  },
} as const satisfies RejectionCatalogue;

const statusRefusals = {
  'statusRules.statusMissing': {
    kind: 'unprocessable',
    title: { th: 'ลำดับสถานะต้องมีครบทุกสถานะ', en: 'The precedence must name every status' },
  },
  'statusRules.statusRepeated': {
    kind: 'unprocessable',
    title: { th: 'ลำดับสถานะมีสถานะซ้ำกัน', en: 'The precedence names a status more than once' },
  },
  'statusRules.thresholdMissing': {
    kind: 'unprocessable',
    title: { th: 'ต้องมีเกณฑ์ของสถานะอย่างน้อยหนึ่งเกณฑ์', en: 'At least one threshold is needed' },
  },
  'statusRules.thresholdRepeated': {
    kind: 'unprocessable',
    title: { th: 'เกณฑ์ของสถานะซ้ำกัน', en: 'A status has two thresholds of the same measure' },
  },
  'statusRules.boundMismatched': {
    kind: 'unprocessable',
    title: {
      th: 'เกณฑ์จากคะแนนหรือร้อยละต้องมีค่าขั้นต่ำ ส่วนการบรรลุค่าเป้าหมายไม่มีค่าขั้นต่ำ',
      en: 'A score or percentage needs a bound, and meeting a target has none',
    },
  },
  'statusRules.thresholdsUnsorted': {
    kind: 'unprocessable',
    title: { th: 'สถานะที่ดีกว่าต้องมีเกณฑ์สูงกว่า', en: 'The better status must have the higher bound' },
  },
} as const satisfies RejectionCatalogue;

const calendarRefusals = {
  'calendar.unknown': {
    kind: 'notFound',
    title: { th: 'ยังไม่มีปฏิทินการรายงานของปีงบประมาณนี้', en: 'There is no calendar for this fiscal year' },
  },
  'calendar.fiscalYearOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ปีงบประมาณต้องเป็นปีพุทธศักราช ตั้งแต่ พ.ศ. 2344 ถึง พ.ศ. 2642',
      en: 'The fiscal year must be one of the Buddhist Era from 2344 to 2642',
    },
  },
  'calendar.roundUnknown': {
    kind: 'notFound',
    title: { th: 'ปฏิทินไม่มีรอบการประเมินนี้', en: 'The calendar has no such evaluation round' },
  },
  'calendar.roundMissing': {
    kind: 'unprocessable',
    title: { th: 'ปฏิทินต้องมีรอบการประเมินอย่างน้อยหนึ่งรอบ', en: 'A calendar needs at least one evaluation round' },
  },
  'calendar.roundRepeated': {
    kind: 'unprocessable',
    title: { th: 'รหัสรอบการประเมินซ้ำกัน', en: 'Two evaluation rounds have the same code' },
  },
  'calendar.roundsOutOfOrder': {
    kind: 'unprocessable',
    title: { th: 'รอบการประเมินต้องเรียงตามวันสิ้นสุด', en: 'Evaluation rounds must be in the order of their last days' },
  },
  'calendar.roundsOverlapping': {
    kind: 'unprocessable',
    title: {
      th: 'รอบการประเมินต้องครอบคลุมรอบก่อนหน้าทั้งหมดหรือเริ่มหลังรอบก่อนหน้า',
      en: 'An evaluation round holds an earlier one as a whole, or begins after it',
    },
  },
  'calendar.cutOffOutsideFiscalYear': {
    kind: 'unprocessable',
    title: {
      th: 'วันสุดท้ายของการขอเปลี่ยนแปลงค่าเป้าหมายต้องอยู่ในปีงบประมาณ',
      en: 'The cut-off for amendments must lie in the fiscal year',
    },
  },
  'calendar.roundReversed': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดรอบการประเมินอยู่ก่อนวันเริ่มต้น', en: 'An evaluation round ends before it begins' },
  },
  'calendar.roundOutsideFiscalYear': {
    kind: 'unprocessable',
    title: { th: 'รอบการประเมินอยู่นอกปีงบประมาณ', en: 'An evaluation round lies outside the fiscal year' },
  },
  'calendar.dueBeforeEnd': {
    kind: 'unprocessable',
    title: { th: 'กำหนดส่งรายงานอยู่ก่อนวันสิ้นสุดรอบการประเมิน', en: 'A report is due before its round has ended' },
  },
  'calendar.opensAfterDue': {
    kind: 'unprocessable',
    title: { th: 'วันเปิดรับรายงานอยู่หลังกำหนดส่งรายงาน', en: 'Reporting opens after the report is due' },
  },
  'calendar.certifyDueBeforeReport': {
    kind: 'unprocessable',
    title: { th: 'กำหนดตรวจรับรองผลอยู่ก่อนกำหนดส่งรายงาน', en: 'Certification is due before the report is' },
  },
  'calendar.graceNegative': {
    kind: 'unprocessable',
    title: { th: 'จำนวนวันผ่อนผันต้องไม่ติดลบ', en: 'Days of grace cannot be negative' },
  },
  'extension.shortens': {
    kind: 'unprocessable',
    title: { th: 'การขยายเวลาต้องไม่ทำให้กำหนดเดิมสั้นลง', en: 'An extension cannot move a deadline forward' },
  },
  'extension.extendsNothing': {
    kind: 'unprocessable',
    title: { th: 'กำหนดใหม่เท่ากับกำหนดเดิม', en: 'These deadlines are those that already hold' },
  },
  'extension.officeRepeated': {
    kind: 'unprocessable',
    title: { th: 'ระบุส่วนราชการซ้ำกัน', en: 'An office is named more than once' },
  },
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here. */
const accessRefusals = {
  'scheme.notYours': {
    kind: 'forbidden',
    title: {
      th: 'ท่านไม่มีสิทธิเผยแพร่ระบบการประเมินซึ่งใช้ทั้งประเทศ',
      en: 'Schemes hold for the nation, and your grants do not reach that far',
    },
  },
} as const satisfies RejectionCatalogue;

const ruleRefusals = { ...namingRefusals, ...scoringRefusals, ...statusRefusals, ...calendarRefusals };

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const schemeRefusals: RejectionCatalogue = { ...ruleRefusals, ...accessRefusals };

export type SchemeRefusal = keyof typeof ruleRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: SchemeRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
