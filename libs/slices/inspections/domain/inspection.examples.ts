import { isoDate, NATIVE, type IsoDate, type Provenance } from '@khamrap/kernel';
import type { InspectionCommand } from './inspection.commands';
import type { Finding, InspectionEvent, InspectionRound } from './inspection.events';

// A round for specs: two of three provinces of a zone. Each example can be changed in the one respect that it is about.

export const TODAY = isoDate('2027-03-31');
export const DUE = isoDate('2027-04-15');
export const LATER = isoDate('2027-04-20');
export const INSPECTOR = 'pseudonym-1';
export const HEAD = 'pseudonym-2';
export const TRANSCRIBED: Provenance = {
  kind: 'transcribed',
  sourceDocument: 'a'.repeat(64),
  passage: 'paragraph 1',
};
const EVIDENCE = [{ sha256: 'b'.repeat(64), mediaType: 'application/pdf', name: 'บันทึก.pdf' }];
const DAYS = { from: TODAY, to: isoDate('2027-04-01') };
const PLACES = [{ name: 'ศาลากลางจังหวัดตัวอย่าง', province: 'TH-54' }];

export const ROUND: InspectionRound = {
  number: { printed: '2/2570', ordinal: 2, year: 2570 },
  level: 'department',
  inspectingBody: { officeId: 'example-department', name: 'กรมตัวอย่าง' },
  fiscalYear: 2570,
  theme: 'เศรษฐกิจฐานราก',
  aims: ['ติดตามผลการดำเนินงาน'],
  zone: { zoneId: 'primeMinisterOffice-16', asPrinted: 'เขตตรวจราชการที่ 16' },
  provinces: [
    { province: 'TH-54', isInspected: true },
    { province: 'TH-55', isInspected: true },
    { province: 'TH-57', isInspected: false },
  ],
  provincesStatedBy: 'reference',
  days: DAYS,
  places: PLACES,
  inspectedUnits: [{ officeId: 'phrae-cdd', name: 'สำนักงานตัวอย่าง', kind: 'สำนักงานพัฒนาชุมชนจังหวัด' }],
  inspectors: [
    {
      inspectorId: INSPECTOR,
      assignmentId: 'assignment-1',
      name: 'ผู้ตรวจ ตัวอย่าง',
      positionTitle: 'ผู้ตรวจราชการกรม',
      level: 'department',
    },
  ],
  basis: 'แผนการตรวจราชการประจำปี',
};
export const FINDING: Finding = {
  findingId: 'finding-1',
  severity: 'high',
  theme: 'การลดค่าเป้าหมาย',
  text: 'ค่าเป้าหมายลดลงหลังลงนาม',
  officeIds: ['phrae-cdd', 'nan-cdd'],
  provinces: ['TH-54', 'TH-55'],
  subjects: [{ agreementId: 'agreement-1', indicatorId: 'income', span: '2026-10-01..2027-03-31', round: '6m' }],
  events: [{ eventId: 'event-1', stream: 'agreement-agreement-1', revision: 4 }],
  questionId: 'question-1',
  evidence: EVIDENCE,
  dueOn: DUE,
};

