import { DatabaseError } from 'pg';
import { createPool } from '@khamrap/platform/database';
import { NO_STREAM, streamName, type StreamName } from '@khamrap/kernel';
import { newEvent, newEvents } from '@khamrap/testing';
import { createTestDatabase, type TestDatabase } from '../../../testing/database';
import {
  OutcomeUnknown,
  StoreUnavailable,
  type AppendOutcome,
  type AppendRequest,
  type EventStore,
  type NewEvent,
} from '../event-store';
import { AppendQueue, BATCH_LIMITS, type SubmitBatch } from './append-queue';

type Submit = SubmitBatch<AppendRequest, AppendOutcome>;
import { OpenTheLog1700000000001 } from './migrations/1700000000001-open-the-log';
import { openPostgresEventStore } from './postgres-event-store';

let streamCount = 0;
const freshStream = (): StreamName => streamName('queue', String(++streamCount));
const appendTo = (stream: StreamName, events = newEvents(1)): AppendRequest => ({
  stream,
  expectedRevision: NO_STREAM,
  events,
});
const append = (events = newEvents(1)): AppendRequest => appendTo(freshStream(), events);

/** An engine that notes its batches and answers each append with the place where it stood in its batch. */
function noting(): { readonly batches: (readonly AppendRequest[])[]; readonly submit: Submit } {
  const batches: (readonly AppendRequest[])[] = [];
  const submit: Submit = (batch) => {
    batches.push(batch);
    return Promise.resolve(batch.map((_, index) => outcome(index)));
  };
  return { batches, submit };
}

function outcome(firstPosition: number): AppendOutcome {
  return { kind: 'appended', repeated: false, firstRevision: 0, firstPosition, after: '', recordedAt: 0 };
}

