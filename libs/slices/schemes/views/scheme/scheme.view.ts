import type { DecodedEvent } from '@khamrap/platform/event-store';
import { statedIn, type Stated } from '@khamrap/platform/http';
import type {
  BandsPublished,
  DeadlineExtended,
  ReferenceDataPublished,
  ReportingCalendarPublished,
  SchemeEvent,
  SchemePublished,
  ScoringRulePublished,
  StatusRulesPublished,
} from '../../domain/scheme.events';

export type CalendarView = ReportingCalendarPublished['data'] &
  Stated & { readonly extensions: (DeadlineExtended['data'] & Stated)[] };

/** A scheme with every version of its rules, oldest first: scores name the version that they rest on. */
export type SchemeView = SchemePublished['data'] &
  Stated & {
    readonly schemeId: string;
    readonly revision: number;
    /** Position of its last event. */
    readonly lastPosition: number;
    readonly scoringRules: (ScoringRulePublished['data'] & Stated)[];
    readonly bands: (BandsPublished['data'] & Stated)[];
    readonly statusRules: (StatusRulesPublished['data'] & Stated)[];
    readonly calendars: CalendarView[];
    readonly referenceData: (ReferenceDataPublished['data'] & Stated)[];
  };

/** Tells a scheme from its events; undefined when there are none. */
export function schemeView(schemeId: string, events: readonly DecodedEvent[]): SchemeView | undefined {
  const [first, ...later] = events;
  if (!first) return undefined;
  const last = later.at(-1) ?? first;
  const view: SchemeView = {
    schemeId,
    revision: last.revision,
    lastPosition: last.position,
    ...(first.data as unknown as SchemePublished['data']),
    stated: statedIn(first),
    scoringRules: [],
    bands: [],
    statusRules: [],
    calendars: [],
    referenceData: [],
  };
  for (const event of later) tell(view, event as unknown as SchemeEvent, { stated: statedIn(event) });
  return view;
}

function tell(view: SchemeView, event: SchemeEvent, stated: Stated): void {
  switch (event.type) {
    case 'SchemePublished':
      return;
    case 'ScoringRulePublished':
      return void view.scoringRules.push({ ...event.data, ...stated });
    case 'BandsPublished':
      return void view.bands.push({ ...event.data, ...stated });
    case 'StatusRulesPublished':
      return void view.statusRules.push({ ...event.data, ...stated });
    case 'ReportingCalendarPublished':
      return void view.calendars.push({ ...event.data, ...stated, extensions: [] });
    case 'DeadlineExtended': {
      const { fiscalYear, calendarVersion } = event.data;
      const calendar = view.calendars.find(
        (published) => published.fiscalYear === fiscalYear && published.calendarVersion === calendarVersion,
      );
      return void calendar?.extensions.push({ ...event.data, ...stated });
    }
    case 'ReferenceDataPublished':
      return void view.referenceData.push({ ...event.data, ...stated });
  }
}
