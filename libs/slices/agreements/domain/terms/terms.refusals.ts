import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals to draft an agreement or to change its terms. */
export const termsRefusals = {
  'agreement.notDrafted': {
    kind: 'notFound',
    title: { th: 'ไม่พบคำรับรองการปฏิบัติราชการฉบับนี้', en: 'There is no such agreement' },
  },
  'agreement.alreadyDrafted': {
    kind: 'conflict',
    title: { th: 'คำรับรองการปฏิบัติราชการฉบับนี้จัดทำไว้แล้ว', en: 'This agreement has been drafted before' },
  },
  'agreement.fiscalYearOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ปีงบประมาณต้องเป็นปีพุทธศักราช ตั้งแต่ พ.ศ. 2344 ถึง พ.ศ. 2642',
      en: 'The fiscal year must be a year of the Buddhist Era from 2344 to 2642',
    },
  },
  'agreement.provinceUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่มีจังหวัดตามรหัสที่ระบุ', en: 'No province has this code' },
  },
  'agreement.periodOutsideFiscalYear': {
    kind: 'unprocessable',
    title: {
      th: 'ระยะเวลาของคำรับรองไม่มีวันใดอยู่ในปีงบประมาณที่ระบุ',
      en: 'The period shares no day with the fiscal year',
    },
  },
  'agreement.partyRepeated': {
    kind: 'unprocessable',
    title: {
      th: 'ส่วนราชการเดียวกันปรากฏเป็นคู่คำรับรองมากกว่าหนึ่งครั้ง',
      en: 'An office stands more than once among the parties',
    },
  },
  'agreement.partyMissing': {
    kind: 'unprocessable',
    title: {
      th: 'คำรับรองที่จะลงนามต้องระบุทั้งผู้ทำคำรับรองและผู้รับคำรับรอง',
      en: 'An agreement that is to be signed needs a maker and a receiver',
    },
  },
  'agreement.sourceNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อความของคำรับรองที่ทราบจากการประกาศ ต้องอ้างอิงเอกสารต้นทาง',
      en: 'The terms of an announced agreement are taken from a source document only',
    },
  },
  'agreement.termsFixed': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองมีผลแล้ว การแก้ไขตัวชี้วัดหรือค่าเป้าหมายต้องดำเนินการโดยการขอเปลี่ยนแปลง',
      en: 'The agreement is in effect, so its terms are fixed: use an amendment',
    },
  },
  'agreement.withdrawn': {
    kind: 'conflict',
    title: {
      th: 'ร่างคำรับรองฉบับนี้ถูกถอนแล้ว จัดทำใหม่ได้โดยเริ่มร่างอีกครั้ง',
      en: 'The draft was withdrawn: it can be begun anew',
    },
  },
  'agreement.parentRepeated': {
    kind: 'unprocessable',
    title: {
      th: 'อ้างถึงคำรับรองระดับบนฉบับเดียวกันมากกว่าหนึ่งครั้ง',
      en: 'The same parent agreement is named more than once',
    },
  },
  'indicator.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบตัวชี้วัดนี้ในคำรับรอง', en: 'The agreement has no such indicator' },
  },
  'indicator.alreadyAdded': {
    kind: 'conflict',
    title: { th: 'ตัวชี้วัดนี้มีอยู่ในคำรับรองแล้ว', en: 'This indicator has been added before' },
  },
  'indicator.tooMany': {
    kind: 'conflict',
    title: { th: 'คำรับรองมีตัวชี้วัดครบจำนวนสูงสุดแล้ว', en: 'The agreement has as many indicators as it can have' },
  },
  'indicator.numberMalformed': {
    kind: 'unprocessable',
    title: {
      th: 'ลำดับที่ของตัวชี้วัดต้องเป็นเลขอารบิกคั่นด้วยจุด เช่น 8 หรือ 8.1',
      en: 'The display number must be whole numbers joined by points, such as 8 or 8.1',
    },
  },
  'indicator.numberTaken': {
    kind: 'conflict',
    title: { th: 'ลำดับที่นี้เป็นของตัวชี้วัดอื่นแล้ว', en: 'Another indicator has this display number' },
  },
  'indicator.goalNumberOutOfRange': {
    kind: 'unprocessable',
    title: { th: 'ลำดับที่ของเป้าหมายร่วมต้องอยู่ระหว่าง 1 ถึง 99', en: 'The number of a joint goal must be from 1 to 99' },
  },
  'indicator.weightNegative': {
    kind: 'unprocessable',
    title: { th: 'น้ำหนักของตัวชี้วัดต้องไม่ติดลบ', en: 'The weight of an indicator cannot be negative' },
  },
  'indicator.parentUnknown': {
    kind: 'unprocessable',
    title: { th: 'ไม่พบตัวชี้วัดหลักที่อ้างถึงในคำรับรอง', en: 'The agreement has no such parent indicator' },
  },
  'indicator.numberNotBelowParent': {
    kind: 'unprocessable',
    title: {
      th: 'ลำดับที่ของตัวชี้วัดย่อยต้องขึ้นต้นด้วยลำดับที่ของตัวชี้วัดหลัก',
      en: 'The display number of a sub-indicator must begin with that of its parent',
    },
  },
  'indicator.weightSplit': {
    kind: 'unprocessable',
    title: {
      th: 'กำหนดน้ำหนักได้ที่ตัวชี้วัดหลักหรือตัวชี้วัดย่อยอย่างใดอย่างหนึ่งเท่านั้น',
      en: 'Either an indicator or its sub-indicators carry weight, never both',
    },
  },
  'indicator.numberNotAboveSubIndicators': {
    kind: 'unprocessable',
    title: {
      th: 'ลำดับที่ของตัวชี้วัดย่อยไม่ได้ขึ้นต้นด้วยลำดับที่ใหม่ของตัวชี้วัดหลัก',
      en: 'The display numbers of the sub-indicators do not begin with the new number',
    },
  },
  'indicator.hasSubIndicators': {
    kind: 'conflict',
    title: {
      th: 'ตัวชี้วัดนี้มีตัวชี้วัดย่อย ต้องนำตัวชี้วัดย่อยออกก่อน',
      en: 'The indicator has sub-indicators: remove them first',
    },
  },
  'indicator.hasActuals': {
    kind: 'conflict',
    title: {
      th: 'มีการรายงานผลการดำเนินงานของตัวชี้วัดนี้แล้ว จึงนำออกไม่ได้',
      en: 'Actuals were reported for the indicator, so it cannot be removed',
    },
  },
  'indicator.sourceNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'นอกเหนือจากร่าง การแก้ไขหรือนำตัวชี้วัดออกต้องอ้างอิงเอกสารต้นทาง',
      en: 'Outside a draft, an indicator is revised or removed from a source document only',
    },
  },
  'indicator.unitInUse': {
    kind: 'conflict',
    title: {
      th: 'มีค่าเป้าหมายหรือผลการดำเนินงานที่ใช้หน่วยวัดอื่นอยู่แล้ว',
      en: 'Targets or actuals of the indicator are stated in another unit',
    },
  },
  'indicator.directionInUse': {
    kind: 'conflict',
    title: {
      th: 'ค่าเป้าหมายที่มีอยู่ไม่สอดคล้องกับทิศทางใหม่ของตัวชี้วัด',
      en: 'Targets of the indicator do not fit the new direction',
    },
  },
  'indicator.keeperRepeated': {
    kind: 'unprocessable',
    title: {
      th: 'ระบุผู้จัดเก็บข้อมูลรายเดียวกันมากกว่าหนึ่งครั้ง',
      en: 'A keeper is named more than once',
    },
  },
  'indicator.keepersMissing': {
    kind: 'unprocessable',
    title: {
      th: 'ตัวชี้วัดร่วมต้องมีผู้จัดเก็บข้อมูลอย่างน้อยสองราย',
      en: 'A joint indicator needs two keepers or more',
    },
  },
  'indicator.roundMissing': {
    kind: 'unprocessable',
    title: {
      th: 'ตัวชี้วัดต้องนับในรอบการประเมินอย่างน้อยหนึ่งรอบ หรือไม่ต้องระบุรอบหากนับทุกรอบ',
      en: 'Name the rounds in which the indicator counts, or none at all where it counts in each',
    },
  },
  'indicator.roundRepeated': {
    kind: 'unprocessable',
    title: {
      th: 'ระบุรอบการประเมินเดียวกันมากกว่าหนึ่งครั้ง',
      en: 'An evaluation round is named more than once',
    },
  },
  'indicator.roundUnknown': {
    kind: 'unprocessable',
    title: { th: 'ปฏิทินของคำรับรองไม่มีรอบการประเมินนี้', en: 'The calendar has no such evaluation round' },
  },
  'indicator.baselineRepeated': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อมูลพื้นฐานของปีเดียวกันมีมากกว่าหนึ่งค่า',
      en: 'There is more than one baseline for a year',
    },
  },
  'indicator.baselineNotEarlier': {
    kind: 'unprocessable',
    title: {
      th: 'ข้อมูลพื้นฐานต้องเป็นของปีก่อนปีของคำรับรอง',
      en: 'A baseline is of a year before that of the agreement',
    },
  },
  'span.reversed': {
    kind: 'unprocessable',
    title: { th: 'วันสิ้นสุดของช่วงเวลาอยู่ก่อนวันเริ่มต้น', en: 'The span ends before it begins' },
  },
  'span.sourceNeeded': {
    kind: 'unprocessable',
    title: {
      th: 'ต้องระบุช่วงเวลา เว้นแต่เป็นการบันทึกจากเอกสารต้นทางที่ไม่ได้ระบุไว้',
      en: 'The span must be stated, unless the statement is taken from a source document that leaves it open',
    },
  },
  'target.spanOutsidePeriod': {
    kind: 'unprocessable',
    title: {
      th: 'ช่วงเวลาของค่าเป้าหมายอยู่นอกระยะเวลาของคำรับรอง',
      en: 'The span of the target lies outside the period of the agreement',
    },
  },
  'target.unitDiffers': {
    kind: 'unprocessable',
    title: {
      th: 'หน่วยวัดของค่าเป้าหมายไม่ตรงกับหน่วยวัดของตัวชี้วัด',
      en: 'The unit of the target is not that of the indicator',
    },
  },
  'target.alreadySet': {
    kind: 'conflict',
    title: {
      th: 'มีค่าเป้าหมายของตัวชี้วัดนี้สำหรับช่วงเวลานี้แล้ว',
      en: 'The indicator already has a target for this span',
    },
  },
  'target.fieldsDoNotFit': {
    kind: 'unprocessable',
    title: {
      th: 'ค่าเป้าหมายขาดข้อมูลที่เกณฑ์การให้คะแนนต้องใช้ หรือมีข้อมูลที่เกณฑ์นั้นไม่ใช้',
      en: 'The target lacks what its criterion needs, or states what the criterion has no use for',
    },
  },
  'target.criterionDoesNotFit': {
    kind: 'unprocessable',
    title: {
      th: 'เกณฑ์การให้คะแนนไม่สอดคล้องกับทิศทางของตัวชี้วัด',
      en: 'The criterion does not fit the direction of the indicator',
    },
  },
  'target.anchorCountWrong': {
    kind: 'unprocessable',
    title: {
      th: 'จำนวนค่าของเกณฑ์ไม่ถูกต้อง: ห้าระดับต้องมี 5 ค่า สามขั้นต้องมี 3 ค่า วันที่ต้องมี 1, 3 หรือ 5 วัน',
      en: 'Five levels need 5 values, three anchors 3, dates 1, 3 or 5 days, milestones one at least',
    },
  },
  'target.anchorsNotMonotone': {
    kind: 'unprocessable',
    title: {
      th: 'ค่าของเกณฑ์ต้องเรียงไปในทิศทางเดียว จากขั้นต่ำสุดไปขั้นสูงสุด',
      en: 'The values of the criterion must go one way, from the poorest to the best',
    },
  },
  'target.levelOutOfRange': {
    kind: 'unprocessable',
    title: {
      th: 'ระดับของขั้นตอนความสำเร็จต้องเป็น 1 ถึง 5',
      en: 'The level of a milestone must be from 1 to 5',
    },
  },
  'target.comparisonSpanUnfit': {
    kind: 'unprocessable',
    title: {
      th: 'ช่วงเวลาที่ใช้เปรียบเทียบไม่ถูกต้อง หรือเป็นช่วงเวลาเดียวกับค่าเป้าหมาย',
      en: 'The span of comparison cannot be read, or is that of the target itself',
    },
  },
} as const satisfies RejectionCatalogue;