type DataOf<Type extends InspectionEvent['type']> = Extract<InspectionEvent, { type: Type }>['data'];
const DATA: { readonly [Type in InspectionEvent['type']]: DataOf<Type> } = {
  InspectionRoundOpened: { ...ROUND, openedBy: INSPECTOR },
  InspectionRoundRevised: { ...ROUND, theme: 'ประเด็นใหม่', reason: 'แก้ไขประเด็น', revisedBy: INSPECTOR },
  InspectionVisitRecorded: {
    visitId: 'visit-1',
    days: DAYS,
    places: PLACES,
    officesVisited: [{ officeId: 'phrae-cdd', name: 'สำนักงานตัวอย่าง' }],
    participants: [{ role: 'พัฒนาการอำเภอ', count: 8 }],
    participantTotal: 107,
    presidedBy: {
      name: 'ประธาน ตัวอย่าง',
      positionTitle: 'รองอธิบดี',
      capacity: 'delegated',
      onBehalfOf: { name: 'อธิบดี ตัวอย่าง', positionTitle: 'อธิบดี' },
    },
    reportedBy: { name: 'ผู้ตรวจ ตัวอย่าง', positionTitle: 'ผู้ตรวจราชการกรม' },
    evidence: EVIDENCE,
    note: 'ประชุมเชิงปฏิบัติการ',
    recordedBy: INSPECTOR,
  },
  FindingRecorded: { ...FINDING, recordedBy: INSPECTOR },
  FindingCorrected: { ...FINDING, severity: 'medium', reason: 'ระดับเดิมสูงเกินไป', correctedBy: INSPECTOR },
  FindingWithdrawn: { findingId: 'finding-1', reason: 'ไม่เป็นตามที่บันทึก', withdrawnBy: INSPECTOR },
  RecommendationMade: {
    recommendationId: 'recommendation-1',
    findingId: 'finding-1',
    text: 'จัดทำแผนติดตาม',
    officeId: 'phrae-cdd',
    dueOn: DUE,
    madeBy: INSPECTOR,
  },
  FindingResponded: {
    responseId: 'response-1',
    findingId: 'finding-1',
    officeId: 'phrae-cdd',
    text: 'ชี้แจงแล้ว',
    evidence: EVIDENCE,
    respondedBy: HEAD,
  },
  ResponseJudged: {
    responseId: 'response-1',
    findingId: 'finding-1',
    officeId: 'phrae-cdd',
    outcome: 'accepted',
    isRoundClosed: false,
    judgedBy: INSPECTOR,
  },
  FindingResolved: { findingId: 'finding-1', responseId: 'response-2', isRoundClosed: false, resolvedBy: INSPECTOR },
  FindingReopened: { findingId: 'finding-1', reason: 'ยังไม่ได้ดำเนินการ', dueOn: LATER, reopenedBy: INSPECTOR },
  FindingEscalated: {
    findingId: 'finding-1',
    toLevel: 'province',
    toOfficeId: 'phrae-province',
    dueOn: DUE,
    daysLate: 5,
    reason: 'ไม่ชี้แจงตามกำหนด',
    escalatedBy: INSPECTOR,
  },
  DueDateExtended: {
    findingId: 'finding-1',
    previousDueOn: DUE,
    dueOn: LATER,
    reason: 'รอเอกสาร',
    extendedBy: INSPECTOR,
  },
  NoFindingsStated: { statement: 'ไม่พบข้อค้นพบ', statedBy: INSPECTOR },
  NoFindingsVoided: { findingId: 'finding-1' },
  InspectionRoundClosed: {
    closing: 1,
    closedBy: INSPECTOR,
    closedOn: TODAY,
    summary: 'สรุปผล',
    resolved: ['finding-1'],
    fulfilled: ['recommendation-1'],
  },
  FindingsCarried: { closing: 1, findingIds: ['finding-2'], recommendationIds: ['recommendation-2'] },
  InspectionRoundReopened: { closing: 1, reason: 'ตรวจเพิ่มเติม', reopenedBy: INSPECTOR },
};

/** An event with every field that it can hold, changed in some. */
export function happened<Type extends InspectionEvent['type']>(
  type: Type,
  changes: Partial<DataOf<Type>> = {},
): Extract<InspectionEvent, { type: Type }> {
  return { type, data: { ...DATA[type], ...changes } } as unknown as Extract<InspectionEvent, { type: Type }>;
}

/** A response for the second office, and what follows from it. */
export const SECOND = { responseId: 'response-2', officeId: 'nan-cdd' } as const;
export const RESOLVED_HISTORY: readonly InspectionEvent[] = [
  happened('InspectionRoundOpened'),
  happened('FindingRecorded'),
  happened('FindingResponded'),
  happened('FindingResponded', SECOND),
  happened('ResponseJudged'),
  happened('ResponseJudged', SECOND),
  happened('FindingResolved'),
];
/** Every event, with every field that it can hold. */
export const EVERY_INSPECTION_EVENT: readonly InspectionEvent[] = [
  happened('InspectionRoundOpened'),
  happened('InspectionRoundRevised'),
  happened('InspectionVisitRecorded'),
  happened('NoFindingsStated'),
  happened('NoFindingsVoided'),
  ...RESOLVED_HISTORY.slice(1, 2),
  happened('FindingCorrected'),
  happened('DueDateExtended'),
  happened('DueDateExtended', { recommendationId: 'recommendation-1' }),
  happened('FindingEscalated'),
  happened('RecommendationMade'),
  ...RESOLVED_HISTORY.slice(2),
  happened('FindingResponded', { responseId: 'response-3', recommendationId: 'recommendation-1' }),
  happened('ResponseJudged', { responseId: 'response-3', recommendationId: 'recommendation-1', reason: 'ครบถ้วน' }),
  happened('InspectionRoundClosed'),
  happened('FindingsCarried'),
  happened('InspectionRoundReopened'),
  happened('FindingReopened'),
  happened('FindingWithdrawn'),
];

/** A command by its data, from an inspector of their own unless told otherwise. */
export function asked<Type extends InspectionCommand['type']>(
  type: Type,
  data: Extract<InspectionCommand, { type: Type }>['data'],
  around: { readonly actor?: string; readonly decidedOn?: IsoDate; readonly provenance?: Provenance } = {},
): Extract<InspectionCommand, { type: Type }> {
  const told = { actor: INSPECTOR, decidedOn: TODAY, provenance: NATIVE, ...around };
  return { type, data, ...told } as unknown as Extract<InspectionCommand, { type: Type }>;
}
