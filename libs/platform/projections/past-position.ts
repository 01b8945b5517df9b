import type { Position } from '@khamrap/kernel';
import { readAfterToken, type EventStore } from '@khamrap/platform/event-store';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a request may wait for what it has to show. */
export const WAIT_MS = 5_000;
const LEARNED_POLL_MS = 20;

/** How fresh an answer must be, or at which point of the past it is to stand. At most one of the five. */
export interface Freshness {
  readonly minPosition?: Position;
  /** The opaque token that a command answered with. */
  readonly after?: string;
  readonly asOfPosition?: Position;
  /** RFC 3339. */
  readonly asOf?: string;
  /** RFC 3339. As of this moment, and as the public could know it, whoever asks. */
  readonly publishedBy?: string;
}

/** A position or a time was asked for that the log has not reached. */
export class NotRecordedYet extends Error {
  override readonly name = 'NotRecordedYet';
}

/** The read model has not come as far as was asked for within the time that a request may wait. */
export class NotProjectedYet extends Error {
  override readonly name = 'NotProjectedYet';
  constructor(readonly position: Position) {
    super(`the read model has not reached position ${position}`);
  }
}

/**
 * The position of the past that was asked for; undefined when the present was.
 * @throws NotRecordedYet when it lies ahead: the answer for the past is to be the same for ever
 */
export async function pastPositionOf(
  store: EventStore,
  { asOf, asOfPosition, publishedBy }: Freshness,
): Promise<Position | undefined> {
  if (asOfPosition !== undefined) {
    const head = await store.head();
    if (asOfPosition > head.position) throw new NotRecordedYet(`the log ends at position ${head.position}`);
    return asOfPosition;
  }
  // What the public could know at a moment was recorded by then.
  const moment = asOf ?? publishedBy;
  if (moment === undefined) return undefined;
  const time = Date.parse(moment);
  if (time > Date.now()) throw new NotRecordedYet('that time has not come yet');
  // In the millisecond that is now something may still be recorded: what is asked of it is answered once it is over.
  while (time === Date.now()) await delay(1);
  return store.positionAt(time);
}

/** When streams are read. */
export interface MomentOfStreams {
  /** What was recorded up to here, the answer tells. */
  readonly position: Position;
  readonly past: boolean;
  /** Up to where they are to be read; absent where all that they tell is wanted. */
  readonly until?: Position;
}

/**
 * The position from which on an answer is fresh enough; undefined where any is. Waits, bounded, for the position of a token that
 * the engine has yet to learn.
 * @throws NotRecordedYet for a token that no command of this log ever answered with, NotProjectedYet when it takes too long
 */
export async function leastPositionOf(
  store: EventStore,
  { minPosition, after }: Freshness,
  waitMs: number,
): Promise<Position | undefined> {
  if (minPosition !== undefined || after === undefined || after === '') return minPosition;
  if (!readAfterToken(after)) throw new NotRecordedYet('the token names no position of this log');
  const until = performance.now() + waitMs;
  for (;;) {
    const position = await store.positionOf(after);
    if (position !== undefined) return position;
    if (performance.now() >= until) throw new NotProjectedYet((await store.head()).position + 1);
    await delay(LEARNED_POLL_MS);
  }
}

/**
 * The moment at which streams are to be read, found before they are: whatever they tell beyond it only makes the answer newer.
 * @throws NotRecordedYet, NotProjectedYet when the log ends before `minPosition`
 */
export async function momentOfStreams(store: EventStore, freshness: Freshness): Promise<MomentOfStreams> {
  const until = await pastPositionOf(store, freshness);
  if (until !== undefined) return { position: until, past: true, until };
  const least = await leastPositionOf(store, freshness, WAIT_MS);
  const { position } = await store.head();
  if (least !== undefined && least > position) throw new NotProjectedYet(least);
  return { position, past: false };
}
