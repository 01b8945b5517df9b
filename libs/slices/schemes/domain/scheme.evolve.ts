import type { BandsPublished, DeadlineExtended, SchemeEvent } from './scheme.events';
import type { CalendarState, PublishedScheme, SchemeState } from './scheme.state';

/** Events that cannot have happened in this order: a fault of the log, not of a command. */
class ImpossibleHistory extends Error {
  override readonly name = 'ImpossibleHistory';
}

const NEW_SCHEME: PublishedScheme = {
  status: 'published',
  ruleVersion: 0,
  bandsVersion: 0,
  statusRulesVersion: 0,
  calendars: new Map(),
  referenceData: new Map(),
};

/**
 * Folds one event. It takes in what happened and judges nothing.
 * @throws ImpossibleHistory when there is nothing that the event could have happened to
 */
export function evolve(state: SchemeState, event: SchemeEvent): SchemeState {
  if (state.status === 'notPublished') {
    if (event.type === 'SchemePublished') return NEW_SCHEME;
    throw new ImpossibleHistory(`${event.type} before SchemePublished`);
  }
  switch (event.type) {
    case 'SchemePublished':
      throw new ImpossibleHistory('SchemePublished twice');
    case 'ScoringRulePublished':
      return { ...state, ruleVersion: event.data.ruleVersion, floor: event.data.belowLowest };
    case 'BandsPublished':
      return { ...state, bandsVersion: event.data.bandsVersion, ...lowestBoundOf(event.data) };
    case 'StatusRulesPublished':
      return { ...state, statusRulesVersion: event.data.statusRulesVersion };
    case 'ReportingCalendarPublished': {
      const { fiscalYear, calendarVersion, rounds } = event.data;
      return withCalendar(state, fiscalYear, { calendarVersion, rounds, extensions: new Map() });
    }
    case 'DeadlineExtended':
      return afterExtension(state, event.data);
    case 'ReferenceDataPublished': {
      const { name, ...published } = event.data;
      return { ...state, referenceData: new Map(state.referenceData).set(name, published) };
    }
  }
}

function lowestBoundOf({ bands: [lowest] }: BandsPublished['data']) {
  return lowest && { lowestBound: lowest.from };
}

function withCalendar(state: PublishedScheme, fiscalYear: number, calendar: CalendarState): PublishedScheme {
  return { ...state, calendars: new Map(state.calendars).set(fiscalYear, calendar) };
}

function afterExtension(state: PublishedScheme, extended: DeadlineExtended['data']): PublishedScheme {
  const { fiscalYear, round, reportDueOn, certifyDueOn, offices } = extended;
  const calendar = state.calendars.get(fiscalYear);
  if (!calendar) throw new ImpossibleHistory('DeadlineExtended before ReportingCalendarPublished');
  const ofRound = [...(calendar.extensions.get(round) ?? []), { reportDueOn, certifyDueOn, offices }];
  return withCalendar(state, fiscalYear, {
    ...calendar,
    extensions: new Map(calendar.extensions).set(round, ofRound),
  });
}
