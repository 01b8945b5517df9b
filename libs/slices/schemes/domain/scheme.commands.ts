import type {
  BandsPublished,
  DeadlineExtended,
  ReferenceDataPublished,
  ReportingCalendarPublished,
  SchemePublished,
  ScoringRulePublished,
  StatusRulesPublished,
} from './scheme.events';

export type SchemeCommand =
  | PublishScheme
  | PublishScoringRule
  | PublishBands
  | PublishStatusRules
  | PublishReportingCalendar
  | ExtendDeadline
  | PublishReferenceData;

/** Names a scheme; its rules and calendars follow. */
export interface PublishScheme {
  readonly type: 'PublishScheme';
  readonly data: SchemePublished['data'];
}

// Versions are counted by the rules, never by the one who publishes.

/** Publishes the next version of the scoring rule. */
export interface PublishScoringRule {
  readonly type: 'PublishScoringRule';
  readonly data: Omit<ScoringRulePublished['data'], 'ruleVersion'>;
}

/** Publishes the next version of the bands. */
export interface PublishBands {
  readonly type: 'PublishBands';
  readonly data: Omit<BandsPublished['data'], 'bandsVersion'>;
}

/** Publishes the next version of the rules of statuses. */
export interface PublishStatusRules {
  readonly type: 'PublishStatusRules';
  readonly data: Omit<StatusRulesPublished['data'], 'statusRulesVersion'>;
}

/** Publishes the next version of a fiscal year's calendar. */
export interface PublishReportingCalendar {
  readonly type: 'PublishReportingCalendar';
  readonly data: Omit<ReportingCalendarPublished['data'], 'calendarVersion'>;
}

/** Moves the deadlines of a round in the calendar as it is. */
export interface ExtendDeadline {
  readonly type: 'ExtendDeadline';
  readonly data: Omit<DeadlineExtended['data'], 'calendarVersion'>;
}

/** Publishes the digest of reference data; the same again changes nothing. */
export interface PublishReferenceData {
  readonly type: 'PublishReferenceData';
  readonly data: ReferenceDataPublished['data'];
}