describe('a batch', () => {
  test('is everything that has gathered, in order of arrival', async () => {
    const { batches, submit } = noting();
    const queue = new AppendQueue(submit);
    const requests = Array.from({ length: 5 }, () => append());
    const outcomes = await Promise.all(requests.map((request) => queue.submit(request)));
    expect(batches).toEqual([requests]);
    expect(outcomes.map((each) => 'firstPosition' in each && each.firstPosition)).toEqual([0, 1, 2, 3, 4]);
  });

  test('gathers while another is under way', async () => {
    const { batches, submit } = noting();
    const late = [append(), append()];
    const gathered: Promise<AppendOutcome>[] = [];
    const queue = new AppendQueue<AppendRequest, AppendOutcome>((batch) => {
      if (batches.length === 0) gathered.push(...late.map((request) => queue.submit(request)));
      return submit(batch);
    });
    await queue.submit(append());
    await Promise.all(gathered);
    expect(batches.map((batch) => batch.length)).toEqual([1, 2]);
  });

  test('has a stream once, and an event id once: the later one waits, and others overtake it', async () => {
    const { batches, submit } = noting();
    const queue = new AppendQueue(submit);
    const stream = freshStream();
    const event = newEvent();
    const [first, second, third] = [appendTo(stream), appendTo(stream), appendTo(stream)] as const;
    const [one, same] = [append([event]), append([event])] as const;
    const free = append();
    await Promise.all([first, second, one, third, same, free].map((request) => queue.submit(request)));
    expect(batches).toEqual([[first, one, free], [second, same], [third]]);
  });

  test('keeps the order of a stream that waits behind an event id', async () => {
    const { batches, submit } = noting();
    const queue = new AppendQueue(submit);
    const event = newEvent();
    const stream = freshStream();
    const [taken, waits, behind] = [append([event]), appendTo(stream, [event]), appendTo(stream)] as const;
    await Promise.all([taken, waits, behind].map((request) => queue.submit(request)));
    expect(batches).toEqual([[taken], [waits], [behind]]);
  });

  test.each([
    ['appends', () => append(), BATCH_LIMITS.appendCountMax],
    ['events', () => append(newEvents(400)), Math.floor(BATCH_LIMITS.eventCountMax / 400)],
    [
      'characters',
      () => append([{ ...newEvent(), body: 'x'.repeat(900_000) }]),
      Math.floor(BATCH_LIMITS.bodyCharacterCountMax / 900_000),
    ],
  ])('is bounded in its %s', async (_what, request, countMax) => {
    const { batches, submit } = noting();
    const queue = new AppendQueue(submit);
    await Promise.all(Array.from({ length: countMax + 1 }, () => queue.submit(request())));
    expect(batches.map((batch) => batch.length)).toEqual([countMax, 1]);
  });

  test('takes one append that is larger than the bounds, alone', async () => {
    const { batches, submit } = noting();
    const queue = new AppendQueue(submit);
    const large = () => append([{ ...newEvent(), body: 'x'.repeat(BATCH_LIMITS.bodyCharacterCountMax + 1) }]);
    await Promise.all([append(), large(), large(), append()].map((request) => queue.submit(request)));
    expect(batches.map((batch) => batch.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('a queue', () => {
  /** An engine that is asked, and answers when it is told how. */
  function waiting() {
    const asked: { resolve: (outcomes: AppendOutcome[]) => void; reject: (error: unknown) => void; count: number }[] =
      [];
    const submit: Submit = (batch) =>
      new Promise((resolve, reject) => asked.push({ resolve, reject, count: batch.length }));
    return { asked, queue: new AppendQueue(submit) };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('refuses what it has no room for, and keeps what it has', async () => {
    const { asked, queue } = waiting();
    const events = newEvents(1);
    const first = queue.submit(append());
    await turn();
    const kept = Array.from({ length: BATCH_LIMITS.waitingCountMax }, () => queue.submit(append(events)));
    await expect(queue.submit(append())).rejects.toBeInstanceOf(StoreUnavailable);
    const settled = Promise.allSettled([first, ...kept]);
    asked[0]!.reject(new StoreUnavailable('away'));
    expect((await settled).map(({ status }) => status)).toEqual(
      Array(BATCH_LIMITS.waitingCountMax + 1).fill('rejected'),
    );
    await expect(Promise.race([queue.submit(append()), turn()])).resolves.toBeUndefined();
  });

  test.each([
    ['it does not answer', new OutcomeUnknown('lost')],
    ['it cannot be reached', new StoreUnavailable('away')],
  ])('tells those who wait, at once, when %s: nothing of theirs was sent', async (_what, away) => {
    const { asked, queue } = waiting();
    const sent = queue.submit(append());
    await turn();
    const behind = Array.from({ length: 600 }, () => queue.submit(append()));
    const settled = Promise.allSettled([sent, ...behind]);
    asked[0]!.reject(away);
    const [first, ...others] = await settled;
    expect(first).toMatchObject({ reason: away });
    for (const each of others) expect(each).toMatchObject({ reason: { name: 'StoreUnavailable', cause: away } });
    expect(asked).toHaveLength(1);
    const after = queue.submit(append());
    await turn();
    asked[1]!.resolve([outcome(0)]);
    await expect(after).resolves.toMatchObject({ kind: 'appended' });
  });

  test('answers everything that it has taken, and only then is closed', async () => {
    const { asked, queue } = waiting();
    const taken = [queue.submit(append())];
    await turn();
    taken.push(queue.submit(append()), queue.submit(append()));
    let isClosed = false;
    const closing = queue.close().then(() => (isClosed = true));
    await expect(queue.submit(append())).rejects.toBeInstanceOf(StoreUnavailable);
    asked[0]!.resolve([outcome(0)]);
    await taken[0];
    await turn();
    expect(isClosed).toBe(false);
    asked[1]!.resolve([outcome(1), outcome(2)]);
    await expect(Promise.all(taken)).resolves.toHaveLength(3);
    await closing;
  });
});

describe('an append that PostgreSQL refuses', () => {
  let made: TestDatabase;
  let store: EventStore;
  beforeAll(async () => {
    made = await createTestDatabase({ migrations: [OpenTheLog1700000000001] });
    const { append: appendUrl, read: readUrl } = made.database.urls;
    store = await openPostgresEventStore({ appendUrl, readUrl, origin: 'queue.test/log', clock: 'system' });
  });
  afterAll(async () => {
    await store.close();
    await made.drop();
  });

  test.each([
    ['a body that no text column takes', () => append([{ ...newEvent(), body: 'a\u0000b' }])],
    ['a type that no text column takes', () => append([newEvent(), newEvent({ type: 'a\u0000b' })])],
    ['a version that is none', () => append([newEvent({ schemaVersion: 0 })])],
  ])('fails alone: %s', async (_what, bad) => {
    const good = Array.from({ length: 30 }, () => append());
    const requests = [...good.slice(0, 11), bad(), ...good.slice(11, 20), bad(), ...good.slice(20)];
    const before = await store.head();
    const settled = await Promise.allSettled(requests.map((request) => store.append(request)));
    const refused = settled.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(DatabaseError);
    expect(settled[11]!.status).toBe('rejected');
    expect(settled[21]!.status).toBe('rejected');
    expect((await store.head()).position).toBe(before.position + good.length);
    for (const { stream } of good) expect(await store.readStream(stream, 0, 2)).toHaveLength(1);
  });

  test.each([
    ['no events', { events: [] }],
    ['too many events', { events: newEvents(1_001) }],
    ['an id that is no UUID', { events: [newEvent({ eventId: 'x' })] }],
    ['no revision', { expectedRevision: Number.NaN }],
    ['a revision below none', { expectedRevision: -2 }],
    ['a part of a revision', { expectedRevision: 0.5 }],
    ['a revision beyond all', { expectedRevision: 2 ** 31 - 1 }],
  ])('is refused before it joins a batch with %s', async (_what, mistake: Partial<AppendRequest>) => {
    await expect(store.append({ ...append(), ...mistake })).rejects.toBeInstanceOf(RangeError);
  });

  test('is no repeat of two that were appended apart: it never had one place in the log', async () => {
    const [first, second] = newEvents(2) as [NewEvent, NewEvent];
    const apart = append([first]);
    await store.append(apart);
    await store.append(append());
    await store.append({ ...apart, expectedRevision: 0, events: [second] });
    await expect(store.append({ ...apart, events: [first, second] })).resolves.toEqual({
      kind: 'conflict',
      actualRevision: 1,
    });
  });

  test('for a time limit is told as the store being unavailable', async () => {
    const owner = createPool({ url: made.database.urls.migrate, size: 1, applicationName: 'spec' });
    const client = await owner.connect();
    const impatientUrl = new URL(made.database.urls.append);
    impatientUrl.searchParams.set('options', '-c lock_timeout=50');
    const impatient = await openPostgresEventStore({
      appendUrl: impatientUrl.href,
      readUrl: made.database.urls.read,
      origin: 'queue.test/log',
      clock: 'system',
    });
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM ledger.head FOR UPDATE');
      await expect(impatient.append(append())).rejects.toBeInstanceOf(StoreUnavailable);
      await client.query('ROLLBACK');
      await expect(impatient.append(append())).resolves.toMatchObject({ kind: 'appended' });
    } finally {
      client.release();
      await owner.end();
      await impatient.close();
    }
  });
});
