import { randomUUID } from 'node:crypto';
import { BEFORE_FIRST } from '@khamrap/kernel';
import type { RecordedEvent, StoredEvent } from '@khamrap/platform/event-store';
import { newEvents } from '../builders';
import {
  allRecorded,
  append,
  appendedAt,
  begin,
  countedFrom,
  freshStream,
  idsOf,
  opening,
  recorded,
  wholeLog,
} from './appends';
import { contractCase, type ContractCase } from './log-under-test';

/** An event as its stream shows it, wherever in the log it stands. */
function storedPart({ position: _position, recordedAt: _recordedAt, ...stored }: RecordedEvent): StoredEvent {
  return stored;
}

/** Streams, the log, single events, and the position of a time. */
export const reading: readonly ContractCase[] = [
  contractCase('reads a stream in pages', async ({ store }) => {
    const { stream, events } = await begin(store, 10);
    await begin(store, 3);
    const page = async (from: number, countMax: number): Promise<string[]> =>
      idsOf(await store.readStream(stream, from, countMax));
    const ids = idsOf(events);
    await expect(page(0, 4)).resolves.toEqual(ids.slice(0, 4));
    await expect(page(4, 4)).resolves.toEqual(ids.slice(4, 8));
    await expect(page(8, 4)).resolves.toEqual(ids.slice(8));
    await expect(page(9, 1)).resolves.toEqual(ids.slice(9));
    await expect(page(0, 10)).resolves.toEqual(ids);
    await expect(page(10, 4)).resolves.toEqual([]);
    await expect(page(99, 4)).resolves.toEqual([]);
  }),

  contractCase('reads nothing of a stream that does not exist', async ({ store }) => {
    await expect(store.readStream(freshStream(), 0, 10)).resolves.toEqual([]);
  }),

  contractCase(
    'reads its own append from the stream at once, at another instance too',
    async ({ store, openAnother }) => {
      const another = await openAnother();
      for (let round = 0; round < 10; round++) {
        const { stream, events } = await begin(store, 2);
        expect(idsOf(await store.readStream(stream, 0, 10))).toEqual(idsOf(events));
        expect(idsOf(await another.readStream(stream, 0, 10))).toEqual(idsOf(events));
      }
    },
  ),

  contractCase('reads the log in pages, contiguous from 0', async ({ store }) => {
    const streams = [await begin(store, 3), await begin(store, 4)];
    const last = await recorded(store, streams[1]!.events[3]!);
    const log = await wholeLog(store);
    expect(log.map((event) => event.position)).toEqual(countedFrom(0, log.length));
    expect(log.at(-1)).toEqual(last);
    for (const pageSize of [1, 3, log.length]) {
      const from = log.length - 5;
      const page = await store.readLog(from, pageSize);
      expect(page).toEqual(log.slice(from, from + pageSize));
    }
    await expect(store.readLog(log.length, 10)).resolves.toEqual([]);
    await expect(store.readLog(log.length + 100, 10)).resolves.toEqual([]);
  }),

  contractCase('shows an event the same way, however it is read', async ({ store, openAnother }) => {
    const { stream, events } = await begin(store, 2);
    const event = await recorded(store, events[1]!);
    const another = await openAnother();
    for (const reader of [store, another]) {
      await expect(reader.readStream(stream, 1, 1)).resolves.toMatchObject([storedPart(event)]);
      await expect(reader.readRecorded(stream, 1, 1)).resolves.toEqual([event]);
      await expect(reader.readLog(event.position, 1)).resolves.toEqual([event]);
      await expect(reader.readEvent(event.eventId)).resolves.toEqual(event);
    }
  }),

  contractCase('tells the position that the token of an append stands for', async ({ store, openAnother }) => {
    const request = opening(freshStream(), 3);
    const { after } = await append(store, request);
    const { position } = await recorded(store, request.events[2]!);
    await expect(store.positionOf(after)).resolves.toBe(position);
    await expect((await openAnother()).positionOf(after)).resolves.toBe(position);
    // What is recorded later is told by its event, on every engine.
    await expect(store.positionOf(`e${request.events[0]!.eventId}`)).resolves.toBe(position - 2);
    for (const foreign of ['', 'x', '-1', `e${randomUUID()}`, '99999999999999999'])
      await expect(store.positionOf(foreign)).resolves.toBeUndefined();
  }),

  contractCase('knows no event by an id that it never took', async ({ store }) => {
    await expect(store.readEvent(randomUUID())).resolves.toBeUndefined();
  }),

  contractCase('says where the log ends', async ({ store, openAnother }) => {
    const request = opening(freshStream(), 3);
    const recordedAt = await appendedAt(store, request);
    const last = await recorded(store, request.events[2]!);
    await expect(store.head()).resolves.toEqual({ position: last.position, recordedAt });
    await expect((await openAnother()).head()).resolves.toEqual({ position: last.position, recordedAt });
  }),

  contractCase('never lets recorded times run backwards', async ({ store, openAnother }) => {
    const another = await openAnother();
    const writers = Array.from({ length: 20 }, (_, index) => begin(index % 2 ? another : store, 2));
    await allRecorded(
      store,
      (await Promise.all(writers)).flatMap(({ events }) => events),
    );
    const times = (await wholeLog(store)).map((event) => event.recordedAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }),

  contractCase('finds the position of a time', async ({ store }) => {
    const { stream } = await begin(store);
    for (let revision = 0; revision < 5; revision++) {
      const request = { stream, expectedRevision: revision, events: newEvents(1) };
      await append(store, request);
      await recorded(store, request.events[0]!);
    }
    const log = await wholeLog(store);
    const first = log[0]!.recordedAt;
    const last = log.at(-1)!.recordedAt;
    await expect(store.positionAt(first - 1)).resolves.toBe(BEFORE_FIRST);
    await expect(store.positionAt(last)).resolves.toBe(log.length - 1);
    await expect(store.positionAt(last + 3_600_000)).resolves.toBe(log.length - 1);
    for (const time of new Set(log.slice(-20).flatMap(({ recordedAt }) => [recordedAt - 1, recordedAt]))) {
      const expected = log.findLast((event) => event.recordedAt <= time)?.position ?? BEFORE_FIRST;
      await expect(store.positionAt(time)).resolves.toBe(expected);
    }
  }),
];
