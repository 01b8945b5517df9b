import type { RuleCode, RuleDescription, ThresholdDescription, Comparison } from './rule-vocabulary';

// What is asked about, in the words of people. A question is a question and never a verdict.

const DAYS_MAX = '3650';

function threshold(is: Comparison, value: string, max: string, th: string, en: string): ThresholdDescription {
  return { is, value, min: '0', max, told: { th, en } };
}

const EASED = {
  easedPercent: threshold('moreThan', '0', '100', 'ร้อยละที่เป้าหมายง่ายลง', 'by how many per cent the target is easier'),
};

/** Every rule, as the program knows it: version 1 of the rules, until others are published. */
export const RULES: Readonly<Record<RuleCode, RuleDescription>> = {
  targetLoweredAfterActual: {
    title: { th: 'ปรับลดค่าเป้าหมายหลังรายงานผลแล้ว', en: 'Target lowered after the actual was reported' },
    asks: {
      th: 'เหตุใดจึงปรับค่าเป้าหมายให้ง่ายขึ้นเมื่อทราบผลการดำเนินงานแล้ว',
      en: 'Why was the target made easier when the figure was known already?',
    },
    mode: 'ask',
    thresholds: EASED,
  },
  targetLoweredAfterSigning: {
    title: { th: 'ปรับลดค่าเป้าหมายหลังลงนาม', en: 'Target lowered after signing' },
    asks: {
      th: 'เหตุใดจึงปรับค่าเป้าหมายให้ง่ายกว่าที่ลงนามไว้',
      en: 'Why was the target made easier than what was signed?',
    },
    mode: 'note',
    thresholds: EASED,
  },
  weightChangedAfterSigning: {
    title: { th: 'เปลี่ยนน้ำหนักหลังลงนาม', en: 'Weights changed after signing' },
    asks: {
      th: 'เหตุใดจึงเปลี่ยนน้ำหนักตัวชี้วัดหลังลงนามคำรับรอง',
      en: 'Why do indicators weigh otherwise than what was signed?',
    },
    mode: 'ask',
    thresholds: {
      points: threshold('moreThan', '0', '1000', 'น้ำหนักที่เปลี่ยนรวม', 'weight that was shifted, added up'),
    },
  },
  reportedLate: {
    title: { th: 'รายงานผลหลังกำหนด', en: 'Reported after the deadline' },
    asks: { th: 'เหตุใดจึงรายงานผลช้ากว่ากำหนด', en: 'Why was the figure reported after the deadline?' },
    mode: 'ask',
    thresholds: {
      daysLate: threshold('atLeast', '1', DAYS_MAX, 'จำนวนวันที่ช้าหลังวันผ่อนผัน', 'days late, beyond the days of grace'),
    },
  },
  correctedAfterRoundWasClosed: {
    title: { th: 'แก้ไขผลหลังปิดรอบการประเมินแล้ว', en: 'Corrected after the round had been closed' },
    asks: {
      th: 'เหตุใดจึงเปิดรอบการประเมินใหม่เพื่อแก้ไขผล',
      en: 'Why was a closed round opened again and the figure corrected?',
    },
    mode: 'ask',
    thresholds: {},
  },
  correctedAfterInspectionOpened: {
    title: { th: 'แก้ไขผลหลังเปิดรอบการตรวจราชการ', en: 'Corrected after an inspection had been opened' },
    asks: {
      th: 'เหตุใดจึงแก้ไขผลที่รายงานไว้เมื่อเปิดรอบการตรวจราชการแล้ว',
      en: 'Why was a figure corrected that stood when the inspection was opened?',
    },
    mode: 'ask',
    thresholds: {
      daysAfter: threshold(
        'atMost',
        '120',
        DAYS_MAX,
        'จำนวนวันหลังเปิดรอบการตรวจราชการ',
        'days since the inspection was opened',
      ),
    },
  },
  correctedAfterCertification: {
    title: { th: 'แก้ไขผลหลังตรวจรับรองแล้ว', en: 'Corrected after certification' },
    asks: {
      th: 'เหตุใดผลที่ตรวจรับรองแล้วจึงต้องแก้ไข',
      en: 'Why was a figure corrected that had been certified?',
    },
    mode: 'note',
    thresholds: {},
  },
  exactlyAtThreshold: {
    title: { th: 'ผลตรงกับเกณฑ์พอดีทุกหลัก', en: 'Exactly at a threshold, to the last digit' },
    asks: {
      th: 'ผลที่ตรงกับค่าเกณฑ์พอดีทุกหลักได้มาอย่างไร',
      en: 'How did the figure come to be a value of the criterion, to the last digit?',
    },
    mode: 'ask',
    thresholds: {
      significantDigits: threshold('atLeast', '4', '30', 'จำนวนเลขนัยสำคัญ', 'significant digits of the figure'),
    },
  },
  correctedOntoThreshold: {
    title: { th: 'แก้ไขผลจนถึงเกณฑ์พอดี', en: 'Corrected from below a threshold onto it' },
    asks: {
      th: 'เหตุใดผลที่ไม่ถึงเกณฑ์จึงแก้ไขเป็นค่าที่ตรงกับเกณฑ์พอดี',
      en: 'Why did a figure that fell short become just what the criterion asks for?',
    },
    mode: 'ask',
    thresholds: {
      liftedPercent: threshold('moreThan', '0', '1000', 'ร้อยละที่แก้ไข', 'by how many per cent it was corrected'),
    },
  },
  figureOutOfProportion: {
    title: { th: 'ผลผิดสัดส่วน', en: 'Figure out of proportion' },
    asks: {
      th: 'ผลที่ต่างจากค่าเป้าหมายหลายเท่านี้ถูกต้องหรือไม่',
      en: 'Is a figure right that differs so many times from what was to be expected?',
    },
    mode: 'ask',
    thresholds: {
      times: threshold(
        'atLeast',
        '4',
        '1000000',
        'จำนวนเท่าของค่าเป้าหมายหรือผลเดิม',
        'times the target, or else the figure before',
      ),
    },
  },
  correctedAgainAndAgain: {
    title: { th: 'แก้ไขผลเดิมซ้ำหลายครั้ง', en: 'Corrected again and again' },
    asks: { th: 'เหตุใดผลเดียวกันจึงแก้ไขหลายครั้ง', en: 'Why was one figure corrected so often?' },
    mode: 'ask',
    thresholds: {
      corrections: threshold('atLeast', '3', '1000', 'จำนวนครั้งที่แก้ไข', 'corrections of one figure'),
    },
  },
  evidenceUsedTwice: {
    title: { th: 'ใช้หลักฐานเดียวกันซ้ำ', en: 'Evidence used twice' },
    asks: {
      th: 'เหตุใดไฟล์เดียวกันจึงเป็นหลักฐานของผลต่างช่วงเวลาหรือต่างจังหวัด',
      en: 'Why does one file support figures of several spans or provinces?',
    },
    mode: 'ask',
    thresholds: {},
  },
  evidenceDroppedByCorrection: {
    title: { th: 'แก้ไขผลโดยไม่มีหลักฐานที่เคยมี', en: 'Corrected without the evidence it had' },
    asks: {
      th: 'ผลที่แก้ไขแล้วมีหลักฐานใดรองรับ',
      en: 'What supports the figure, since the correction names none of its evidence?',
    },
    mode: 'ask',
    thresholds: { files: threshold('atLeast', '1', '1000', 'จำนวนไฟล์ที่หายไป', 'files that are named no more') },
  },
  figuresWithoutEvidence: {
    title: { th: 'ปิดรอบโดยผลไม่มีหลักฐาน', en: 'Round closed on figures without evidence' },
    asks: {
      th: 'ผลที่ไม่มีหลักฐานแนบได้ตรวจรับรองจากอะไร',
      en: 'By what were figures certified that no file supports?',
    },
    // Where files are kept elsewhere every round would be asked about.
    mode: 'off',
    thresholds: {
      sharePercent: threshold('atLeast', '50', '100', 'ร้อยละของผลในรอบ', 'per cent of the figures of the round'),
    },
  },
  recordedLongAfterEffective: {
    title: { th: 'มีผลก่อนวันบันทึกเป็นเวลานาน', en: 'Effective long before it was recorded' },
    asks: {
      th: 'เหตุใดจึงบันทึกช้ากว่าวันที่มีผลเป็นเวลานาน',
      en: 'Why was it recorded so long after the day from which it is to hold?',
    },
    mode: 'ask',
    thresholds: {
      days: threshold('moreThan', '90', DAYS_MAX, 'จำนวนวันก่อนวันบันทึก', 'days before it was recorded'),
    },
  },
  signedAfterYearBegan: {
    title: { th: 'ลงนามหลังเริ่มปีเป็นเวลานาน', en: 'Signed long after the year began' },
    asks: {
      th: 'เหตุใดจึงลงนามคำรับรองเมื่อเวลาล่วงไปมากแล้ว',
      en: 'Why was the agreement signed when so much of its time was over?',
    },
    mode: 'ask',
    thresholds: {
      days: threshold('moreThan', '90', DAYS_MAX, 'จำนวนวันหลังวันเริ่ม', 'days after the first day of the agreement'),
    },
  },
  signedWithoutMandate: {
    title: { th: 'ลงนามแทนโดยไม่พบคำสั่งมอบอำนาจ', en: 'Signed without a mandate on record' },
    asks: {
      th: 'ผู้ลงนามแทนได้รับมอบอำนาจตามคำสั่งใด',
      en: 'By which order did somebody sign in the place of the holder?',
    },
    mode: 'ask',
    thresholds: {},
  },
  signedWhilePostVacant: {
    title: { th: 'ลงนามในตำแหน่งที่ว่างอยู่', en: 'Signed as the holder of a vacant post' },
    asks: {
      th: 'ผู้ใดลงนามในเมื่อทะเบียนระบุว่าตำแหน่งว่าง',
      en: 'Who signed as the holder on a day on which nobody held the post?',
    },
    mode: 'note',
    thresholds: {},
  },
  sameHandReportedAndApproved: {
    title: { th: 'ผู้รายงานกับผู้รับรองเป็นคนเดียวกัน', en: 'Reported and approved by the same hand' },
    asks: {
      th: 'เหตุใดผู้รายงานหรือผู้ขอจึงเป็นผู้รับรองหรืออนุมัติเอง',
      en: 'Why did the one who reported or asked also certify, approve or close?',
    },
    mode: 'ask',
    thresholds: {},
  },
  awardOnSupersededResult: {
    title: { th: 'รางวัลที่อ้างผลซึ่งไม่ใช้แล้ว', en: 'Award on a superseded result' },
    asks: {
      th: 'รางวัลนี้ยังมีเหตุรองรับหรือไม่ เมื่อผลที่อ้างเปลี่ยนไปแล้ว',
      en: 'Does the award still stand on something, since the result it rests on was replaced?',
    },
    mode: 'ask',
    thresholds: {},
  },
  correctedInBulkNearDeadline: {
    title: { th: 'แก้ไขผลจำนวนมากใกล้ครบกำหนด', en: 'Corrected in bulk near the deadline' },
    asks: {
      th: 'เหตุใดจึงแก้ไขผลเกือบทั้งหมดในวันใกล้ครบกำหนด',
      en: 'Why were most figures of the round corrected in the last days?',
    },
    mode: 'ask',
    thresholds: {
      figures: threshold('atLeast', '2', '1000', 'จำนวนผลที่แก้ไข', 'figures that were corrected'),
      sharePercent: threshold('atLeast', '50', '100', 'ร้อยละของผลในรอบ', 'per cent of the figures of the round'),
      daysBefore: threshold('atMost', '1', '60', 'จำนวนวันก่อนครบกำหนด', 'days before the deadline'),
    },
  },
  scoringRuleChangedInMidYear: {
    title: { th: 'เปลี่ยนเกณฑ์การให้คะแนนระหว่างปี', en: 'Scoring rule changed in mid-year' },
    asks: {
      th: 'เหตุใดจึงเปลี่ยนเกณฑ์การให้คะแนนระหว่างปีงบประมาณ',
      en: 'Why was the scoring rule or its bands changed while the year was running?',
    },
    mode: 'ask',
    thresholds: {
      daysIntoYear: threshold(
        'moreThan',
        '0',
        '366',
        'จำนวนวันหลังเริ่มปีงบประมาณ',
        'days after the first day of the fiscal year',
      ),
    },
  },
};
