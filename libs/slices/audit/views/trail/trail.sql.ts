import type { EntityManager } from 'typeorm';
import { partOf, PART_SIZE } from './text-tokens';
import {
  isNarrow,
  TrailStatement,
  type Range,
  type TrailFilter,
  type TrailPlace,
  type TrailView,
} from './trail-statement';

/** An event that was found, with when it was published as of the standpoint. */
export interface FoundEvent {
  readonly position: number;
  readonly publishedPosition: number | null;
}

/**
 * So many positions are looked through one by one for a text, before the index is asked: a text that every tenth event has
 * fills a page there, and of any other a part of the log has few.
 */
const WALK_COUNT = 1_000;
/** How many parts of the log one statement then searches, the first time; four times as many each time after. */
const PARTS_FIRST = 1;
const PARTS_GROWTH = 4;

/** Finds events in the order of their positions, `countMax` at the most. */
export async function findTrail(
  manager: EntityManager,
  view: TrailView,
  filter: TrailFilter,
  place: TrailPlace,
): Promise<readonly FoundEvent[]> {
  const range = rangeOf(view, filter, place);
  if (filter.text === undefined || isNarrow(filter)) return find(manager, view, filter, { ...place, ...range });
  return findText(manager, view, filter, { ...place, ...range });
}

function rangeOf({ standpoint }: TrailView, filter: TrailFilter, { isAscending, after }: TrailPlace): Range {
  const { from = 0, until = standpoint.position, publishedUntil = Infinity } = filter;
  // Nothing is published before it is recorded.
  const last = Math.min(until, standpoint.position, publishedUntil);
  if (after === undefined) return { from, until: last };
  return isAscending ? { from: Math.max(from, after + 1), until: last } : { from, until: Math.min(last, after - 1) };
}

/** Windows of the log one after another, larger ones each time, until the page is full: what is found in each is sorted there. */
async function findText(
  manager: EntityManager,
  view: TrailView,
  filter: TrailFilter,
  place: TrailPlace & Range,
): Promise<readonly FoundEvent[]> {
  const found: FoundEvent[] = [];
  for (const window of windowsOf(place)) {
    const countMax = place.countMax - found.length;
    found.push(...(await find(manager, view, filter, { ...place, ...window, countMax })));
    if (found.length >= place.countMax) return found;
  }
  return found;
}

function* windowsOf({ from, until, isAscending }: Range & TrailPlace): Generator<Range & { readonly byRuns: boolean }> {
  const walked = isAscending ? from + WALK_COUNT - 1 : until - WALK_COUNT + 1;
  yield isAscending
    ? { from, until: Math.min(until, walked), byRuns: false }
    : { from: Math.max(from, walked), until, byRuns: false };
  let [first, last] = isAscending ? [walked + 1, until] : [from, walked - 1];
  for (let parts = PARTS_FIRST; first <= last; parts *= PARTS_GROWTH) {
    const window: Range = isAscending
      ? { from: first, until: Math.min(last, (partOf(first) + parts) * PART_SIZE - 1) }
      : { from: Math.max(first, (partOf(last) - parts + 1) * PART_SIZE), until: last };
    yield { ...window, byRuns: true };
    if (isAscending) first = window.until + 1;
    else last = window.from - 1;
  }
}

async function find(
  manager: EntityManager,
  view: TrailView,
  filter: TrailFilter,
  place: TrailPlace & Range & { readonly byRuns?: boolean },
): Promise<readonly FoundEvent[]> {
  if (place.from > place.until || place.countMax <= 0) return [];
  const { text, values } = new TrailStatement(view, filter, place);
  const rows = await manager.query<{ position: string; publishedPosition: string | null }[]>(text, values);
  return rows.map(({ position, publishedPosition }) => ({
    position: Number(position),
    publishedPosition: publishedPosition === null ? null : Number(publishedPosition),
  }));
}
