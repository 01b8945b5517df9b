import {
  toldAlike,
  UNSTATED,
  type AtFloorReason,
  type BothLanguages,
  type NotScoredReason,
  type NoTotalReason,
} from '@khamrap/kernel';
import type {
  Accumulation,
  AgreementBasis,
  AmendmentChange,
  AppealOutcome,
  Assessor,
  CertificationStep,
  Chain,
  Direction,
  Finality,
  IndicatorKind,
  Level,
  Side,
  SignatureCapture,
  SigningCapacity,
  SnapshotStanding,
  Verdict,
} from '../domain/agreement.events';

// What the codes of an agreement's events mean to people.

type Words<Code extends string> = Readonly<Record<Code, BothLanguages>>;

export const SIDES: Words<Side> = {
  maker: { th: 'ผู้ทำคำรับรอง', en: 'maker' },
  receiver: { th: 'ผู้รับคำรับรอง', en: 'receiver' },
  witness: { th: 'พยาน', en: 'witness' },
};

export const LEVELS: Words<Level> = {
  ministry: { th: 'กระทรวง', en: 'ministry' },
  department: { th: 'กรม', en: 'department' },
  cluster: { th: 'กลุ่มจังหวัด', en: 'cluster of provinces' },
  province: { th: 'จังหวัด', en: 'province' },
  provincialOffice: { th: 'ส่วนราชการประจำจังหวัด', en: 'provincial office' },
  district: { th: 'อำเภอ', en: 'district' },
};

export const BASES: Words<AgreementBasis> = {
  signed: { th: 'คำรับรองที่คู่คำรับรองลงนาม', en: 'an agreement that its parties sign' },
  announced: { th: 'คำรับรองตามที่เอกสารประกาศ', en: 'an agreement as a document announces it' },
  monitoringOnly: { th: 'การติดตามตัวเลขโดยไม่มีคำรับรอง', en: 'figures that are followed without an agreement' },
};

export const CHAINS: Words<Chain> = {
  governor: { th: 'สายผู้ว่าราชการจังหวัด', en: 'through the governor' },
  department: { th: 'สายกรม', en: 'through the department' },
  ministry: { th: 'สายกระทรวง', en: 'through the ministry' },
  cluster: { th: 'สายกลุ่มจังหวัด', en: 'through the cluster of provinces' },
};

export const DIRECTIONS: Words<Direction> = {
  higher: { th: 'ยิ่งสูงยิ่งดี', en: 'higher is better' },
  lower: { th: 'ยิ่งต่ำยิ่งดี', en: 'lower is better' },
  milestone: { th: 'ขั้นของความสำเร็จ', en: 'milestones' },
  date: { th: 'กำหนดวันแล้วเสร็จ', en: 'day of completion' },
  judged: { th: 'ผู้ประเมินให้คะแนน', en: 'judged by an assessor' },
  notStated: UNSTATED,
};

export const ACCUMULATIONS: Words<Accumulation> = {
  cumulative: { th: 'ตัวเลขสะสม', en: 'cumulative figures' },
  sum: { th: 'ผลรวมของแต่ละช่วง', en: 'the sum of all spans' },
  latest: { th: 'ค่าล่าสุด', en: 'the latest figure' },
  average: { th: 'ค่าเฉลี่ย', en: 'the mean' },
  ratio: { th: 'สัดส่วนของผลรวม', en: 'the ratio of the sums' },
  notStated: UNSTATED,
};

export const INDICATOR_KINDS: Words<IndicatorKind> = {
  strategic: { th: 'เชิงยุทธศาสตร์', en: 'strategic' },
  proxy: { th: 'ตัวแทน', en: 'proxy' },
  cascade: { th: 'ถ่ายทอด', en: 'handed down' },
  joint: { th: 'ร่วม', en: 'joint' },
};

export const CAPACITIES: Words<SigningCapacity> = {
  holder: { th: 'ผู้ดำรงตำแหน่ง', en: 'holder of the post' },
  delegated: { th: 'ปฏิบัติราชการแทน', en: 'under delegated authority' },
  actingFor: { th: 'รักษาราชการแทน', en: 'acting for the holder' },
  actingInPosition: { th: 'รักษาการในตำแหน่ง', en: 'acting in position' },
};

export const CAPTURES: Words<SignatureCapture> = {
  click: { th: 'โดยกดยืนยันในระบบ', en: 'by a click in this system' },
  paper: { th: 'บนกระดาษ', en: 'on paper' },
  certificate: { th: 'ด้วยใบรับรองอิเล็กทรอนิกส์', en: 'with an electronic certificate' },
};

export const FINALITIES: Words<Finality> = {
  provisional: { th: 'ตัวเลขเบื้องต้น', en: 'provisional' },
  final: { th: 'ตัวเลขสุดท้าย', en: 'final' },
  notStated: { th: 'ไม่ระบุว่าเป็นตัวเลขสุดท้ายหรือไม่', en: 'not stated whether final' },
};

export const STEPS: Words<CertificationStep> = {
  keeper: { th: 'ผู้จัดเก็บข้อมูล', en: 'data keeper' },
  supervisor: { th: 'ผู้กำกับดูแลตัวชี้วัด', en: 'indicator supervisor' },
  performanceUnit: { th: 'หน่วยงานด้านการประเมินผลของจังหวัด', en: 'performance unit' },
};

