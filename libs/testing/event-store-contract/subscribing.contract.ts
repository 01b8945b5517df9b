import { BEFORE_FIRST } from '@khamrap/kernel';
import type { EventStore } from '@khamrap/platform/event-store';
import { newEvents } from '../builders';
import { append, begin, countedFrom, idsOf, recorded, wholeLog } from './appends';
import { contractCase, type ContractCase } from './log-under-test';
import { Subscriber } from './subscriber';

const WRITERS_COUNT = 16;
const APPENDS_PER_WRITER = 30;
const WAKE_UP_MS_MAX = 2_000;

/** Appends one after another, one to three events each, to a stream of its own. */
async function write(store: EventStore, appendCount = APPENDS_PER_WRITER): Promise<string[]> {
  const { stream, events } = await begin(store);
  const ids = idsOf(events);
  for (let number = 1; number < appendCount; number++) {
    const request = { stream, expectedRevision: ids.length - 1, events: newEvents(1 + (number % 3)) };
    await append(store, request);
    ids.push(...idsOf(request.events));
  }
  return ids;
}

/** Lets many write at the same time over two instances, until all is known to every reader. */
async function writeAll(store: EventStore, another: EventStore): Promise<string[]> {
  const writers = countedFrom(0, WRITERS_COUNT).map((writer) => write(writer % 2 ? another : store));
  const ids = (await Promise.all(writers)).flat();
  for (const eventId of ids) await recorded(store, { eventId });
  return ids;
}

/** Subscriptions: exact, gap-free and in order, from any position, through every hand-over. */
export const subscribing: readonly ContractCase[] = [
  contractCase('tells everything in order while many write at two instances', async ({ store, openAnother }) => {
    const another = await openAnother();
    const subscribers = [store, another, await openAnother()].map(
      (instance) => new Subscriber(instance, BEFORE_FIRST, 20),
    );
    const written = await writeAll(store, another);
    const log = await wholeLog(store);
    expect(idsOf(log)).toEqual(expect.arrayContaining(written));

    for (const subscriber of subscribers) {
      await subscriber.untilPosition(log.length - 1);
      await subscriber.stop();
      expect(subscriber.positions).toEqual(countedFrom(0, log.length));
      expect(subscriber.received).toEqual(log);
    }
  }),

  contractCase(
    'hands over from what is stored to what comes, losing and repeating nothing',
    async ({ store, openAnother }) => {
      const another = await openAnother();
      // Batches of one make the way to the end long, so that many appends fall into the hand-over.
      const starts: Subscriber[] = [];
      const writing = writeAll(store, another);
      for (let round = 0; round < 10; round++) {
        await begin(round % 2 ? another : store);
        starts.push(new Subscriber(round % 2 ? store : another, BEFORE_FIRST, round < 5 ? 1 : 50));
      }
      await writing;
      const log = await wholeLog(store);
      for (const subscriber of starts) {
        await subscriber.untilPosition(log.length - 1);
        await subscriber.stop();
        expect(subscriber.positions).toEqual(countedFrom(0, log.length));
      }
    },
  ),

  contractCase('begins behind the position that was named', async ({ store }) => {
    const { events } = await begin(store, 10);
    const middle = await recorded(store, events[4]!);
    await recorded(store, events[9]!);
    const subscriber = new Subscriber(store, middle.position);
    await subscriber.untilReceived(events[9]!.eventId);
    await subscriber.stop();
    expect(idsOf(subscriber.received)).toEqual(idsOf(events.slice(5)));
  }),

  contractCase('tells nothing old to one who has seen all', async ({ store }) => {
    await recorded(store, (await begin(store, 3)).events[2]!);
    const subscriber = new Subscriber(store, (await store.head()).position);
    const { events } = await begin(store, 2);
    await subscriber.untilReceived(events[1]!.eventId);
    await subscriber.stop();
    expect(idsOf(subscriber.received)).toEqual(idsOf(events));
  }),

  contractCase('goes on where the last one ended', async ({ store, openAnother }) => {
    const another = await openAnother();
    const after = (await store.head()).position;
    const writing = writeAll(store, another);
    let seen = after;
    const positions: number[] = [];
    for (let round = 0; round < 8; round++) {
      const subscriber = new Subscriber(round % 2 ? another : store, seen, 7);
      await subscriber.untilPosition(seen + 20);
      await subscriber.stop();
      positions.push(...subscriber.positions);
      seen = positions.at(-1)!;
    }
    await writing;
    expect(positions).toEqual(countedFrom(after + 1, positions.length));
  }),

  contractCase('never tells more at once than was asked for, and never an empty batch', async ({ store }) => {
    const { events } = await begin(store, 25);
    const last = await recorded(store, events[24]!);
    const subscriber = new Subscriber(store, last.position - 25, 10);
    await subscriber.untilPosition(last.position);
    await subscriber.stop();
    expect(Math.max(...subscriber.batchCounts)).toBeLessThanOrEqual(10);
    expect(Math.min(...subscriber.batchCounts)).toBeGreaterThan(0);
    expect(subscriber.positions).toEqual(countedFrom(last.position - 24, 25));
  }),

  contractCase('wakes up soon when another instance has appended', async ({ store, openAnother }) => {
    const another = await openAnother();
    await recorded(store, (await begin(store)).events[0]!);
    const subscriber = new Subscriber(store, (await store.head()).position);
    for (let round = 0; round < 5; round++) {
      const { events } = await begin(another);
      await subscriber.untilReceived(events[0]!.eventId, WAKE_UP_MS_MAX);
    }
    await subscriber.stop();
  }),

  contractCase('ends when it is told to, while it waits and before it has begun', async ({ store }) => {
    await recorded(store, (await begin(store)).events[0]!);
    const waiting = new Subscriber(store, (await store.head()).position);
    await waiting.stop();
    expect(waiting.received).toEqual([]);

    const reading = new Subscriber(store, BEFORE_FIRST, 1);
    await reading.stop();
    expect(reading.positions).toEqual(countedFrom(0, reading.positions.length));
  }),

  contractCase('waits for a slow reader without losing anything', async ({ store, openAnother }) => {
    const another = await openAnother();
    const after = (await store.head()).position;
    const end = new AbortController();
    const positions: number[] = [];
    await write(another, 4);
    for await (const batch of store.subscribe({ after, batchCountMax: 3, signal: end.signal })) {
      positions.push(...batch.map((event) => event.position));
      // The log grows while the reader is busy with each of the first batches.
      if (positions.length < 60) await write(another, 4);
      else end.abort();
    }
    expect(positions).toEqual(countedFrom(after + 1, positions.length));
  }),
];
