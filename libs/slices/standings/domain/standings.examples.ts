import type {
  AgreementDrafted,
  AgreementEvent,
  IndicatorAdded,
  ActualCertified,
  ActualCorrected,
  ActualReturned,
  AgreementClosed,
  EvaluationRoundClosed,
  EvaluationRoundReopened,
  ExemptionGranted,
  IndicatorCancelled,
  ResultAnnounced,
  ScoreDetermined,
  TargetAmended,
  WeightAmended,
} from '@khamrap/agreements/events';
import { isoDate, STATUSES, type Span } from '@khamrap/kernel';
import type {
  BandsPublished,
  CalendarRound,
  DeadlineExtended,
  ReportingCalendarPublished,
  ScoringRulePublished,
  StatusRulesPublished,
} from '@khamrap/schemes/events';

// What happens to agreements after they began, and to their scheme, for the specifications of standings: fiscal year 2570.

export const HALF = '6m';
export const WHOLE = '12m';
export const HALF_SPAN: Span = { from: isoDate('2026-10-01'), to: isoDate('2027-03-31') };
export const HALF_KEY = '2026-10-01..2027-03-31';
export const SECOND_HALF_KEY = '2027-04-01..2027-09-30';
export const YEAR_SPAN: Span = { from: isoDate('2026-10-01'), to: isoDate('2027-09-30') };
export const YEAR_KEY = '2026-10-01..2027-09-30';
export const SCHEME = { schemeId: 'example-2570', ruleVersion: 1, calendarVersion: 1 } as const;

const ROUND_SIX: CalendarRound = {
  round: HALF,
  nameTh: 'รอบ 6 เดือน',
  span: HALF_SPAN,
  opensOn: isoDate('2027-04-01'),
  reportDueOn: isoDate('2027-04-15'),
  certifyDueOn: isoDate('2027-04-30'),
  graceDays: 3,
};
const ROUND_TWELVE: CalendarRound = {
  round: WHOLE,
  nameTh: 'รอบ 12 เดือน',
  span: YEAR_SPAN,
  opensOn: isoDate('2027-10-01'),
  reportDueOn: isoDate('2027-10-15'),
  certifyDueOn: isoDate('2027-10-31'),
  graceDays: 0,
};

export function rulePublished(changes: Partial<ScoringRulePublished['data']> = {}): ScoringRulePublished {
  return {
    type: 'ScoringRulePublished',
    data: {
      ruleVersion: 1,
      fiveLevels: ['1', '2', '3', '4', '5'],
      threeAnchors: ['1', '3', '5'],
      between: 'linear',
      belowLowest: '1',
      single: { met: '5', notMet: '1' },
      judged: { min: '1', max: '5' },
      ...changes,
    },
  };
}
export function bandsPublished(qualityFrom = '4'): BandsPublished {
  const bands = [
    { code: 'improve', nameTh: 'ต้องปรับปรุง', from: '0' },
    { code: 'quality', nameTh: 'คุณภาพ', from: qualityFrom },
  ];
  return { type: 'BandsPublished', data: { bandsVersion: 1, bands } };
}
/** What is not certified is told as such; the score decides the rest. */
export function statusRulesPublished(
  thresholds: StatusRulesPublished['data']['thresholds'] = [
    { status: 'achieved', measure: 'score', from: '5' },
    { status: 'onTrack', measure: 'score', from: '3' },
  ],
): StatusRulesPublished {
  return { type: 'StatusRulesPublished', data: { statusRulesVersion: 1, precedence: STATUSES, thresholds } };
}
export function calendarPublished(
  changes: Partial<ReportingCalendarPublished['data']> = {},
): ReportingCalendarPublished {
  return {
    type: 'ReportingCalendarPublished',
    data: { calendarVersion: 1, fiscalYear: 2570, rounds: [ROUND_SIX, ROUND_TWELVE], ...changes },
  };
}
export function deadlineExtended(changes: Partial<DeadlineExtended['data']> = {}): DeadlineExtended {
  return {
    type: 'DeadlineExtended',
    data: {
      fiscalYear: 2570,
      calendarVersion: 1,
      round: HALF,
      reportDueOn: isoDate('2027-04-25'),
      certifyDueOn: isoDate('2027-05-10'),
      offices: [],
      reason: 'น้ำท่วม',
      ...changes,
    },
  };
}

