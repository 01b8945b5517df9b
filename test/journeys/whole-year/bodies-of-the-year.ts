import { FIVE_LEVELS } from '@khamrap/schemes';
import { agreementBody, calendarBody, CDD, indicatorBody, targetBody } from '../bodies';

export const FISCAL_YEAR = 2569;
/** The rounds of 6, 9 and 12 months, each from the first day of the year. */
export const SPANS = {
  '6m': { from: '2025-10-01', to: '2026-03-31' },
  '9m': { from: '2025-10-01', to: '2026-06-30' },
  '12m': { from: '2025-10-01', to: '2026-09-30' },
} as const;
export type Round = keyof typeof SPANS;

export const CUT_OFF_ON = '2026-05-31';
export const { schemeId: SCHEME_ID } = FIVE_LEVELS.scheme;

/** What the recorder publishes before anybody drafts: paths and bodies, in their order. */
export const PUBLICATIONS: readonly (readonly [string, unknown])[] = [
  ['/v1/schemes', FIVE_LEVELS.scheme],
  [`/v1/schemes/${SCHEME_ID}/scoring-rules`, FIVE_LEVELS.scoringRule],
  [`/v1/schemes/${SCHEME_ID}/status-rules`, FIVE_LEVELS.statusRules],
  [`/v1/schemes/${SCHEME_ID}/calendars`, calendarBody(FISCAL_YEAR, { amendmentCutOffOn: CUT_OFF_ON })],
  [
    `/v1/schemes/${SCHEME_ID}/bands`,
    {
      bands: [
        { code: 'low', nameTh: 'ต่ำ', from: '1' },
        { code: 'middle', nameTh: 'ปานกลาง', from: '3' },
        { code: 'high', nameTh: 'สูง', from: '4' },
      ],
    },
  ],
];

export const GOAL_SET = {
  goalSetId: 'phrae-2569',
  nameTh: 'เป้าหมายร่วม จังหวัดแพร่',
  province: 'TH-54',
  fiscalYear: FISCAL_YEAR,
  goals: [
    { number: 6, nameTh: 'เมืองเก่าแพร่และส่งเสริมท่องเที่ยว' },
    { number: 8, nameTh: 'เศรษฐกิจสร้างสรรค์' },
  ],
};

export const DRAFT = agreementBody({
  title: 'คำรับรองการปฏิบัติราชการ สำนักงานพัฒนาชุมชนจังหวัดแพร่ ประจำปีงบประมาณ พ.ศ. 2569',
  fiscalYear: FISCAL_YEAR,
  fromGoalSet: GOAL_SET.goalSetId,
  scheme: { schemeId: SCHEME_ID, ruleVersion: 1, calendarVersion: 1 },
});

/** What the head makes of the goals, by the number under which people know them. */
export const INDICATORS = {
  '6': indicatorBody({ displayNumber: '6', name: 'รายได้จากการท่องเที่ยว', weight: '30', goalNumber: 6 }),
  '8': indicatorBody({ displayNumber: '8', name: 'รายได้ผลิตภัณฑ์ชุมชน', weight: '50', goalNumber: 8 }),
  '9': indicatorBody({
    displayNumber: '9',
    name: 'ร้อยละของครัวเรือนยากจน',
    weight: '20',
    unit: 'percent',
    direction: 'lower',
  }),
} as const;
export type Number = keyof typeof INDICATORS;

const levels = (round: Round, criterion: string, values: readonly string[]) =>
  targetBody({ span: SPANS[round], criterion, value: undefined, levels: values });

/** Targets of every indicator for every round. */
export const TARGETS: Readonly<Record<Number, Readonly<Record<Round, unknown>>>> = {
  '6': {
    '6m': levels('6m', 'threeAnchors', ['100', '150', '200']),
    '9m': levels('9m', 'threeAnchors', ['100', '150', '200']),
    '12m': levels('12m', 'threeAnchors', ['200', '300', '400']),
  },
  '8': {
    '6m': levels('6m', 'fiveLevels', ['10', '20', '30', '40', '50']),
    '9m': levels('9m', 'fiveLevels', ['20', '40', '60', '80', '100']),
    '12m': levels('12m', 'fiveLevels', ['20', '50', '80', '110', '140']),
  },
  '9': {
    '6m': targetBody({ span: SPANS['6m'], unit: 'percent', value: '8' }),
    '9m': targetBody({ span: SPANS['9m'], unit: 'percent', value: '6' }),
    '12m': targetBody({ span: SPANS['12m'], unit: 'percent', value: '5' }),
  },
};

/** The round in which the inspector of the zone looks into figures of the province. */
export const INSPECTION = {
  number: '1/2569',
  level: 'primeMinisterOffice',
  inspectingBody: { officeId: 'prime-minister-office' },
  fiscalYear: FISCAL_YEAR,
  zoneId: 'primeMinisterOffice-16',
  inspectedProvinces: ['TH-54'],
  days: { from: '2026-04-20' },
};

/** What the governor asked for on returning the terms. */
export const HIGHER_TARGET = levels('12m', 'fiveLevels', ['30', '60', '90', '120', '150']);
/** What was agreed on instead in May. */
export const AMENDED_TARGET = levels('12m', 'fiveLevels', ['28', '56', '84', '112', '140']);

export function amendmentBody(effectiveFrom: string, changes: readonly unknown[]) {
  return {
    officeId: CDD.officeId,
    changes,
    reason: 'ตลาดประจำอำเภอปิดสองเดือน',
    basisDocument: { reference: 'บันทึกข้อความขอเปลี่ยนแปลงค่าเป้าหมาย' },
    effectiveFrom,
  };
}
