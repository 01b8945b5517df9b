import { Client } from 'pg';
import { BEFORE_FIRST, type Position, type StreamName } from '@khamrap/kernel';
import { within } from '@khamrap/testing';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../../testing/ledger-under-test';
import { LogDamaged, type EventStore } from '../event-store';

const WAIT_MS = 5_000;

let log: LedgerUnderTest;
let instance: LedgerInstance;
let stream: StreamName;
beforeEach(async () => {
  log = await LedgerUnderTest.open();
  instance = await log.instance();
  stream = freshTally();
  await instance.add(freshTally(), [1, 2]);
  await instance.add(stream, [1, 2, 3, 4]);
});
afterEach(() => log.dispose());

/** What only the owner of the tables can do, and only when he takes the locks off before. */
async function tamper(sql: string): Promise<void> {
  const client = new Client({ connectionString: log.database.urls.migrate });
  await client.connect();
  try {
    await client.query(`BEGIN; ALTER TABLE ledger.event DISABLE TRIGGER USER; ${sql};
                        ALTER TABLE ledger.event ENABLE TRIGGER USER; COMMIT`);
  } finally {
    await client.end();
  }
}

const remove = (position: Position) => tamper(`DELETE FROM ledger.event WHERE position = ${position}`);

/** The positions that a subscriber sees, and how its subscription ends. */
async function subscribed(store: EventStore, after: Position, batchCountMax: number) {
  const seen: Position[] = [];
  const { signal } = new AbortController();
  try {
    for await (const batch of store.subscribe({ after, batchCountMax, signal })) {
      seen.push(...batch.map(({ position }) => position));
    }
  } catch (error) {
    return { seen, error };
  }
  return { seen };
}

describe('a log from which an event was removed', () => {
  const REMOVED = 4;
  beforeEach(() => remove(REMOVED));

  test.each([0, 1, REMOVED - 1, REMOVED])('is not read over the gap, from %i on', async (from) => {
    await expect(instance.store.readLog(from, 100)).rejects.toBeInstanceOf(LogDamaged);
  });

  test('is read as far as it is whole, and behind the gap', async () => {
    await expect(instance.store.readLog(0, REMOVED)).resolves.toHaveLength(REMOVED);
    await expect(instance.store.readLog(REMOVED + 1, 100)).resolves.toHaveLength(2);
  });

  test.each([
    [100, []],
    [REMOVED, [0, 1, 2, 3]],
    [2, [0, 1, 2, 3]],
  ])('stops a subscription in batches of %i', async (batchCountMax, positions) => {
    const { seen, error } = await within(WAIT_MS, 'the end', subscribed(instance.store, BEFORE_FIRST, batchCountMax));
    expect(error).toBeInstanceOf(LogDamaged);
    expect(seen).toEqual(positions);
  });

  test('does not give its streams to anybody as if they were whole', async () => {
    await expect(instance.store.readStream(stream, 0, 100)).rejects.toBeInstanceOf(LogDamaged);
    await expect(instance.ledger.history(stream)).rejects.toBeInstanceOf(LogDamaged);
    const started = await log.instance();
    await expect(started.add(stream, [1])).rejects.toBeInstanceOf(LogDamaged);
  });
});

test('an end that was removed is a gap as soon as something is appended', async () => {
  const { position: last } = await instance.store.head();
  await remove(last);
  await expect(instance.store.readLog(last, 10)).resolves.toEqual([]);
  await instance.add(freshTally(), [1]);
  await expect(instance.store.readLog(last, 10)).rejects.toBeInstanceOf(LogDamaged);
  const { error } = await within(WAIT_MS, 'the end', subscribed(instance.store, last - 1, 10));
  expect(error).toBeInstanceOf(LogDamaged);
});

describe('a log is not opened', () => {
  test.each([
    ['when everything in it was removed', `DELETE FROM ledger.event`],
    ['when it begins with something else', `UPDATE ledger.event SET type = 'TallyAdded' WHERE position = 0`],
    [
      'when it is of a format that the program does not know',
      `UPDATE ledger.event SET body = replace(body, '"formatVersion":1', '"formatVersion":2') WHERE position = 0`,
    ],
    [
      'when its first event is of a version that the program does not know',
      `UPDATE ledger.event SET body = replace(body, '"schemaVersion":1', '"schemaVersion":2') WHERE position = 0`,
    ],
  ])('%s', async (_when, sql) => {
    await tamper(sql);
    await expect(log.instance()).rejects.toBeInstanceOf(LogDamaged);
  });
});
