import { isoDate, NATIVE, type Provenance, type Span } from '@khamrap/kernel';
import type { CertifyActual, CorrectActual, ExamineActual, GrantExemption, ReturnActual } from '../agreement.commands';
import type {
  ActualCertified,
  ActualCorrected,
  ActualExamined,
  ActualReported,
  ActualReturned,
  AgreementEvent,
  ExemptionGranted,
  IndicatorAdded,
} from '../agreement.events';
import {
  actualReported,
  drafted,
  FIRST_HALF,
  FIRST_HALF_KEY,
  GOVERNOR,
  IN_EFFECT,
  indicatorAdded,
  inEffect,
  KEEPER,
  MAKER,
  RECEIVER,
  targetSet,
  TODAY,
  YEAR,
} from '../agreement.examples';

// Figures for specs: of the agreement in agreement.examples.ts, reported, checked, examined.

export const SUPERVISOR = 'person-supervisor';
export const UNIT = 'person-performance-unit';
export const INSPECTOR = 'person-inspector';

export const FIRST_QUARTER: Span = { from: isoDate('2026-10-01'), to: isoDate('2026-12-31') };
export const FIRST_QUARTER_KEY = '2026-10-01..2026-12-31';
export const LAST_YEARS_HALF_KEY = '2025-10-01..2026-03-31';
/** Rounds of a calendar: after six months, and after the year. */
export const TWO_ROUNDS: GrantExemption['rounds'] = [
  { round: '6', span: FIRST_HALF },
  { round: '12', span: YEAR },
];

/** Two offices report the ratio of an indicator; neither is its reporter alone. */
export const JOINT: Partial<IndicatorAdded['data']> = {
  indicatorId: 'joint',
  displayNumber: '2',
  name: 'ร้อยละของครัวเรือนที่มีน้ำสะอาดใช้',
  unit: 'percent',
  kind: 'joint',
  accumulation: 'ratio',
  keepers: [
    { officeId: 'district-1', officeName: 'อำเภอตัวอย่าง' },
    { officeId: 'district-2', officeName: 'อำเภอข้างเคียง' },
  ],
  supervisor: { officeId: 'office-5', officeName: 'สำนักงานกำกับตัวอย่าง' },
};
/** An agreement in effect with an indicator of its own and a joint one. */
export const WITH_JOINT: readonly AgreementEvent[] = inEffect([
  drafted(),
  indicatorAdded(),
  targetSet(),
  indicatorAdded(JOINT),
  targetSet({ indicatorId: 'joint', value: '80', unit: 'percent' }),
]);
export const JOINT_RATIO: Partial<ActualReported['data']> = {
  indicatorId: 'joint',
  officeId: 'district-2',
  kind: 'ratio',
  value: undefined,
  numerator: '412',
  denominator: '520',
  unit: 'percent',
};

const KEY = { indicatorId: 'income', span: FIRST_HALF_KEY };
const CORRECTION: ActualCorrected['data'] = {
  ...KEY,
  kind: 'value',
  value: '1240000',
  unit: 'baht',
  finality: 'final',
  evidence: [],
  reason: 'นับยอดจำหน่ายของร้านหนึ่งซ้ำ',
  correctedBy: KEEPER,
};
const CERTIFICATION: ActualCertified['data'] = { ...KEY, step: 'supervisor', certifiedBy: SUPERVISOR };
const RETURN: ActualReturned['data'] = {
  ...KEY,
  step: 'supervisor',
  returnedBy: SUPERVISOR,
  comment: 'ยอดไม่ตรงกับบัญชีของร้าน',
};
const EXAMINATION: ActualExamined['data'] = {
  ...KEY,
  inspectionRound: 'inspection-2570-1',
  verdict: 'differs',
  observedValue: '1239500',
  comment: 'บัญชีของสองร้านลงยอดต่างจากรายงาน',
  examinedBy: INSPECTOR,
};
const EXEMPTION: ExemptionGranted['data'] = {
  indicatorId: 'income',
  round: '6',
  officeId: RECEIVER.officeId,
  grantedBy: GOVERNOR,
  reason: 'น้ำท่วมพื้นที่จำหน่ายสินค้า',
};

type Changes<Event extends AgreementEvent> = Partial<Event['data']>;

