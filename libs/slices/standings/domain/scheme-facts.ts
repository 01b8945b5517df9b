import type { CalendarRound, DeadlineExtended, SchemeEvent } from '@khamrap/schemes/events';
import type { Band, IsoDate, ScoringRule, StatusRules, StatusThreshold } from '@khamrap/kernel';
import type { JudgingRules } from './judgement';
import { DEFAULT_STATUS_RULES } from './status-rules';

/** What a scheme has published so far, as far as standings rest on it. */
export interface SchemeFacts {
  readonly rules: ReadonlyMap<number, ScoringRule>;
  /** The newest. */
  readonly statusRules?: StatusRules;
  /** The newest. */
  readonly bands: readonly Band[];
  readonly calendars: readonly Calendar[];
}

/** A reporting calendar with what has been extended since. */
export interface Calendar {
  readonly fiscalYear: number;
  /** Counted within the fiscal year. */
  readonly calendarVersion: number;
  /** In their order. */
  readonly rounds: readonly CalendarRound[];
  readonly extensions: readonly DeadlineExtension[];
}

export type DeadlineExtension = Pick<DeadlineExtended['data'], 'round' | 'reportDueOn' | 'certifyDueOn' | 'offices'>;

/** By what an agreement says that it is scored and reported. */
export interface SchemeOfAgreement {
  readonly schemeId: string;
  readonly ruleVersion: number;
  readonly calendarVersion: number;
}

export const NO_SCHEME_FACTS: SchemeFacts = { rules: new Map(), bands: [], calendars: [] };

/** What is known after an event; the very same object where it says nothing about standings. */
export function schemeFactsAfter(facts: SchemeFacts, event: SchemeEvent): SchemeFacts {
  switch (event.type) {
    case 'ScoringRulePublished': {
      const { basis: _basis, ...rule } = event.data;
      return { ...facts, rules: new Map([...facts.rules, [rule.ruleVersion, rule as unknown as ScoringRule]]) };
    }
    case 'BandsPublished':
      return { ...facts, bands: event.data.bands };
    case 'StatusRulesPublished': {
      const { statusRulesVersion, precedence, thresholds } = event.data;
      const statusRules = { statusRulesVersion, precedence, thresholds: thresholds as readonly StatusThreshold[] };
      return { ...facts, statusRules };
    }
    case 'ReportingCalendarPublished': {
      const { fiscalYear, calendarVersion, rounds } = event.data;
      return { ...facts, calendars: [...facts.calendars, { fiscalYear, calendarVersion, rounds, extensions: [] }] };
    }
    case 'DeadlineExtended': {
      const { fiscalYear, calendarVersion, round, reportDueOn, certifyDueOn, offices } = event.data;
      const extension = { round, reportDueOn, certifyDueOn, offices };
      const calendars = facts.calendars.map((calendar) =>
        calendar.fiscalYear === fiscalYear && calendar.calendarVersion === calendarVersion
          ? { ...calendar, extensions: [...calendar.extensions, extension] }
          : calendar,
      );
      return { ...facts, calendars };
    }
    case 'SchemePublished':
    case 'ReferenceDataPublished':
      return facts;
  }
}

/** The rules for an agreement: those of its scheme as far as they are published, else those that hold without one. */
export function judgingRulesOf(facts: SchemeFacts, scheme: SchemeOfAgreement | undefined): JudgingRules {
  return {
    statusRules: facts.statusRules ?? DEFAULT_STATUS_RULES,
    scoring: scheme && facts.rules.get(scheme.ruleVersion),
  };
}

/** The rounds by which an agreement is reported, in their order; none where no calendar is published for it. */
export function roundsOf(
  facts: SchemeFacts,
  fiscalYear: number,
  scheme: SchemeOfAgreement | undefined,
): readonly CalendarRound[] {
  const calendar = facts.calendars.find(
    (each) => each.fiscalYear === fiscalYear && each.calendarVersion === scheme?.calendarVersion,
  );
  return calendar?.rounds ?? [];
}

export interface Deadlines {
  readonly reportDueOn: IsoDate;
  readonly certifyDueOn: IsoDate;
}

/** Until when an office has to report for a round, and the others to certify: the latest extension that is meant for it counts. */
export function deadlinesOf(
  { extensions }: Pick<Calendar, 'extensions'>,
  round: CalendarRound,
  officeId: string,
): Deadlines {
  const extension = extensions.findLast(
    (each) => each.round === round.round && (each.offices.length === 0 || each.offices.includes(officeId)),
  );
  return extension ?? round;
}