/** The figure of an indicator, as its later events name it. */
type Place = Pick<ActualCertified['data'], 'indicatorId' | 'span' | 'officeId'>;

export function corrected(
  place: Place,
  value: string,
  changes: Partial<ActualCorrected['data']> = {},
): ActualCorrected {
  const figure = { kind: 'value', unit: 'baht', value, finality: 'final', evidence: [] } as const;
  return {
    type: 'ActualCorrected',
    data: { ...place, ...figure, reason: 'นับซ้ำ', correctedBy: 'person-keeper', ...changes },
  };
}
export function certified(place: Place, step: ActualCertified['data']['step'] = 'supervisor'): ActualCertified {
  return { type: 'ActualCertified', data: { ...place, step, certifiedBy: `person-${step}` } };
}
export function givenBack(place: Place): ActualReturned {
  const by = { step: 'supervisor', returnedBy: 'person-supervisor', comment: 'ขาดหลักฐาน' } as const;
  return { type: 'ActualReturned', data: { ...place, ...by } };
}
export function exempted(indicatorId: string, round: string = HALF): ExemptionGranted {
  const by = { officeId: 'province-1', grantedBy: 'person-governor', reason: 'ภัยพิบัติ' };
  return { type: 'ExemptionGranted', data: { indicatorId, round, ...by } };
}
const AMENDED = { amendmentId: 'amendment-1', effectiveFrom: isoDate('2027-02-01') } as const;
export function targetAmended(
  indicatorId: string,
  value: string,
  changes: Partial<TargetAmended['data']> = {},
): TargetAmended {
  return {
    type: 'TargetAmended',
    data: { ...AMENDED, indicatorId, span: HALF_KEY, unit: 'baht', value, ...changes },
  };
}
export function weightAmended(
  indicatorId: string,
  weight: string,
  changes: Partial<WeightAmended['data']> = {},
): WeightAmended {
  return { type: 'WeightAmended', data: { ...AMENDED, indicatorId, weight, ...changes } };
}
export function cancelled(indicatorId: string, fromRound: string = HALF): IndicatorCancelled {
  return { type: 'IndicatorCancelled', data: { ...AMENDED, indicatorId, fromRound } };
}

type Snapshot = EvaluationRoundClosed['data']['indicators'][number];
export function roundClosed(
  indicators: readonly Pick<Snapshot, 'indicatorId' | 'score' | 'weight' | 'standing' | 'certified' | 'reason'>[],
  changes: Partial<EvaluationRoundClosed['data']> = {},
): EvaluationRoundClosed {
  return {
    type: 'EvaluationRoundClosed',
    data: {
      round: HALF,
      span: HALF_KEY,
      revision: 1,
      closedOn: isoDate('2027-05-05'),
      closedBy: 'person-unit',
      scheme: SCHEME,
      indicators: indicators.map((indicator, index) => ({ displayNumber: `${index + 1}`, ...indicator })),
      targetsMet: 0,
      targetsJudged: 0,
      ...changes,
    },
  };
}
export function reopened(round: string = HALF): EvaluationRoundReopened {
  return {
    type: 'EvaluationRoundReopened',
    data: { round, revision: 1, reason: 'รายงานตกหล่น', reopenedBy: 'person-unit' },
  };
}
export function scoreDetermined(changes: Partial<ScoreDetermined['data']> = {}): ScoreDetermined {
  return {
    type: 'ScoreDetermined',
    data: { round: HALF, assessor: 'evaluator', score: '4.5', determinedBy: 'person-evaluator', ...changes },
  };
}
export function resultAnnounced(changes: Partial<ResultAnnounced['data']> = {}): ResultAnnounced {
  return {
    type: 'ResultAnnounced',
    data: { round: HALF, score: '4.2', band: 'quality', announcedOn: isoDate('2027-06-01'), ...changes },
  };
}
export const AGREEMENT_CLOSED: AgreementClosed = {
  type: 'AgreementClosed',
  data: { closedOn: isoDate('2027-11-30'), closedBy: 'person-unit' },
};

