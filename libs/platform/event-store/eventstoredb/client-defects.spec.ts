import { NO_STREAM, streamName } from '@khamrap/kernel';
import type { Database } from '@khamrap/platform/database';
import { newEvents, within } from '@khamrap/testing';
import { EventStoreDbServer, failures, StoreState } from '../../../testing/eventstoredb';
import { OutcomeUnknown, StoreUnavailable, type AppendRequest, type EventStore } from '../event-store';
import { CarriedBench, wholeLog } from './spec/carried-bench';

/** More than a busy machine takes for one answer. */
const PATIENT = { silenceMsMax: 5_000, insistForMs: 10_000 };
/** An instance that tells at once what it could not find out. */
const QUICK = { silenceMsMax: 1_000, insistForMs: 10, learnForMs: 100, sequences: false };
/** A call, and what a busy machine adds. */
const BOUND_MS = 8_000;

// A rejection that nobody hears of fails these tests: Jest listens for it.
let server: EventStoreDbServer;
let bench: CarriedBench;
let database: Database;
let store: EventStore;
beforeEach(async () => {
  // Every append is a transaction of the old kind, whose commit is not where its events stand, behind 2^53.
  server = await EventStoreDbServer.start({ state: new StoreState({ transactionEvery: 1 }) });
  bench = new CarriedBench(server.url);
  bench.closing(() => server.stop());
  database = await bench.database();
  store = await bench.instance(database, PATIENT);
});
afterEach(async () => {
  server.faults.clear();
  await bench.close();
});

let streamCount = 0;
function append(count = 2): AppendRequest {
  return {
    stream: streamName('note', `defect-${streamCount++}`),
    expectedRevision: NO_STREAM,
    events: newEvents(count),
  };
}

const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  within(
    BOUND_MS,
    'an answer',
    promise.then(
      (answer) => answer,
      (error: unknown) => error,
    ),
  );

test('BatchAppend, which ends the appends of every other client of the process when it breaks, is never used', async () => {
  // Only an append over a call of its own comes to this step; the client asks for the features before it uses BatchAppend.
  const [asked, arrived, answered] = (['features.arrived', 'append.arrived', 'append.answering'] as const).map((step) =>
    server.faults.delay(step, 0, { times: Infinity }),
  );
  await Promise.all([store.append(append()), store.append(append())]);
  expect([asked?.hits, arrived?.hits, answered?.hits]).toEqual([0, 2, 2]);
});

test('one call that breaks takes no other append of the process with it', async () => {
  const other = await bench.instance(database, PATIENT);
  const held = server.faults.silence('append.stored', { times: 1 });
  const waiting = other.append(append());
  await held.struck;
  const cut = server.faults.cut('append.read', { times: 1 });
  const broken = store.append(append());
  await cut.struck;
  held.callOff();
  expect(await waiting).toMatchObject({ kind: 'appended' });
  expect(await broken).toMatchObject({ kind: 'appended' });
});

describe('a server that says nothing', () => {
  it.each(['append.arrived', 'append.stored', 'append.answering'] as const)(
    'at %s leaves the outcome of an append open, in time, and asking again settles it',
    async (step) => {
      const request = append();
      const quick = await bench.instance(database, QUICK);
      const silence = server.faults.silence(step, { times: Infinity });
      expect(await errorOf(quick.append(request))).toBeInstanceOf(OutcomeUnknown);
      silence.callOff();
      expect(await store.append(request)).toMatchObject({ kind: 'appended', firstRevision: 0 });
      expect((await wholeLog(store)).filter(({ stream }) => stream === request.stream)).toHaveLength(2);
    },
  );

  it.each(['read.arrived', 'read.first', 'read.middle', 'read.end'] as const)(
    'at %s is unavailable to who reads, in time',
    async (step) => {
      const request = append(3);
      await store.append(request);
      const quick = await bench.instance(database, QUICK);
      const silence = server.faults.silence(step, { times: Infinity });
      expect(await errorOf(quick.readStream(request.stream, 0, 10))).toBeInstanceOf(StoreUnavailable);
      silence.callOff();
      expect(await store.readStream(request.stream, 0, 10)).toHaveLength(3);
    },
  );
});

test('a read that the end of the service breaks off is not taken for a stream that ends there', async () => {
  const request = append(3);
  await store.append(request);
  const reader = await bench.instance(database, { ...PATIENT, sequences: false });
  const silence = server.faults.silence('read.middle');
  const reading = errorOf(reader.readStream(request.stream, 0, 10));
  await silence.struck;
  await reader.close();
  expect(await reading).toBeInstanceOf(StoreUnavailable);
});

test('a node that does not lead, and knows nobody who does, is asked again', async () => {
  const refused = server.faults.fail('append.arrived', failures.noLeaderInfo());
  expect(await store.append(append())).toMatchObject({ kind: 'appended' });
  expect(refused.hits).toBe(1);
});

test('places are kept to the last of their 64 bits, commit and prepare apart', async () => {
  for (let count = 0; count < 3; count++) await store.append(append());
  await wholeLog(store);
  const last = server.state.events.findLast(({ stream }) => stream.startsWith(`${bench.ledger}.`))!;
  expect(last.position.commit).not.toBe(last.position.prepare);
  expect(last.position.prepare).toBeGreaterThan(2n ** 53n);
  expect(await bench.carrier(database)).toMatchObject({
    commit: String(last.position.commit),
    prepare: String(last.position.prepare),
  });
  await store.close();
  store = await bench.instance(database, PATIENT);
  await store.append(append());
  expect(await bench.derivedAnew()).toEqual(await wholeLog(store));
});

test('a service whose store is silent ends all the same', async () => {
  const quick = await bench.instance(database, { ...QUICK, sequences: true });
  server.faults.silence('*', { times: Infinity });
  await within(BOUND_MS, 'the end', quick.close());
});
