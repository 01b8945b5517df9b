import { deadlinesOf, isFiscalYear, spanOfFiscalYear, type Rejection, type Span } from '@khamrap/kernel';
import type { ExtendDeadline, PublishReportingCalendar } from './scheme.commands';
import type { CalendarRound, DeadlineExtended, ReportingCalendarPublished } from './scheme.events';
import { refuse } from './scheme.refusals';
import type { PublishedScheme } from './scheme.state';

type Calendar = PublishReportingCalendar['data'];
type Extension = ExtendDeadline['data'];

export function decideCalendar(
  { data }: PublishReportingCalendar,
  { calendars }: PublishedScheme,
): readonly ReportingCalendarPublished[] | Rejection {
  const calendarVersion = (calendars.get(data.fiscalYear)?.calendarVersion ?? 0) + 1;
  return refusalOfCalendar(data) ?? [{ type: 'ReportingCalendarPublished', data: { ...data, calendarVersion } }];
}

export function decideExtension(
  { data }: ExtendDeadline,
  { calendars }: PublishedScheme,
): readonly DeadlineExtended[] | Rejection {
  const calendar = calendars.get(data.fiscalYear);
  if (!calendar) return refuse('calendar.unknown', { fiscalYear: data.fiscalYear }, '/fiscalYear');
  const round = calendar.rounds.find((known) => known.round === data.round);
  if (!round) return refuse('calendar.roundUnknown', { round: data.round }, '/round');
  const repeated = data.offices.findIndex((office, index) => data.offices.indexOf(office) < index);
  if (repeated >= 0) return refuse('extension.officeRepeated', {}, `/offices/${repeated}`);
  const refusal = refusalOfExtension(data, round, calendar.extensions.get(data.round) ?? []);
  if (refusal) return refusal;
  return [{ type: 'DeadlineExtended', data: { ...data, calendarVersion: calendar.calendarVersion } }];
}

/** An extension only ever moves deadlines back: of each office that it names, or of those that have none of their own. */
function refusalOfExtension(
  extension: Extension,
  round: CalendarRound,
  granted: Parameters<typeof deadlinesOf>[1],
): Rejection | undefined {
  const { reportDueOn, certifyDueOn, offices } = extension;
  if (certifyDueOn < reportDueOn) return refuse('calendar.certifyDueBeforeReport', {}, '/certifyDueOn');
  const current = (offices.length === 0 ? [undefined] : offices).map((office) => deadlinesOf(round, granted, office));
  if (current.some((deadlines) => reportDueOn < deadlines.reportDueOn)) {
    return refuse('extension.shortens', { reportDueOn }, '/reportDueOn');
  }
  if (current.some((deadlines) => certifyDueOn < deadlines.certifyDueOn)) {
    return refuse('extension.shortens', { certifyDueOn }, '/certifyDueOn');
  }
  const extendsSome = current.some(
    (deadlines) => reportDueOn > deadlines.reportDueOn || certifyDueOn > deadlines.certifyDueOn,
  );
  return extendsSome ? undefined : refuse('extension.extendsNothing');
}

function refusalOfCalendar({ fiscalYear, rounds, amendmentCutOffOn }: Calendar): Rejection | undefined {
  if (!isFiscalYear(fiscalYear)) return refuse('calendar.fiscalYearOutOfRange', { fiscalYear }, '/fiscalYear');
  if (rounds.length === 0) return refuse('calendar.roundMissing', {}, '/rounds');
  const year = spanOfFiscalYear(fiscalYear);
  for (const [index, round] of rounds.entries()) {
    const refusal = refusalOfRound(round, rounds.slice(0, index), year, `/rounds/${index}`);
    if (refusal) return refusal;
  }
  const isOutside = amendmentCutOffOn !== undefined && (amendmentCutOffOn < year.from || amendmentCutOffOn > year.to);
  return isOutside
    ? refuse('calendar.cutOffOutsideFiscalYear', { amendmentCutOffOn }, '/amendmentCutOffOn')
    : undefined;
}

function refusalOfRound(
  round: CalendarRound,
  before: readonly CalendarRound[],
  year: Span,
  pointer: string,
): Rejection | undefined {
  const { span, reportDueOn, certifyDueOn } = round;
  const facts = { round: round.round };
  const refused = (code: Parameters<typeof refuse>[0], field: string) => refuse(code, facts, `${pointer}/${field}`);
  if (before.some((other) => other.round === round.round)) return refused('calendar.roundRepeated', 'round');
  if (span.from > span.to) return refused('calendar.roundReversed', 'span');
  if (span.from < year.from || span.to > year.to) return refused('calendar.roundOutsideFiscalYear', 'span');
  if (before.some((other) => span.to <= other.span.to)) return refused('calendar.roundsOutOfOrder', 'span');
  if (before.some((other) => cutsInto(span, other.span))) return refused('calendar.roundsOverlapping', 'span');
  if (reportDueOn < span.to) return refused('calendar.dueBeforeEnd', 'reportDueOn');
  if (round.opensOn > reportDueOn) return refused('calendar.opensAfterDue', 'opensOn');
  if (certifyDueOn < reportDueOn) return refused('calendar.certifyDueBeforeReport', 'certifyDueOn');
  return round.graceDays < 0 ? refused('calendar.graceNegative', 'graceDays') : undefined;
}

/** Whether a span begins in the middle of an earlier one. It may hold it, as nine months hold six, or follow it. */
function cutsInto(span: Span, earlier: Span): boolean {
  return span.from > earlier.from && span.from <= earlier.to;
}