export function actualCorrected(changes: Changes<ActualCorrected> = {}): ActualCorrected {
  return { type: 'ActualCorrected', data: { ...CORRECTION, ...changes } };
}
export function actualCertified(changes: Changes<ActualCertified> = {}): ActualCertified {
  return { type: 'ActualCertified', data: { ...CERTIFICATION, ...changes } };
}
export function actualReturned(changes: Changes<ActualReturned> = {}): ActualReturned {
  return { type: 'ActualReturned', data: { ...RETURN, ...changes } };
}
export function actualExamined(changes: Changes<ActualExamined> = {}): ActualExamined {
  return { type: 'ActualExamined', data: { ...EXAMINATION, ...changes } };
}
export function exemptionGranted(changes: Changes<ExemptionGranted> = {}): ExemptionGranted {
  return { type: 'ExemptionGranted', data: { ...EXEMPTION, ...changes } };
}
/** What a document states: the fold learns that from the envelope. */
export function transcribed<Event extends AgreementEvent>(event: Event): Event {
  const provenance: Provenance = { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 1' };
  return { ...event, provenance };
}

export function correctActual(
  changes: Partial<CorrectActual['data']> = {},
  provenance: Provenance = NATIVE,
): CorrectActual {
  return { type: 'CorrectActual', data: { ...CORRECTION, ...changes }, provenance, decidedOn: TODAY };
}
export function certifyActual(changes: Partial<CertifyActual['data']> = {}): CertifyActual {
  return { type: 'CertifyActual', data: { ...CERTIFICATION, ...changes } };
}
export function returnActual(changes: Partial<ReturnActual['data']> = {}): ReturnActual {
  return { type: 'ReturnActual', data: { ...RETURN, ...changes } };
}
/** A round that is open, inspects a province and an office of the agreement, and in which everybody of these specs inspects. */
const INSPECTION: NonNullable<ExamineActual['inspection']> = {
  isOpen: true,
  provinces: ['TH-54'],
  officeIds: [MAKER.officeId],
  inspectors: [INSPECTOR, KEEPER, SUPERVISOR, UNIT, GOVERNOR],
};
export function examineActual(
  changes: Partial<ExamineActual['data']> = {},
  inspection: Partial<NonNullable<ExamineActual['inspection']>> | undefined = {},
): ExamineActual {
  return { type: 'ExamineActual', data: { ...EXAMINATION, ...changes }, inspection: { ...INSPECTION, ...inspection } };
}
export function grantExemption(
  changes: Partial<GrantExemption['data']> = {},
  rounds: GrantExemption['rounds'] = TWO_ROUNDS,
): GrantExemption {
  return { type: 'GrantExemption', data: { ...EXEMPTION, ...changes }, rounds };
}

/** One figure, of the keeper, that waits for its supervisor. */
export const REPORTED: readonly AgreementEvent[] = [...IN_EFFECT, actualReported()];
/** All steps are done. */
export const CERTIFIED: readonly AgreementEvent[] = [
  ...REPORTED,
  actualCertified(),
  actualCertified({ step: 'performanceUnit', certifiedBy: UNIT }),
];

const FILE = { sha256: 'c'.repeat(64), mediaType: 'text/csv', name: 'ยอดจำหน่าย' };
const CIRCUMSTANCES = {
  finality: 'provisional',
  asOf: TODAY,
  asPrinted: '๑,๒๕๐,๐๐๐.๕๐ บาท',
  evidence: [FILE],
  note: 'รอใบเสร็จจากสองร้าน',
  preparedBy: 'สมมุติ ตัวอย่าง',
} as const;
const GROWTH = { percent: '64.02', comparedWith: LAST_YEARS_HALF_KEY };
const ADOPTED_FROM = { agreementId: 'agreement-2', indicatorId: 'sales', eventId: 'event-7' };
const WITHOUT_VALUE = { value: undefined, ...CIRCUMSTANCES } as const;

/** A sound history in which each event of figures stands with every field that it can have, and every kind of figure. */
export const ACTUALS_HISTORY: readonly AgreementEvent[] = [
  ...WITH_JOINT,
  actualReported({ ...CIRCUMSTANCES, statedGrowth: GROWTH }),
  actualReturned({ step: 'supervisor' }),
  actualCertified({ step: 'keeper', certifiedBy: KEEPER, comment: 'ตรวจแล้ว ยอดถูกต้อง' }),
  actualCertified({ comment: 'ตรงกับบัญชี' }),
  actualReturned({ step: 'performanceUnit', returnedBy: UNIT }),
  actualCorrected({ ...CIRCUMSTANCES, finality: 'final', statedGrowth: GROWTH }),
  actualExamined(),
  actualExamined({ verdict: 'evidenceInsufficient', observedValue: undefined }),
  ...joint(),
  ...kinds(),
  exemptionGranted({ basisDocument: { reference: 'ที่ ตย 0017.2/123', sha256: 'd'.repeat(64) } }),
];

/** The part of one keeper of the joint indicator. */
function joint(): readonly AgreementEvent[] {
  const key = { indicatorId: 'joint', officeId: 'district-2' };
  const ratio = { ...JOINT_RATIO, ...CIRCUMSTANCES };
  return [
    actualReported(ratio),
    actualCertified(key),
    actualReturned({ ...key, step: 'performanceUnit', returnedBy: UNIT }),
    actualCorrected({ ...ratio, numerator: '411' }),
    actualExamined({ ...key, verdict: 'agrees', observedValue: '79.04' }),
  ];
}

function kinds(): readonly AgreementEvent[] {
  const figures: readonly (readonly [day: string, Partial<ActualReported['data']>])[] = [
    ['2026-10-01', { kind: 'delta', value: '-3', comparisonSpan: LAST_YEARS_HALF_KEY, ...CIRCUMSTANCES }],
    ['2026-10-02', { kind: 'milestone', milestone: 3, ...WITHOUT_VALUE }],
    ['2026-10-03', { kind: 'date', date: TODAY, ...WITHOUT_VALUE }],
    ['2026-10-04', { kind: 'narrative', narrative: 'จัดทำแผนร่วมกับชุมชนแล้ว', ...WITHOUT_VALUE }],
    ['2026-10-05', { kind: 'notAvailable', notAvailableReason: 'ระบบต้นทางยังไม่เผยแพร่ข้อมูล', ...WITHOUT_VALUE }],
    ['2026-10-06', { kind: 'adopted', adoptedFrom: ADOPTED_FROM, ...CIRCUMSTANCES }],
  ];
  return figures.flatMap(([day, figure]) => {
    const span = `${day}..${day}`;
    return [actualReported({ span, ...figure }), actualCorrected({ span, ...figure, finality: 'final' })];
  });
}
