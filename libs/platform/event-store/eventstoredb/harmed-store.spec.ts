import { randomUUID } from 'node:crypto';
import { LEDGER_STREAM, NO_STREAM, streamName, type StreamName } from '@khamrap/kernel';
import type { Database } from '@khamrap/platform/database';
import { eventually, newEvent, newEvents } from '@khamrap/testing';
import { EventStoreDbServer, jsonEvent, StoreState } from '../../../testing/eventstoredb';
import { LogDamaged, StoreUnavailable, type EventStore } from '../event-store';
import { ledgerOpening } from '../ledger-opened';
import { CarriedElsewhere } from './carrier';
import { CarriedBench, writeDirectly } from './spec/carried-bench';

const STREAM = streamName('note', 'harmed');
const OTHER = streamName('note', 'other');
const QUICK = { learnForMs: 100 };

let server: EventStoreDbServer;
let bench: CarriedBench;
let database: Database;
let store: EventStore;
beforeEach(async () => {
  server = await EventStoreDbServer.start();
  bench = new CarriedBench(server.url);
  bench.closing(() => server.stop());
  database = await bench.database();
  store = await bench.instance(database, QUICK);
  writeDirectly(server.state, bench.ledger, STREAM, newEvents(4));
  await untilHead(4);
});
afterEach(() => bench.close());

async function untilHead(position: number): Promise<void> {
  await eventually(`position ${position}`, async () => ((await store.head()).position === position ? true : undefined));
}

const inStore = (stream: StreamName): string => `${bench.ledger}.${stream}`;

/** What operators are told, by the condition that every instance answers with. */
function trouble(): Promise<string> {
  return eventually('trouble', () => store.condition().trouble ?? undefined);
}

async function restartWith(state: StoreState): Promise<void> {
  await server.kill();
  server = await EventStoreDbServer.start({ state, port: server.port });
  bench.closing(() => server.stop());
}

function placeOf(revision: number) {
  return server.state.events.find(({ stream, revision: at }) => stream === inStore(STREAM) && at === BigInt(revision))!
    .position;
}

function writeOthers(state: StoreState, count: number): void {
  for (let number = 0; number < count; number++) state.writeSystemEvent('$stats', '$statsCollected', { number });
}

describe('a store that was restored to an earlier time', () => {
  it.each([
    ['and was left at an event of the ledger', 0, 0],
    ['and was left at an event of others', 3, 0],
    ['and has grown beyond where it was left', 3, 40],
  ])('%s is noticed, and nothing of it is recorded', async (_how, othersBefore, othersAfter) => {
    writeOthers(server.state, othersBefore);
    const seenAt = Date.now();
    await eventually('a look', () => (store.condition().completeUntil! > seenAt ? true : undefined));
    const restored = server.state.restoredTo(placeOf(1));
    writeDirectly(restored, bench.ledger, OTHER, newEvents(2));
    writeOthers(restored, othersAfter);
    await restartWith(restored);
    expect(await trouble()).toMatch(/another store, or was restored/);
    // Nothing is added to it that would be lost with it.
    const request = { stream: streamName('note', randomUUID()), expectedRevision: NO_STREAM, events: newEvents(1) };
    await expect(store.append(request)).rejects.toBeInstanceOf(StoreUnavailable);
    writeDirectly(restored, bench.ledger, OTHER, newEvents(2));
    const recorded = await store.readLog(0, 10);
    expect(recorded.map(({ stream }) => stream)).toEqual(['ledger', STREAM, STREAM, STREAM, STREAM]);
  });
});

describe('another store at the same address', () => {
  it.each([
    ['that is empty', () => new StoreState()],
    ['with a ledger of the same name', () => withLedger()],
    ['with another log under the same name', () => withAnotherLog()],
  ])('%s is noticed, and nothing of it is recorded', async (_what, other) => {
    await restartWith(other());
    expect(await trouble()).toMatch(/another store, or was restored/);
    expect(await store.head()).toMatchObject({ position: 4 });
    await store.close();
    await expect(bench.instance(database, QUICK)).rejects.toBeInstanceOf(CarriedElsewhere);
  });

  function withAnotherLog(): StoreState {
    const state = new StoreState();
    writeDirectly(state, bench.ledger, LEDGER_STREAM, [ledgerOpening({ origin: 'another.test/log', clock: 'system' })]);
    return state;
  }

  function withLedger(): StoreState {
    const state = new StoreState();
    writeDirectly(state, bench.ledger, STREAM, newEvents(10));
    return state;
  }
});

describe('a stream of the ledger', () => {
  const id = (): string => inStore(STREAM);

  it.each([
    ['was deleted', () => server.state.delete(id(), 'any')],
    ['was tombstoned', () => server.state.tombstone(id(), 'any')],
    ['was cut at its beginning', () => server.state.setMetadata(id(), { $tb: 2 })],
    ['was cut to its newest events', () => server.state.setMetadata(id(), { $maxCount: 1 })],
    ['was cut by age', () => server.state.setMetadata(id(), { $maxAge: 1 })],
  ])('that %s is told, is not decided upon, and can still be read', async (what, harm) => {
    harm();
    expect(await trouble()).toMatch(/ was (?:deleted|cut)/);
    expect(await store.readRecorded(STREAM, 0, 10)).toHaveLength(4);
    if (what !== 'was cut by age') await expect(store.readStream(STREAM, 0, 10)).rejects.toBeInstanceOf(LogDamaged);
    const again = { stream: STREAM, expectedRevision: NO_STREAM, events: newEvents(1) };
    const outcome = await store.append(again).catch((error: unknown) => error);
    expect(outcome).not.toMatchObject({ kind: 'appended' });
    expect(await store.head()).toMatchObject({ position: 4 });
  });
});

describe('what nobody can number', () => {
  it.each([
    [
      'an event of another program under the name of the ledger',
      async () => void server.state.append(inStore(OTHER), 'any', [jsonEvent(randomUUID(), 'OrderPlaced', {})]),
      /was not written by this program/,
    ],
    [
      'an event id that stands already',
      async () => {
        const [, standing] = await store.readLog(0, 2);
        writeDirectly(server.state, bench.ledger, OTHER, [standing!]);
      },
      /stands twice/,
    ],
    [
      'a stream with a gap',
      async () => {
        server.state.append(inStore(STREAM), 'any', [jsonEvent(randomUUID(), '$odd', {})]);
        writeDirectly(server.state, bench.ledger, STREAM, newEvents(1));
      },
      /goes on at revision 5, and was at 3/,
    ],
    [
      'an append of which the store took a part',
      async () => {
        writeDirectly(server.state, bench.ledger, OTHER, newEvents(2), 3);
        writeDirectly(server.state, bench.ledger, streamName('note', 'behind'), newEvents(1));
      },
      /an append to note-other stands in part only/,
    ],
    [
      'a body that does not fit its hash',
      async () => writeDirectly(server.state, bench.ledger, OTHER, [{ ...newEvent(), body: '{}' }]),
      /is not the one that was appended/,
    ],
  ])('%s stops the numbering with a reason, and reads go on', async (_what, write, reason) => {
    await write();
    await eventually('an error', () => (reason.test(bench.messages.join('\n')) ? true : undefined));
    expect(await trouble()).toMatch(reason);
    writeDirectly(server.state, bench.ledger, streamName('note', 'later'), newEvents(1));
    expect(await store.readLog(0, 10)).toHaveLength(5);
    expect(await store.readRecorded(STREAM, 0, 10)).toHaveLength(4);
    expect(await store.readStream(STREAM, 0, 4)).toHaveLength(4);
  });
});