export const ONE = '0a000000-0000-4000-8000-000000000001';
export const TWO = '0b000000-0000-4000-8000-000000000002';
export const MAKER = { officeId: 'district-1', officeName: 'อำเภอตัวอย่าง' };
export const RECEIVER = { officeId: 'province-1', officeName: 'จังหวัดตัวอย่าง' };
export const KEEPERS = [MAKER, RECEIVER];
/** The first indicator in the first round. */
export const AT: Place = { indicatorId: ONE, span: HALF_KEY };

/** An agreement in effect by the scheme, with two indicators of weights 60 and 40 and targets of 100 for the first round. */
export function begun(
  heading: Partial<AgreementDrafted['data']> = {},
  terms: Partial<IndicatorAdded['data']> = {},
  weight = '40',
): readonly AgreementEvent[] {
  const indicator = { name: 'รายได้จากผลิตภัณฑ์ชุมชน', unit: 'baht', direction: 'higher' } as const;
  const target = { span: HALF_KEY, value: '100', unit: 'baht' } as const;
  return [
    {
      type: 'AgreementDrafted',
      data: {
        title: 'คำรับรองการปฏิบัติราชการ อำเภอตัวอย่าง',
        level: 'district',
        basis: 'signed',
        fiscalYear: 2570,
        period: YEAR_SPAN,
        parties: [
          { side: 'maker', ...MAKER },
          { side: 'receiver', ...RECEIVER },
        ],
        province: 'TH-54',
        scheme: SCHEME,
        ...heading,
      },
    },
    {
      type: 'IndicatorAdded',
      data: { ...indicator, indicatorId: ONE, displayNumber: '1', weight: '60', goalNumber: 1, ...terms },
    },
    { type: 'IndicatorAdded', data: { ...indicator, indicatorId: TWO, displayNumber: '2', weight, goalNumber: 2 } },
    { type: 'TargetSet', data: { ...target, indicatorId: ONE } },
    { type: 'TargetSet', data: { ...target, indicatorId: TWO } },
    ...(heading.basis === undefined ? [TOOK_EFFECT] : []),
  ];
}
const TOOK_EFFECT: AgreementEvent = {
  type: 'AgreementTookEffect',
  data: { effectiveOn: isoDate('2027-03-31'), termsHash: 'a'.repeat(64) },
};

export function reported(place: Place, value: string): AgreementEvent {
  const figure = { kind: 'value', unit: 'baht', value, finality: 'provisional', evidence: [] } as const;
  return { type: 'ActualReported', data: { ...place, ...figure, reportedBy: 'person-keeper' } };
}

/** By those who check what its keeper has reported. */
export function certifiedInFull(place: Place): readonly AgreementEvent[] {
  return [certified(place, 'supervisor'), certified(place, 'performanceUnit')];
}

export const SNAPSHOT = [
  { indicatorId: ONE, weight: '60', standing: 'scored', score: '4.0000', certified: 'yes' },
  { indicatorId: TWO, weight: '40', standing: 'floored', score: '1.0000', certified: 'no', reason: 'notReported' },
] as const;
export function closedWith(total: string): EvaluationRoundClosed {
  return roundClosed(SNAPSHOT, { total, band: 'improve', weightCountedPercent: '100.0000' });
}
