import { randomUUID } from 'node:crypto';
import { NO_STREAM, streamName, type StreamName } from '@khamrap/kernel';
import { createPool, type Database } from '@khamrap/platform/database';
import { newEvent, newEvents } from '@khamrap/testing';
import { storeUnderTest, type StoreUnderTest } from '../../../testing/eventstoredb/under-test';
import type { EventStore } from '../event-store';
import { CarriedBench } from './spec/carried-bench';

let carrier: StoreUnderTest;
let bench: CarriedBench;
let database: Database;
let store: EventStore;
beforeAll(async () => {
  carrier = await storeUnderTest();
  bench = new CarriedBench(carrier.url);
  database = await bench.database();
  store = await bench.instance(database);
});
afterAll(async () => {
  await bench.close();
  await carrier.stop();
});

/** As another instance claims an event id, which may then never append it. */
async function claimElsewhere(eventId: string, stream: StreamName, revision: number): Promise<void> {
  const pool = createPool({ url: database.urls.append, size: 1, applicationName: 'spec' });
  try {
    await pool.query('SELECT ledger.claim_event_ids($1::int4[], $2::text[], $3::int4[], $4::uuid[])', [
      [1],
      [stream],
      [revision],
      [eventId],
    ]);
  } finally {
    await pool.end();
  }
}

const fresh = (): StreamName => streamName('claimed', randomUUID());

// What instances claim and do not append, because they died or were too late, stands in nobody's way for longer than it has to.
test.each([
  ['at another revision of the same stream is left to the stream to decide', (own: StreamName) => own, 7, 'appended'],
  ['in another stream, and may still come to stand there, is taken', () => fresh(), 0, 'eventIdTaken'],
] as const)('an event that is on its way %s', async (_where, streamOf, revision, kind) => {
  const stream = fresh();
  const event = newEvent();
  await claimElsewhere(event.eventId, streamOf(stream), revision);
  const outcome = await store.append({ stream, expectedRevision: NO_STREAM, events: [event] });
  expect(outcome).toMatchObject({ kind, ...(kind === 'appended' && { repeated: false, firstRevision: 0 }) });
});

test('an event that was claimed where another has come to stand may stand elsewhere', async () => {
  const [stream, other] = [fresh(), fresh()];
  const event = newEvent();
  await store.append({ stream: other, expectedRevision: NO_STREAM, events: newEvents(1) });
  await claimElsewhere(event.eventId, other, 0);
  const outcome = await store.append({ stream, expectedRevision: NO_STREAM, events: [event] });
  expect(outcome).toMatchObject({ kind: 'appended', repeated: false, firstRevision: 0 });
});
