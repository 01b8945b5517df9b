import type { IsoDate, ScoringRule } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type {
  BandsPublished,
  ReportingCalendarPublished,
  SchemeEvent,
  ScoringRulePublished,
} from '@khamrap/schemes/events';
import type { CalendarRound } from '../domain/agreement.commands';

/** Bands as one version of them was published. */
export interface PublishedBands {
  readonly bandsVersion: number;
  /** Half-open: each begins with its bound and ends below that of the next higher one. */
  readonly bands: readonly { readonly code: string; readonly from: string }[];
}

/** A reporting calendar, as far as agreements are held to it. */
export interface PublishedCalendar {
  /** Rounds in their order. */
  readonly rounds: readonly CalendarRound[];
  /** The last day on which amendments may be requested; absent where the calendar sets none. */
  readonly amendmentCutOffOn?: IsoDate;
}

/** What a scheme's own stream tells, as far as agreements are judged by it. */
export interface SchemeView {
  /** By rule version. */
  readonly rules: ReadonlyMap<number, ScoringRule>;
  /** By `calendarKey`. */
  readonly calendars: ReadonlyMap<string, PublishedCalendar>;
  /** The newest. */
  readonly bands?: PublishedBands;
}

/** Calendars are counted within their fiscal year. */
export function calendarKey(fiscalYear: number, calendarVersion: number): string {
  return `${fiscalYear}/${calendarVersion}`;
}

/** Folds a scheme's events; what agreements do not ask for is passed over. */
export function schemeView(events: readonly DecodedEvent[]): SchemeView {
  const rules = new Map<number, ScoringRule>();
  const calendars = new Map<string, PublishedCalendar>();
  let bands: PublishedBands | undefined;
  for (const decoded of events) {
    const event = decoded as unknown as SchemeEvent;
    switch (event.type) {
      case 'ScoringRulePublished':
        rules.set(event.data.ruleVersion, ruleIn(event.data));
        break;
      case 'BandsPublished':
        bands = bandsIn(event.data);
        break;
      case 'ReportingCalendarPublished': {
        const { fiscalYear, calendarVersion } = event.data;
        calendars.set(calendarKey(fiscalYear, calendarVersion), calendarIn(event.data));
        break;
      }
      case 'SchemePublished':
      case 'StatusRulesPublished':
      case 'DeadlineExtended':
      case 'ReferenceDataPublished':
        break;
    }
  }
  return { rules, calendars, ...(bands && { bands }) };
}

function ruleIn({ basis: _basis, ...rule }: ScoringRulePublished['data']): ScoringRule {
  return rule;
}

function bandsIn({ bandsVersion, bands }: BandsPublished['data']): PublishedBands {
  return { bandsVersion, bands: bands.map(({ code, from }) => ({ code, from })) };
}

function calendarIn({ rounds, amendmentCutOffOn }: ReportingCalendarPublished['data']): PublishedCalendar {
  return {
    rounds: rounds.map(({ round, span }) => ({ round, span })),
    ...(amendmentCutOffOn !== undefined && { amendmentCutOffOn }),
  };
}
