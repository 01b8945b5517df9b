/** The door for other slices: what a scheme's events say. Types only, so nothing of this slice runs elsewhere. */
export type {
  BandsPublished,
  CalendarRound,
  DeadlineExtended,
  ReferenceDataPublished,
  ReportingCalendarPublished,
  SchemeEvent,
  SchemePublished,
  ScoringRulePublished,
  StatusRulesPublished,
} from './domain/scheme.events';
