import {
  BETWEEN,
  code,
  decimal,
  eventSchema,
  eventVersions,
  integer,
  list,
  MEASURED_STATUSES,
  object,
  official,
  optional,
  STATUS_MEASURES,
  STATUSES,
  type EventDeclaration,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';

const names = { nameTh: official(), nameEn: optional(official()) };
/** The order, manual or letter that something rests on. */
const basis = () => optional(official());
const day = () => code<IsoDate>();

/** The scheme begins to exist: a way of scoring, with its calendars. */
const schemePublished = eventSchema('SchemePublished', 1, { ...names, basis: basis() });

/** A version of the rule by which figures become scores: the `ScoringRule` of the kernel, which says what each field means. */
const scoringRulePublished = eventSchema('ScoringRulePublished', 1, {
  /** Counted from 1 within the scheme. */
  ruleVersion: integer(),
  fiveLevels: list(decimal()),
  threeAnchors: list(decimal()),
  between: code(BETWEEN),
  belowLowest: decimal(),
  single: object({ met: decimal(), notMet: decimal() }),
  judged: object({ min: decimal(), max: decimal() }),
  basis: basis(),
});

/** A version of the bands in which totals are told, the lowest first. A band ends where the next one begins. */
const bandsPublished = eventSchema('BandsPublished', 1, {
  bandsVersion: integer(),
  bands: list(object({ code: code(), ...names, from: decimal() })),
  basis: basis(),
});

/** A version of the rules by which statuses are told: the `StatusRules` of the kernel. */
const statusRulesPublished = eventSchema('StatusRulesPublished', 1, {
  statusRulesVersion: integer(),
  precedence: list(code(STATUSES)),
  thresholds: list(
    object({ status: code(MEASURED_STATUSES), measure: code(STATUS_MEASURES), from: optional(decimal()) }),
  ),
  basis: basis(),
});

/** A version of the calendar of a fiscal year: its evaluation rounds, in their order, with their deadlines. */
const reportingCalendarPublished = eventSchema('ReportingCalendarPublished', 1, {
  /** Counted from 1 within the fiscal year. */
  calendarVersion: integer(),
  /** Number of the later year in the Buddhist Era. */
  fiscalYear: integer(),
  rounds: list(
    object({
      /** Such as `6m`. */
      round: code(),
      ...names,
      /** The days that the round judges. */
      span: object({ from: day(), to: day() }),
      opensOn: day(),
      reportDueOn: day(),
      certifyDueOn: day(),
      /** Days after a deadline on which something is not yet called late. */
      graceDays: integer(),
    }),
  ),
  /** The last day on which an amendment can be requested; absent where the calendar sets none. */
  amendmentCutOffOn: optional(day()),
  basis: basis(),
});

/** The deadlines of a round are moved back, for some offices or for all. */
const deadlineExtended = eventSchema('DeadlineExtended', 1, {
  fiscalYear: integer(),
  /** The version of the calendar that it changes; a later version has deadlines of its own. */
  calendarVersion: integer(),
  round: code(),
  reportDueOn: day(),
  certifyDueOn: day(),
  /** Identifiers of offices; none means all of them. */
  offices: list(code()),
  reason: official(),
});

/** A file that figures are read against, such as a table of provinces, by its digest. */
const referenceDataPublished = eventSchema('ReferenceDataPublished', 1, {
  name: code(),
  /** Hexadecimal. */
  sha256: code(),
  /** Who issued it, and where. */
  source: official(),
});

export type SchemePublished = EventOf<typeof schemePublished>;
export type ScoringRulePublished = EventOf<typeof scoringRulePublished>;
export type BandsPublished = EventOf<typeof bandsPublished>;
export type StatusRulesPublished = EventOf<typeof statusRulesPublished>;
export type ReportingCalendarPublished = EventOf<typeof reportingCalendarPublished>;
export type DeadlineExtended = EventOf<typeof deadlineExtended>;
export type ReferenceDataPublished = EventOf<typeof referenceDataPublished>;

/** One evaluation round of a calendar. */
export type CalendarRound = ReportingCalendarPublished['data']['rounds'][number];

/** Everything that can have happened in a stream `scheme-{id}`. */
export type SchemeEvent =
  | SchemePublished
  | ScoringRulePublished
  | BandsPublished
  | StatusRulesPublished
  | ReportingCalendarPublished
  | DeadlineExtended
  | ReferenceDataPublished;

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const schemeEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(schemePublished),
  eventVersions(scoringRulePublished),
  eventVersions(bandsPublished),
  eventVersions(statusRulesPublished),
  eventVersions(reportingCalendarPublished),
  eventVersions(deadlineExtended),
  eventVersions(referenceDataPublished),
];
