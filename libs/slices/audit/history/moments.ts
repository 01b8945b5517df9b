import {
  dateOfDayNumber,
  dayNumberOf,
  isIsoDate,
  parseDate,
  Rejection,
  startOfBangkokDay,
  type IsoDate,
  type Position,
} from '@khamrap/kernel';
import { CommandRejected, type EventStore } from '@khamrap/platform/event-store';
import { RequestRefused } from '@khamrap/platform/http';
import { momentOfStreams, NotRecordedYet } from '@khamrap/platform/projections';

/** The longest text of a moment: a day as people write it, in Thai. */
export const MOMENT_BYTES_MAX = 120;

export const MOMENT_DESCRIPTION =
  'A position, a day (from its beginning, to its end, in Bangkok), or a date-time by RFC 3339 with its offset';

const POSITION = /^(?:0|[1-9]\d{0,15})$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

type Moment =
  | { readonly kind: 'position'; readonly position: Position }
  | { readonly kind: 'day'; readonly day: IsoDate }
  | { readonly kind: 'time'; readonly at: string };

/** Two moments of the log: what came after the first, up to the second. */
export interface Between {
  readonly from: Position;
  readonly to: Position;
}

/**
 * The positions that two moments stand for. A day as `from` is its beginning, as `to` its end, so that the days from 1 to 1 October
 * are that day; today ends now.
 * @param now where the log ends, or stood when it is asked as of the past
 * @throws RequestRefused for what is no moment, NotRecordedYet for one that has not come, CommandRejected where they are reversed
 */
export async function momentsBetween(
  store: EventStore,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Position,
): Promise<Between> {
  const first = from === undefined ? -1 : await positionOf(store, read(from, 'from'), 'from');
  const last = to === undefined ? now : await positionOf(store, read(to, 'to'), 'to');
  if (from !== undefined && first > last)
    throw new CommandRejected(new Rejection('moments.reversed', { from: first, to: last }));
  return { from: first, to: Math.min(last, now) };
}

function read(text: string, parameter: 'from' | 'to'): Moment {
  if (POSITION.test(text) && Number.isSafeInteger(Number(text))) return { kind: 'position', position: Number(text) };
  if (DATE_TIME.test(text) && isIsoDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)))
    return { kind: 'time', at: text };
  const day = parseDate(text);
  if (day.ok) return { kind: 'day', day: day.date };
  const messages = {
    th: 'ต้องเป็นตำแหน่งในบันทึก วันที่ เช่น 2021-10-12 หรือ 12 ตุลาคม 2564 หรือเวลาตาม RFC 3339 พร้อมเขตเวลา',
    en: 'must be a position of the log, a day such as 2021-10-12 or 12 ตุลาคม 2564, or a date-time by RFC 3339 with its offset',
  };
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'isMoment', parameter, messages }] });
}

async function positionOf(store: EventStore, moment: Moment, edge: 'from' | 'to'): Promise<Position> {
  switch (moment.kind) {
    case 'position':
      return (await momentOfStreams(store, { asOfPosition: moment.position })).position;
    case 'time':
      return (await momentOfStreams(store, { asOf: moment.at })).position;
    case 'day':
      return edge === 'from' ? beginningOf(store, moment.day) : endOf(store, moment.day);
  }
}

async function beginningOf(store: EventStore, day: IsoDate): Promise<Position> {
  const before = startOfBangkokDay(day) - 1;
  return (await momentOfStreams(store, { asOf: new Date(before).toISOString() })).position;
}

async function endOf(store: EventStore, day: IsoDate): Promise<Position> {
  const last = startOfBangkokDay(dateOfDayNumber(dayNumberOf(day) + 1)) - 1;
  try {
    return (await momentOfStreams(store, { asOf: new Date(last).toISOString() })).position;
  } catch (error) {
    if (!(error instanceof NotRecordedYet)) throw error;
    // Today is told as far as it has come; a day that has not begun is not.
    await beginningOf(store, day);
    return (await store.head()).position;
  }
}
