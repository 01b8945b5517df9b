import { NO_STREAM } from '@khamrap/kernel';
import type { AppendRequest, EventStore } from '@khamrap/platform/event-store';
import { newEvent, newEvents } from '../builders';
import { orderViolations, type TimedAppend } from '../client-journal/real-time-order';
import { append, begin, countedFrom, expectStream, freshStream, opening, positionsOf, wholeStream } from './appends';
import { contractCase, type ContractCase } from './log-under-test';

const WRITERS_COUNT = 8;
const APPENDS_PER_WRITER = 25;

/** Lets several clients append to one stream at the same revision; asserts that one of them has won. */
async function expectOneWinner(stores: readonly EventStore[], requests: readonly AppendRequest[]): Promise<void> {
  const outcomes = await Promise.all(requests.map((request, index) => stores[index % stores.length]!.append(request)));
  const winners = requests.filter((_request, index) => outcomes[index]!.kind === 'appended');
  expect(winners).toHaveLength(1);
  const actualRevision = winners[0]!.expectedRevision + winners[0]!.events.length;
  for (const outcome of outcomes) {
    if (outcome.kind !== 'appended') expect(outcome).toEqual({ kind: 'conflict', actualRevision });
  }
  const stored = await wholeStream(stores[0]!, winners[0]!.stream);
  expect(stored).toHaveLength(actualRevision + 1);
  expect(stored.at(-1)!.eventId).toBe(winners[0]!.events.at(-1)!.eventId);
}

/** Appends one after another to a stream of its own, and notes when each was asked for and acknowledged. */
async function writeTimed(store: EventStore, writer: number): Promise<Omit<TimedAppend & AppendRequest, 'position'>[]> {
  const stream = freshStream();
  const appends = [];
  for (let number = 0; number < APPENDS_PER_WRITER; number++) {
    const request = { stream, expectedRevision: number + NO_STREAM, events: newEvents(1) };
    const invokedAt = performance.now();
    await append(store, request);
    appends.push({
      ...request,
      name: `writer ${writer}, append ${number}`,
      invokedAt,
      acknowledgedAt: performance.now(),
    });
  }
  return appends;
}

/** Many clients at the same time, over one instance and over two: one order, one winner, to each its own verdict. */
export const races: readonly ContractCase[] = [
  ...[2, 8, 64].map((racersCount) =>
    contractCase(`has one winner among ${racersCount} on one stream`, async ({ store }) => {
      for (let round = 0; round < 5; round++) {
        const { stream } = await begin(store);
        const racer = (): AppendRequest => ({ stream, expectedRevision: 0, events: newEvents(2) });
        await expectOneWinner([store], Array.from({ length: racersCount }, racer));
      }
    }),
  ),

  contractCase('has one winner among many over two instances', async ({ store, openAnother }) => {
    const another = await openAnother();
    for (let round = 0; round < 15; round++) {
      const { stream } = await begin(store);
      const racer = (): AppendRequest => ({ stream, expectedRevision: 0, events: newEvents(1) });
      await expectOneWinner([store, another], Array.from({ length: 16 }, racer));
    }
  }),

  contractCase('has one winner among many that begin a stream', async ({ store, openAnother }) => {
    const another = await openAnother();
    for (let round = 0; round < 15; round++) {
      const stream = freshStream();
      await expectOneWinner(
        [store, another],
        Array.from({ length: 16 }, () => opening(stream)),
      );
    }
  }),

  contractCase(
    'lets nobody pass who comes after an acknowledged append, at either instance',
    async ({ store, openAnother }) => {
      const another = await openAnother();
      const requests: AppendRequest[] = [];
      for (let round = 0; round < 40; round++) requests.push(await begin(round % 2 ? another : store));
      const positions = await positionsOf(
        store,
        requests.flatMap(({ events }) => events),
      );
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    },
  ),

  contractCase('is in real-time order under concurrent writers at two instances', async ({ store, openAnother }) => {
    const another = await openAnother();
    const writers = countedFrom(0, WRITERS_COUNT).map((writer) => writeTimed(writer % 2 ? another : store, writer));
    const written = (await Promise.all(writers)).flat();
    const positions = await positionsOf(
      store,
      written.flatMap(({ events }) => events),
    );
    expect(new Set(positions).size).toBe(WRITERS_COUNT * APPENDS_PER_WRITER);
    const timed = written.map((timedAppend, index) => ({ ...timedAppend, position: positions[index]! }));
    expect(orderViolations(timed)).toEqual([]);
  }),

  contractCase('judges each of many concurrent appends by itself', async ({ store }) => {
    const taken = (await begin(store)).events[0]!;
    const begun = await begin(store);
    const good = Array.from({ length: 60 }, () => opening(freshStream(), 2));
    const stale: AppendRequest = { stream: begun.stream, expectedRevision: 4, events: newEvents(1) };
    const stolen: AppendRequest = { ...opening(freshStream()), events: [...newEvents(1), taken] };
    const malformed: AppendRequest[] = [
      opening(freshStream(), 1_001),
      { ...opening(freshStream()), events: [{ ...newEvent(), eventId: 'not-a-uuid' }] },
      { ...opening(freshStream()), events: [newEvent(), { ...newEvent(), salt: Buffer.alloc(15) }] },
      { ...opening(freshStream()), events: [newEvent(), { ...newEvent(), bodyHash: Buffer.alloc(31) }] },
    ];

    const [first, second, third] = [good.slice(0, 20), good.slice(20, 40), good.slice(40)];
    const mixed = [...first, stale, ...malformed, ...second, stolen, ...third];
    const settled = await Promise.allSettled(mixed.map(async (request) => store.append(request)));
    const verdicts = new Map(mixed.map((request, index) => [request, settled[index]]));

    for (const request of good) {
      expect(verdicts.get(request)).toMatchObject({
        status: 'fulfilled',
        value: { kind: 'appended', repeated: false },
      });
      await expectStream(store, request.stream, request.events);
    }
    expect(verdicts.get(stale)).toEqual({ status: 'fulfilled', value: { kind: 'conflict', actualRevision: 0 } });
    expect(verdicts.get(stolen)).toEqual({ status: 'fulfilled', value: { kind: 'eventIdTaken' } });
    expect(malformed.map((request) => verdicts.get(request)?.status)).toEqual(Array(4).fill('rejected'));
    for (const { stream } of [stolen, ...malformed]) await expectStream(store, stream, []);
  }),
];
