import { NO_STREAM, streamName } from '@khamrap/kernel';
import { newEvent, newEvents } from '../builders';
import { allRecorded, append, begin, countedFrom, expectStream, freshStream, opening, recorded } from './appends';
import { contractCase, type ContractCase } from './log-under-test';

const STREAM_NAME_LENGTH_MAX = 200;
const EVENTS_COUNT_MAX = 1_000;

/** What an append does to a stream, and what the expected revision forbids. */
export const appending: readonly ContractCase[] = [
  contractCase('begins a stream, and says where the events came to stand', async ({ store }) => {
    const request = opening(freshStream(), 3);
    const outcome = await append(store, request);

    expect(outcome).toMatchObject({ repeated: false, firstRevision: 0 });
    expect(typeof outcome.after).toBe('string');
    const stored = await allRecorded(store, request.events);
    const first = stored[0]?.position as number;
    expect([null, first]).toContain(outcome.firstPosition);
    expect(stored.map((event) => event.position)).toEqual(countedFrom(first, 3));
    expect(stored.map((event) => event.revision)).toEqual([0, 1, 2]);
    expect(stored.map((event) => event.stream)).toEqual(Array(3).fill(request.stream));
    const times = new Set(stored.map((event) => event.recordedAt));
    expect(times.size).toBe(1);
    expect([null, ...times]).toContain(outcome.recordedAt);
  }),

  contractCase('goes on at the exact revision', async ({ store }) => {
    const first = await begin(store, 2);
    const second = { stream: first.stream, expectedRevision: 1, events: newEvents(2) };
    await append(store, second);
    await expectStream(store, first.stream, [...first.events, ...second.events]);
  }),

  contractCase('gives every event the next position, whatever its stream', async ({ store }) => {
    const before = await recorded(store, (await begin(store)).events[0]!);
    const requests = [await begin(store, 1), await begin(store, 3), await begin(store, 2)];
    const positions = (
      await allRecorded(
        store,
        requests.flatMap(({ events }) => events),
      )
    ).map(({ position }) => position);
    expect(positions).toEqual(countedFrom(before.position + 1, 6));
  }),

  contractCase('refuses to begin a stream that exists', async ({ store }) => {
    const first = await begin(store, 2);
    await expect(store.append(opening(first.stream))).resolves.toEqual({ kind: 'conflict', actualRevision: 1 });
    await expectStream(store, first.stream, first.events);
  }),

  contractCase('refuses a revision that is too low', async ({ store }) => {
    const first = await begin(store, 3);
    const late = { stream: first.stream, expectedRevision: 1, events: newEvents(1) };
    await expect(store.append(late)).resolves.toEqual({ kind: 'conflict', actualRevision: 2 });
    await expectStream(store, first.stream, first.events);
  }),

  contractCase('refuses a revision that is too high', async ({ store }) => {
    const first = await begin(store, 1);
    const early = { stream: first.stream, expectedRevision: 1, events: newEvents(1) };
    await expect(store.append(early)).resolves.toEqual({ kind: 'conflict', actualRevision: 0 });
    await expectStream(store, first.stream, first.events);
  }),

  contractCase('refuses any revision of a stream that does not exist', async ({ store }) => {
    const stream = freshStream();
    for (const expectedRevision of [0, 7]) {
      const outcome = await store.append({ stream, expectedRevision, events: newEvents(1) });
      expect(outcome).toEqual({ kind: 'conflict', actualRevision: NO_STREAM });
    }
    await expectStream(store, stream, []);
  }),

  contractCase('takes no position for what it refuses', async ({ store }) => {
    const first = await begin(store);
    await store.append({ stream: first.stream, expectedRevision: 5, events: newEvents(4) });
    const next = await begin(store);
    const before = await recorded(store, first.events[0]!);
    const after = await recorded(store, next.events[0]!);
    expect(after.position).toBe(before.position + 1);
  }),

  contractCase('keeps streams apart whose names are nearly the same', async ({ store }) => {
    const id = freshStream().replace('contract-', '');
    const names = [`${id}.a`, `${id}.A`, `${id}.a.a`, `${id}_a`, id];
    const requests = names.map((name) => opening(streamName('contract', name)));
    for (const request of requests) await append(store, request);
    for (const request of requests) await expectStream(store, request.stream, request.events);
  }),

  contractCase('takes the longest name that a stream can have', async ({ store }) => {
    const category = 'contract';
    const id = freshStream()
      .replace('contract-', '')
      .padEnd(STREAM_NAME_LENGTH_MAX - category.length - 1, 'x');
    const request = opening(streamName(category, id));
    await append(store, request);
    await expectStream(store, request.stream, request.events);
  }),

  contractCase('refuses an append of no events, and one of too many', async ({ store }) => {
    const stream = freshStream();
    for (const eventCount of [0, EVENTS_COUNT_MAX + 1]) {
      await expect((async () => store.append(opening(stream, eventCount)))()).rejects.toThrow();
    }
    await expectStream(store, stream, []);
  }),

  contractCase('refuses an append that names one event id twice, and stores nothing of it', async ({ store }) => {
    const stream = freshStream();
    const twice = newEvent();
    const events = [newEvent(), twice, { ...newEvent(), eventId: twice.eventId }];
    const outcome = await store.append({ stream, expectedRevision: NO_STREAM, events }).catch(() => undefined);
    expect(outcome?.kind).not.toBe('appended');
    await expectStream(store, stream, []);
  }),
];
