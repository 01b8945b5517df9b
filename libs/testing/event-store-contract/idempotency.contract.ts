import { NO_STREAM } from '@khamrap/kernel';
import type { AppendRequest, EventStore, NewEvent } from '@khamrap/platform/event-store';
import { newEvent, newEvents } from '../builders';
import { append, begin, expectStream, freshStream, opening, recorded, type Appended } from './appends';
import { contractCase, type ContractCase } from './log-under-test';

/** Asserts that a repeat is answered as the first time was, and that the log did not grow. */
async function expectRepeat(store: EventStore, request: AppendRequest, first: Appended): Promise<void> {
  const headBefore = await store.head();
  const repeat = await append(store, request);
  expect(repeat).toMatchObject({ repeated: true, firstRevision: first.firstRevision });
  // An engine that learns positions later may know by now what it did not know the first time.
  const { position, recordedAt } = await recorded(store, request.events[0]!);
  for (const outcome of [first, repeat]) {
    expect([null, position]).toContain(outcome.firstPosition);
    expect([null, recordedAt]).toContain(outcome.recordedAt);
  }
  expect(await store.head()).toEqual(headBefore);
}

/** The same append again answers as the first time and stores nothing: what makes an unknown outcome harmless. */
export const idempotency: readonly ContractCase[] = [
  contractCase('answers the same append again as the first time', async ({ store }) => {
    const request = opening(freshStream(), 3);
    const first = await append(store, request);
    expect(first.repeated).toBe(false);
    await recorded(store, request.events[2]!);
    await expectRepeat(store, request, first);
    await expectRepeat(store, request, first);
    await expectStream(store, request.stream, request.events);
  }),

  contractCase('answers it after the stream has moved on', async ({ store }) => {
    const opened = await begin(store, 2);
    const request = { stream: opened.stream, expectedRevision: 1, events: newEvents(2) };
    const first = await append(store, request);
    const later = { stream: opened.stream, expectedRevision: 3, events: newEvents(5) };
    await append(store, later);
    await recorded(store, later.events[4]!);
    await expectRepeat(store, request, first);
    await expectStream(store, request.stream, [...opened.events, ...request.events, ...later.events]);
  }),

  contractCase('answers it at another instance', async ({ store, openAnother }) => {
    const request = opening(freshStream(), 2);
    const first = await append(store, request);
    await recorded(store, request.events[1]!);
    const another = await openAnother();
    await expectRepeat(another, request, first);
    await expectStream(another, request.stream, request.events);
  }),

  contractCase('stores it once when it is submitted twice at the same time', async ({ store, openAnother }) => {
    const another = await openAnother();
    for (let round = 0; round < 20; round++) {
      const request = opening(freshStream(), 2);
      const outcomes = await Promise.all([append(store, request), append(round % 2 ? another : store, request)]);
      expect(outcomes.filter((outcome) => outcome.repeated)).toHaveLength(1);
      const { position, recordedAt } = await recorded(store, request.events[0]!);
      for (const { firstPosition, recordedAt: told } of outcomes) {
        expect([null, position]).toContain(firstPosition);
        expect([null, recordedAt]).toContain(told);
      }
      await expectStream(store, request.stream, request.events);
    }
  }),

  contractCase('refuses an append that agrees with a stored one only in part', async ({ store }) => {
    const opened = await begin(store, 1);
    const [first, second] = newEvents(2) as [ReturnType<typeof newEvent>, ReturnType<typeof newEvent>];
    const stored = { stream: opened.stream, expectedRevision: 0, events: [first, second] };
    await append(store, stored);
    const conflict = { kind: 'conflict', actualRevision: 2 };
    for (const events of [
      [first, newEvent()],
      [newEvent(), second],
      [second, first],
      [first, second, newEvent()],
    ]) {
      await expect(store.append({ ...stored, events })).resolves.toEqual(conflict);
    }
    await expectStream(store, stored.stream, [...opened.events, ...stored.events]);
  }),

  contractCase('takes events of the same ids at other revisions for no repeat', async ({ store }) => {
    const opened = await begin(store, 2);
    const again = { ...opened, expectedRevision: 1 };
    await expect(store.append(again)).resolves.toEqual({ kind: 'eventIdTaken' });
    await expectStream(store, opened.stream, opened.events);
  }),

  contractCase('refuses an event id that stands in another stream', async ({ store }) => {
    const elsewhere = await begin(store, 2);
    const opened = await begin(store, 1);
    const events = [newEvent(), elsewhere.events[1]!, newEvent()];
    const refused = { stream: opened.stream, expectedRevision: 0, events };
    await expect(store.append(refused)).resolves.toEqual({ kind: 'eventIdTaken' });
    await expectStream(store, opened.stream, opened.events);
    await expectStream(store, elsewhere.stream, elsewhere.events);
  }),

  contractCase(
    'lets one of two streams have an event id that both want at the same time',
    async ({ store, openAnother }) => {
      const another = await openAnother();
      for (let round = 0; round < 20; round++) {
        const wanted = newEvent();
        const requests = [freshStream(), freshStream()].map((stream) => ({ ...opening(stream), events: [wanted] }));
        const outcomes = await Promise.all([
          store.append(requests[0]!),
          (round % 2 ? another : store).append(requests[1]!),
        ]);
        expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['appended', 'eventIdTaken']);
        const winner = outcomes[0].kind === 'appended' ? 0 : 1;
        await expectStream(store, requests[winner]!.stream, [wanted]);
        await expectStream(store, requests[1 - winner]!.stream, []);
      }
    },
  ),

  contractCase(
    'lets the stream decide between two places in it that one event is wanted at',
    async ({ store, openAnother }) => {
      const another = await openAnother();
      for (let round = 0; round < 20; round++) {
        const { stream, events: opened } = await begin(store);
        const [other, wanted] = newEvents(2) as [NewEvent, NewEvent];
        const requests = [[wanted], [other, wanted]].map((events) => ({ stream, expectedRevision: 0, events }));
        const outcomes = await Promise.all([
          store.append(requests[0]!),
          (round % 2 ? another : store).append(requests[1]!),
        ]);
        const winner = outcomes[0].kind === 'appended' ? 0 : 1;
        const { events } = requests[winner]!;
        // Whoever is told that the stream has moved on looks again, and finds what stands; a taken id would be an error of theirs.
        expect([outcomes[winner].kind, outcomes[1 - winner]]).toEqual([
          'appended',
          { kind: 'conflict', actualRevision: events.length },
        ]);
        await expectStream(store, stream, [...opened, ...events]);
      }
    },
  ),

  contractCase('stores an append of several events whole or not at all', async ({ store }) => {
    const taken = (await begin(store)).events[0]!;
    for (const place of [0, 5, 9]) {
      const events = newEvents(10);
      events[place] = { ...events[place]!, eventId: taken.eventId };
      const stream = freshStream();
      await expect(store.append({ stream, expectedRevision: NO_STREAM, events })).resolves.toEqual({
        kind: 'eventIdTaken',
      });
      await expectStream(store, stream, []);
      for (const event of events.filter(({ eventId }) => eventId !== taken.eventId)) {
        await expect(store.readEvent(event.eventId)).resolves.toBeUndefined();
      }
    }
  }),
];