export const VERDICTS: Words<Verdict> = {
  agrees: { th: 'ตรงตามที่รายงาน', en: 'agrees with what was reported' },
  differs: { th: 'ไม่ตรงกับที่รายงาน', en: 'differs from what was reported' },
  evidenceInsufficient: { th: 'หลักฐานไม่เพียงพอ', en: 'the evidence is insufficient' },
};

export const ASSESSORS: Words<Assessor> = {
  selfAssessment: { th: 'การประเมินตนเอง', en: 'self-assessment' },
  evaluator: { th: 'ผู้ประเมิน', en: 'evaluator' },
};

export const AMENDMENT_CHANGES: Words<AmendmentChange> = {
  target: { th: 'ค่าเป้าหมาย', en: 'target' },
  weight: { th: 'น้ำหนัก', en: 'weight' },
  cancelIndicator: { th: 'ยกเลิกตัวชี้วัด', en: 'cancelling the indicator' },
};

export const APPEAL_OUTCOMES: Words<AppealOutcome> = {
  upheld: { th: 'รับอุทธรณ์', en: 'upheld' },
  partlyUpheld: { th: 'รับอุทธรณ์บางส่วน', en: 'partly upheld' },
  dismissed: { th: 'ยกอุทธรณ์', en: 'dismissed' },
};

export const STANDINGS: Words<SnapshotStanding> = {
  scored: { th: 'มีคะแนน', en: 'scored' },
  floored: { th: 'ได้คะแนนต่ำสุด', en: 'at the floor' },
  exempt: { th: 'ได้รับยกเว้น', en: 'exempt' },
  cancelled: { th: 'ยกเลิกแล้ว', en: 'cancelled' },
  notCounted: { th: 'ไม่นับในรอบนี้', en: 'not counted in this round' },
  notScored: { th: 'ไม่มีคะแนน', en: 'not scored' },
};

type ScoreReason =
  NotScoredReason | AtFloorReason | NoTotalReason | 'notCombinable' | 'notJudged' | 'otherRounds' | 'weightElsewhere';

/** Why something has no score, is at the floor, or has no total. */
const SCORE_REASONS: Words<ScoreReason> = {
  noTarget: { th: 'ไม่มีค่าเป้าหมาย', en: 'there is no target' },
  directionNotStated: { th: 'ไม่ระบุทิศทางที่ดี', en: 'which way is better is not stated' },
  criterionUnusable: { th: 'เกณฑ์การให้คะแนนใช้กับทิศทางนี้ไม่ได้', en: 'the criterion does not fit the direction' },
  figureDoesNotFitDirection: { th: 'ผลไม่ตรงกับลักษณะของตัวชี้วัด', en: 'the figure does not fit the indicator' },
  unitDiffers: { th: 'หน่วยไม่ตรงกัน', en: 'the units differ' },
  deltaAgainstValue: { th: 'รายงานเป็นส่วนต่างแต่เป้าหมายเป็นค่า', en: 'a change was reported against a value' },
  valueAgainstDelta: { th: 'รายงานเป็นค่าแต่เป้าหมายเป็นส่วนต่าง', en: 'a value was reported against a change' },
  deltaAgainstOtherSpan: { th: 'ส่วนต่างเทียบกับคนละช่วง', en: 'the changes are against different spans' },
  denominatorZero: { th: 'ตัวหารเป็นศูนย์', en: 'the denominator is zero' },
  notJudged: { th: 'ผู้ประเมินยังไม่ให้คะแนน', en: 'no assessor has judged it' },
  notJudgedYet: { th: 'ผู้ประเมินยังไม่ให้คะแนน', en: 'no assessor has judged it' },
  judgedOutOfRange: { th: 'คะแนนของผู้ประเมินอยู่นอกช่วง', en: 'the score given is out of range' },
  narrativeOnly: { th: 'มีเพียงคำบรรยาย', en: 'there is only a narrative' },
  notAvailable: { th: 'ไม่มีข้อมูล', en: 'not available' },
  notReported: { th: 'ยังไม่รายงาน', en: 'not reported' },
  incomplete: { th: 'รายงานไม่ครบ', en: 'incomplete' },
  notCombinable: { th: 'รวมผลของหลายรายงานไม่ได้', en: 'the reports cannot be combined' },
  otherRounds: { th: 'นับในรอบอื่น', en: 'it counts in other rounds' },
  weightElsewhere: { th: 'น้ำหนักอยู่ที่ตัวชี้วัดอื่นในลำดับชั้น', en: 'another indicator of the tree bears the weight' },
  weightNotStated: { th: 'ไม่ระบุน้ำหนัก', en: 'a weight is not stated' },
  notScored: { th: 'มีตัวชี้วัดที่ไม่มีคะแนน', en: 'an indicator has no score' },
  nothingCounted: { th: 'ไม่มีตัวชี้วัดที่นับ', en: 'nothing is counted' },
};

/** Why there is no score; a code that has no words is told as it is. */
export function toldScoreReason(code: string): BothLanguages {
  return Object.hasOwn(SCORE_REASONS, code) ? SCORE_REASONS[code as ScoreReason] : toldAlike(code);
}
