import type { RejectionCatalogue } from '@khamrap/kernel';

/** Refusals to close and reopen rounds, of scores, results and appeals. */
export const roundsRefusals = {
  'agreement.schemeUnknown': {
    kind: 'unprocessable',
    title: {
      th: 'ไม่พบหลักเกณฑ์การประเมินหรือปฏิทินการรายงานฉบับที่คำรับรองอ้างถึง',
      en: 'The scheme of the agreement has not published the rule or the calendar in the version that is named',
    },
  },
  'agreement.periodNotOver': {
    kind: 'conflict',
    title: {
      th: 'ระยะเวลาของคำรับรองยังไม่สิ้นสุด จึงยังปิดปีไม่ได้',
      en: 'The period of the agreement is not over, so its year cannot be closed yet',
    },
  },
  'agreement.roundsOpen': {
    kind: 'conflict',
    title: {
      th: 'ยังมีรอบการประเมินที่ไม่ได้ปิด จึงยังปิดปีไม่ได้',
      en: 'Evaluation rounds are open, so the year cannot be closed yet',
    },
  },
  'agreement.amendmentsUndecided': {
    kind: 'conflict',
    title: {
      th: 'ยังมีคำขอเปลี่ยนแปลงที่ไม่ได้พิจารณา จึงยังปิดปีไม่ได้',
      en: 'Amendment requests are undecided, so the year cannot be closed yet',
    },
  },
  'round.unsignedBasis': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองฉบับนี้ทราบจากการประกาศหรือใช้เพื่อติดตามผลเท่านั้น จึงไม่มีการประเมินผลในระบบ',
      en: 'This agreement is announced or monitored only, so it is not evaluated here',
    },
  },
  'round.agreementNotInEffect': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองยังไม่มีผล จึงยังประเมินผลไม่ได้',
      en: 'The agreement is not in effect, so nothing of it can be evaluated',
    },
  },
  'round.noScheme': {
    kind: 'conflict',
    title: {
      th: 'คำรับรองไม่ได้กำหนดหลักเกณฑ์การประเมินและปฏิทินการรายงาน',
      en: 'The agreement names no scheme, so it has neither rounds nor a rule to score by',
    },
  },
  'round.unknown': {
    kind: 'notFound',
    title: {
      th: 'ปฏิทินการรายงานของคำรับรองไม่มีรอบการประเมินนี้',
      en: 'The calendar of the agreement has no such evaluation round',
    },
  },
  'round.notOver': {
    kind: 'conflict',
    title: {
      th: 'รอบการประเมินยังไม่สิ้นสุด จึงยังปิดรอบไม่ได้',
      en: 'The evaluation round is not over, so it cannot be closed yet',
    },
  },
  'round.earlierOpen': {
    kind: 'conflict',
    title: {
      th: 'ยังมีรอบการประเมินก่อนหน้าที่ไม่ได้ปิด',
      en: 'An earlier evaluation round is open: close that one first',
    },
  },
  'round.notCertified': {
    kind: 'conflict',
    title: {
      th: 'มีผลการดำเนินงานที่ยังตรวจรับรองไม่ครบทุกขั้น จึงยังปิดรอบไม่ได้',
      en: 'Reported actuals wait for their certification, so the evaluation round cannot be closed yet',
    },
  },
  'round.notClosed': {
    kind: 'conflict',
    title: { th: 'รอบการประเมินนี้ยังไม่ได้ปิด', en: 'The evaluation round is not closed' },
  },
  'round.laterClosed': {
    kind: 'conflict',
    title: {
      th: 'รอบการประเมินหลังจากนี้ปิดแล้ว ต้องเปิดรอบนั้นก่อน',
      en: 'A later evaluation round is closed: reopen that one first',
    },
  },
  'score.notJudged': {
    kind: 'unprocessable',
    title: {
      th: 'ตัวชี้วัดนี้คำนวณคะแนนตามหลักเกณฑ์ จึงไม่ให้คะแนนโดยผู้ประเมิน',
      en: 'The score of this indicator is computed by the rule: nobody determines it',
    },
  },
  'score.outOfBounds': {
    kind: 'unprocessable',
    title: {
      th: 'คะแนนอยู่นอกช่วงที่หลักเกณฑ์กำหนด',
      en: 'The score lies outside what the rule allows',
    },
  },
  'score.ofOwnFigure': {
    kind: 'forbidden',
    title: {
      th: 'ผู้รายงานผลการดำเนินงานให้คะแนนในฐานะผู้ประเมินไม่ได้',
      en: 'Whoever has reported the actuals does not score them as an evaluator',
    },
  },
  'score.bothAssessors': {
    kind: 'forbidden',
    title: {
      th: 'ผู้ประเมินตนเองเป็นผู้ประเมินของคำรับรองเดียวกันไม่ได้',
      en: 'Nobody is both the one who assesses themselves and the evaluator of an agreement',
    },
  },
  'result.alreadyAnnounced': {
    kind: 'conflict',
    title: {
      th: 'ประกาศผลการประเมินของรอบนี้แล้ว',
      en: 'The result of the evaluation round is announced already',
    },
  },
  'result.inTheFuture': {
    kind: 'unprocessable',
    title: { th: 'วันที่ประกาศผลอยู่หลังวันที่บันทึก', en: 'The day of the announcement has not come yet' },
  },
  'appeal.notAMaker': {
    kind: 'unprocessable',
    title: {
      th: 'ส่วนราชการนี้มิใช่ผู้ทำคำรับรอง จึงอุทธรณ์ผลการประเมินไม่ได้',
      en: 'The office is not a maker of the agreement, so it cannot appeal',
    },
  },
  'appeal.alreadyOpen': {
    kind: 'conflict',
    title: {
      th: 'มีอุทธรณ์ในเรื่องเดียวกันที่ยังไม่ได้พิจารณา',
      en: 'An appeal on the same matter is undecided',
    },
  },
  'appeal.unknown': {
    kind: 'notFound',
    title: { th: 'ไม่พบอุทธรณ์นี้ในคำรับรอง', en: 'The agreement has no such appeal' },
  },
  'appeal.alreadyDecided': {
    kind: 'conflict',
    title: { th: 'พิจารณาอุทธรณ์นี้แล้ว', en: 'The appeal is decided already' },
  },
  'appeal.own': {
    kind: 'forbidden',
    title: {
      th: 'ผู้ยื่นอุทธรณ์และส่วนราชการผู้ทำคำรับรองพิจารณาอุทธรณ์นี้ไม่ได้',
      en: 'Neither the one who filed the appeal nor an office that made the agreement decides it',
    },
  },
  'appeal.scoreUnfit': {
    kind: 'unprocessable',
    title: {
      th: 'อุทธรณ์ที่ยกคำร้องไม่เปลี่ยนคะแนน',
      en: 'A dismissed appeal changes no score',
    },
  },
} as const satisfies RejectionCatalogue;
