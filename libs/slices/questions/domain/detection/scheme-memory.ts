import { dayNumberOf, spanContains, spanKey, spanOfFiscalYear, toldDay, type IsoDate } from '@khamrap/kernel';
import type { CalendarRound, DeadlineExtended, SchemeEvent } from '@khamrap/schemes/events';
import { watchOfDeadline, type Finding, type Touch } from './finding';
import type { AgreementMemory, Link, ToldEvent } from './memory';

/** The events of a scheme that say when something is due, or by what it is scored. */
export const SCHEME_EVENTS = [
  'ScoringRulePublished',
  'BandsPublished',
  'ReportingCalendarPublished',
  'DeadlineExtended',
] as const satisfies readonly SchemeEvent['type'][];
export type HeardSchemeEvent = Extract<SchemeEvent, { type: (typeof SCHEME_EVENTS)[number] }>;

interface Calendar {
  readonly fiscalYear: number;
  readonly calendarVersion: number;
  readonly rounds: readonly CalendarRound[];
  readonly extensions: readonly { readonly stated: DeadlineExtended['data']; readonly link: Link }[];
}

/** What a scheme has published so far, as far as questions rest on it. */
export interface SchemeMemory {
  readonly calendars: readonly Calendar[];
  /** The scoring rule or the bands that were published last, for what takes their place. */
  readonly last: { readonly rule?: Link; readonly bands?: Link };
}

export const NO_SCHEME: SchemeMemory = { calendars: [], last: {} };

export function schemeAfter(scheme: SchemeMemory, { event, link }: ToldEvent<HeardSchemeEvent>): SchemeMemory {
  switch (event.type) {
    case 'ScoringRulePublished':
      return { ...scheme, last: { ...scheme.last, rule: link } };
    case 'BandsPublished':
      return { ...scheme, last: { ...scheme.last, bands: link } };
    case 'ReportingCalendarPublished': {
      const { fiscalYear, calendarVersion, rounds } = event.data;
      return { ...scheme, calendars: [...scheme.calendars, { fiscalYear, calendarVersion, rounds, extensions: [] }] };
    }
    case 'DeadlineExtended': {
      const { fiscalYear, calendarVersion } = event.data;
      const calendars = scheme.calendars.map((calendar) =>
        calendar.fiscalYear === fiscalYear && calendar.calendarVersion === calendarVersion
          ? { ...calendar, extensions: [...calendar.extensions, { stated: event.data, link }] }
          : calendar,
      );
      return { ...scheme, calendars };
    }
  }
}

/** When the figure of a span is due. */
export interface Deadline {
  readonly round: string;
  readonly reportDueOn: IsoDate;
  readonly graceDays: number;
  readonly watch: string;
  /** The extension that gave the day. */
  readonly extension?: Link;
}

/** The deadline of an office for a span; undefined where no calendar has a round of that span. */
export function deadlineOf(
  { calendars }: SchemeMemory,
  { heading: { scheme, fiscalYear } }: AgreementMemory,
  span: string,
  officeIds: readonly string[],
): Deadline | undefined {
  const calendar = calendars.find(
    (each) => each.fiscalYear === fiscalYear && each.calendarVersion === scheme?.calendarVersion,
  );
  const round = calendar?.rounds.find((each) => spanKey(each.span) === span);
  if (!scheme || !calendar || !round) return undefined;
  const extension = calendar.extensions.findLast(
    ({ stated }) =>
      stated.round === round.round &&
      (stated.offices.length === 0 || stated.offices.some((office) => officeIds.includes(office))),
  );
  return {
    round: round.round,
    reportDueOn: extension?.stated.reportDueOn ?? round.reportDueOn,
    graceDays: round.graceDays,
    watch: watchOfDeadline(scheme.schemeId, fiscalYear, calendar.calendarVersion, round.round),
    ...(extension && { extension: extension.link }),
  };
}

/** What the event of a scheme gives to ask, before it is taken in. What a document states later was not changed in mid-year. */
export function findInScheme(schemeId: string, scheme: SchemeMemory, told: ToldEvent<HeardSchemeEvent>): Finding[] {
  const { event, link, day, isTranscribed } = told;
  if (event.type !== 'ScoringRulePublished' && event.type !== 'BandsPublished') return [];
  const before = event.type === 'ScoringRulePublished' ? scheme.last.rule : scheme.last.bands;
  const running = scheme.calendars.find(({ fiscalYear }) => spanContains(spanOfFiscalYear(fiscalYear), day));
  if (!before || !running || isTranscribed) return [];
  const { fiscalYear } = running;
  const daysIntoYear = dayNumberOf(day) - dayNumberOf(spanOfFiscalYear(fiscalYear).from);
  const on = toldDay(day);
  const what =
    event.type === 'ScoringRulePublished'
      ? {
          th: `หลักเกณฑ์การให้คะแนนฉบับที่ ${event.data.ruleVersion}`,
          en: `Version ${event.data.ruleVersion} of the scoring rule`,
        }
      : { th: `ช่วงคะแนนฉบับที่ ${event.data.bandsVersion}`, en: `Version ${event.data.bandsVersion} of the bands` };
  return [
    {
      rule: 'scoringRuleChangedInMidYear',
      subject: [schemeId, link.eventId],
      place: { ...NOWHERE, schemeId, fiscalYear },
      restsOn: [before, link],
      measures: { daysIntoYear: String(daysIntoYear) },
      seen: {
        th: `ประกาศ${what.th} เมื่อ ${on.th} หลังเริ่มปีงบประมาณ พ.ศ. ${fiscalYear} แล้ว ${daysIntoYear} วัน`,
        en: `${what.en} was published on ${on.en}, ${daysIntoYear} days into fiscal year ${fiscalYear} B.E.`,
      },
      watch: null,
    },
  ];
}

/** What the event changes for questions that were raised before. */
export function touchedByScheme(schemeId: string, { event }: ToldEvent<HeardSchemeEvent>): Touch[] {
  if (event.type !== 'DeadlineExtended') return [];
  const { fiscalYear, calendarVersion, round, offices } = event.data;
  const watch = watchOfDeadline(schemeId, fiscalYear, calendarVersion, round);
  return [{ watch, ...(offices.length > 0 && { offices }) }];
}

const NOWHERE = {
  agreementId: null,
  officeId: null,
  province: null,
  offices: [],
  indicatorId: null,
  span: null,
  round: null,
};
