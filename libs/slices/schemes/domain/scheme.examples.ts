import { isoDate, STATUSES } from '@khamrap/kernel';
import type {
  ExtendDeadline,
  PublishBands,
  PublishReferenceData,
  PublishReportingCalendar,
  PublishScheme,
  PublishScoringRule,
  PublishStatusRules,
} from './scheme.commands';
import type {
  BandsPublished,
  CalendarRound,
  DeadlineExtended,
  ReferenceDataPublished,
  ReportingCalendarPublished,
  SchemeEvent,
  SchemePublished,
  ScoringRulePublished,
  StatusRulesPublished,
} from './scheme.events';

// A scheme for specs, every field of every event in it; each can be changed in the one respect that a specification is about.

const BASIS = 'หนังสือเวียนตัวอย่าง';

const SCHEME: SchemePublished['data'] = { nameTh: 'ระบบประเมินตัวอย่าง', nameEn: 'Example scheme', basis: BASIS };

const RULE: PublishScoringRule['data'] = {
  fiveLevels: ['1', '2', '3', '4', '5'],
  threeAnchors: ['1', '3', '5'],
  between: 'linear',
  belowLowest: '0',
  single: { met: '5', notMet: '1' },
  judged: { min: '0', max: '5' },
  basis: BASIS,
};

const BANDS: PublishBands['data'] = {
  bands: [
    { code: 'improve', nameTh: 'ต้องปรับปรุง', nameEn: 'To be improved', from: '0' },
    { code: 'quality', nameTh: 'คุณภาพ', nameEn: 'Quality', from: '3.0001' },
  ],
  basis: BASIS,
};

const STATUS_RULES: PublishStatusRules['data'] = {
  precedence: STATUSES,
  thresholds: [
    { status: 'achieved', measure: 'targetMet' },
    { status: 'onTrack', measure: 'score', from: '3' },
    { status: 'atRisk', measure: 'score', from: '2' },
    { status: 'atRisk', measure: 'attainmentPercent', from: '80' },
  ],
  basis: BASIS,
};

export const SIX_MONTHS: CalendarRound = {
  round: '6m',
  nameTh: 'รอบ 6 เดือน',
  nameEn: 'Six months',
  span: { from: isoDate('2021-10-01'), to: isoDate('2022-03-31') },
  opensOn: isoDate('2022-04-01'),
  reportDueOn: isoDate('2022-04-15'),
  certifyDueOn: isoDate('2022-04-30'),
  graceDays: 3,
};
export const TWELVE_MONTHS: CalendarRound = {
  round: '12m',
  nameTh: 'รอบ 12 เดือน',
  nameEn: 'Twelve months',
  span: { from: isoDate('2021-10-01'), to: isoDate('2022-09-30') },
  opensOn: isoDate('2022-09-15'),
  reportDueOn: isoDate('2022-10-15'),
  certifyDueOn: isoDate('2022-10-31'),
  graceDays: 0,
};

const CALENDAR: PublishReportingCalendar['data'] = {
  fiscalYear: 2565,
  rounds: [SIX_MONTHS, TWELVE_MONTHS],
  amendmentCutOffOn: isoDate('2022-02-28'),
  basis: BASIS,
};

const EXTENSION: ExtendDeadline['data'] = {
  fiscalYear: 2565,
  round: '6m',
  reportDueOn: isoDate('2022-04-22'),
  certifyDueOn: isoDate('2022-05-07'),
  offices: ['phrae-cdd'],
  reason: 'น้ำท่วม',
};

const REFERENCE: ReferenceDataPublished['data'] = {
  name: 'provinces',
  sha256: 'a'.repeat(64),
  source: 'ทะเบียนจังหวัดตัวอย่าง',
};

export function schemePublished(changes: Partial<SchemePublished['data']> = {}): SchemePublished {
  return { type: 'SchemePublished', data: { ...SCHEME, ...changes } };
}
export function scoringRulePublished(changes: Partial<ScoringRulePublished['data']> = {}): ScoringRulePublished {
  return { type: 'ScoringRulePublished', data: { ...RULE, ruleVersion: 1, ...changes } };
}
export function bandsPublished(changes: Partial<BandsPublished['data']> = {}): BandsPublished {
  return { type: 'BandsPublished', data: { ...BANDS, bandsVersion: 1, ...changes } };
}
export function statusRulesPublished(changes: Partial<StatusRulesPublished['data']> = {}): StatusRulesPublished {
  return { type: 'StatusRulesPublished', data: { ...STATUS_RULES, statusRulesVersion: 1, ...changes } };
}
export function calendarPublished(
  changes: Partial<ReportingCalendarPublished['data']> = {},
): ReportingCalendarPublished {
  return { type: 'ReportingCalendarPublished', data: { ...CALENDAR, calendarVersion: 1, ...changes } };
}
export function deadlineExtended(changes: Partial<DeadlineExtended['data']> = {}): DeadlineExtended {
  return { type: 'DeadlineExtended', data: { ...EXTENSION, calendarVersion: 1, ...changes } };
}
export function referenceDataPublished(changes: Partial<ReferenceDataPublished['data']> = {}): ReferenceDataPublished {
  return { type: 'ReferenceDataPublished', data: { ...REFERENCE, ...changes } };
}

/** A whole scheme: every event, with every field that it can hold. */
export const WHOLE_SCHEME: readonly SchemeEvent[] = [
  schemePublished(),
  scoringRulePublished(),
  bandsPublished(),
  statusRulesPublished(),
  calendarPublished(),
  deadlineExtended(),
  referenceDataPublished(),
];

export function publishScheme(changes: Partial<PublishScheme['data']> = {}): PublishScheme {
  return { type: 'PublishScheme', data: { ...SCHEME, ...changes } };
}
export function publishScoringRule(changes: Partial<PublishScoringRule['data']> = {}): PublishScoringRule {
  return { type: 'PublishScoringRule', data: { ...RULE, ...changes } };
}
export function publishBands(changes: Partial<PublishBands['data']> = {}): PublishBands {
  return { type: 'PublishBands', data: { ...BANDS, ...changes } };
}
export function publishStatusRules(changes: Partial<PublishStatusRules['data']> = {}): PublishStatusRules {
  return { type: 'PublishStatusRules', data: { ...STATUS_RULES, ...changes } };
}
export function publishCalendar(changes: Partial<PublishReportingCalendar['data']> = {}): PublishReportingCalendar {
  return { type: 'PublishReportingCalendar', data: { ...CALENDAR, ...changes } };
}
export function extendDeadline(changes: Partial<ExtendDeadline['data']> = {}): ExtendDeadline {
  return { type: 'ExtendDeadline', data: { ...EXTENSION, ...changes } };
}
export function publishReferenceData(changes: Partial<PublishReferenceData['data']> = {}): PublishReferenceData {
  return { type: 'PublishReferenceData', data: { ...REFERENCE, ...changes } };
}
