import { NO_STREAM } from '@khamrap/kernel';
import { newEvents } from '@khamrap/testing';
import { SessionsOfRoles, type Role } from '../../../testing/database/sessions-of-roles';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../../testing/ledger-under-test';

const INSUFFICIENT_PRIVILEGE = '42501';
const NEVER_ALTERED = 'KL002';
const OWN_CLOCK = 'KL001';

let log: LedgerUnderTest;
let instance: LedgerInstance;
let sessions: SessionsOfRoles;
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  sessions = new SessionsOfRoles(log.database.urls);
  instance = await log.instance();
  await instance.add(freshTally(), [1, 2, 3]);
});
afterAll(async () => {
  await sessions?.close();
  await log?.dispose();
});

const asRole = <Row extends object>(role: Role, sql: string): Promise<Row[]> => sessions.query<Row>(role, sql);

/** Everything that stands, so that an attack that was refused is seen to have changed nothing. */
const everything = () => asRole('migrate', 'SELECT event.*, head.* FROM ledger.event, ledger.head ORDER BY position');

const ROW = `(99, 0, 'tally-x', 0, gen_random_uuid(), 'X', 1, '{}', '\\x${'00'.repeat(16)}', '\\x${'00'.repeat(32)}')`;

const CHANGES_OF_EVENTS = [
  `UPDATE ledger.event SET body = '{}'`,
  `UPDATE ledger.event SET body = body`,
  `UPDATE ledger.event SET recorded_at_ms = 0 WHERE position = 0`,
  `DELETE FROM ledger.event`,
  `DELETE FROM ledger.event WHERE position = 3`,
  `TRUNCATE ledger.event`,
];
const REMOVALS_OF_THE_HEAD = [`DELETE FROM ledger.head`, `TRUNCATE ledger.head`];

describe.each<Role>(['append', 'project', 'read'])('the role %s', (role) => {
  test.each([
    ...CHANGES_OF_EVENTS,
    ...REMOVALS_OF_THE_HEAD,
    `INSERT INTO ledger.event VALUES ${ROW}`,
    `INSERT INTO ledger.event VALUES ${ROW} ON CONFLICT (position) DO UPDATE SET body = '{}'`,
    `UPDATE ledger.head SET next_position = 0`,
    `UPDATE ledger.head SET clock = 'simulated'`,
    `ALTER TABLE ledger.event DISABLE TRIGGER ALL`,
    `DROP TABLE ledger.event`,
    `DROP FUNCTION ledger.refuse_change CASCADE`,
    `CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  ])('cannot: %s', async (sql) => {
    const before = await everything();
    // Forbidden to this role, or to this session from the start (25006: a role that only reads).
    await expect(asRole(role, sql)).rejects.toMatchObject({
      code: expect.stringMatching(role === 'read' ? /^42501$|^25006$/ : new RegExp(`^${INSUFFICIENT_PRIVILEGE}$`)),
    });
    expect(await everything()).toEqual(before);
  });

  if (role === 'append') return;
  test.each([
    `SELECT ledger.choose_clock('simulated')`,
    `SELECT ledger.append_batch(${Array(13).fill('NULL').join()})`,
  ])('cannot: %s', async (sql) => {
    await expect(asRole(role, sql)).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
  });
});

describe('the owner of the log', () => {
  test.each([...CHANGES_OF_EVENTS, ...REMOVALS_OF_THE_HEAD])('is refused: %s', async (sql) => {
    const before = await everything();
    await expect(asRole('migrate', sql)).rejects.toMatchObject({ code: NEVER_ALTERED });
    expect(await everything()).toEqual(before);
  });
});

describe('the clock of a log', () => {
  const AT = Date.parse('2024-10-01T02:00:00Z');
  const append = (recordedAt?: number) => ({
    stream: freshTally(),
    expectedRevision: NO_STREAM,
    events: newEvents(2),
    ...(recordedAt !== undefined && { recordedAt }),
  });

  test('is chosen when it is opened, and never again', async () => {
    for (const role of ['append', 'migrate'] as const) {
      expect(await asRole(role, `SELECT ledger.choose_clock('simulated') AS chosen`)).toEqual([{ chosen: null }]);
    }
    expect(await asRole('read', 'SELECT clock FROM ledger.head')).toEqual([{ clock: 'system' }]);
  });

  test('of the system takes no time from anybody, past the program too', async () => {
    await expect(instance.store.append(append(AT))).rejects.toBeInstanceOf(RangeError);
    const appends = `ARRAY['tally-x'], ARRAY[-1], ARRAY[1], ARRAY[${AT}]`;
    const events = `ARRAY[1], ARRAY['tally-x'], ARRAY[0], ARRAY[gen_random_uuid()], ARRAY['X'], ARRAY[1], ARRAY['{}'],
      ARRAY['\\x${'00'.repeat(16)}'::bytea], ARRAY['\\x${'00'.repeat(32)}'::bytea]`;
    await expect(asRole('append', `SELECT ledger.append_batch(${appends}, ${events})`)).rejects.toMatchObject({
      code: OWN_CLOCK,
    });
  });

  test('never runs backwards, even when the clock of the server does', async () => {
    const ahead = Date.now() + 3_600_000;
    await asRole('migrate', `UPDATE ledger.head SET recorded_at_ms = ${ahead}`);
    const first = await instance.store.append(append());
    const second = await instance.store.append(append());
    expect([first, second]).toMatchObject([{ recordedAt: ahead }, { recordedAt: ahead }]);
    const times = (await instance.store.readLog(0, 1_000)).map(({ recordedAt }) => recordedAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  describe('that is simulated', () => {
    let simulated: LedgerUnderTest;
    let store: LedgerInstance['store'];
    beforeAll(async () => {
      simulated = await LedgerUnderTest.open('simulated');
      store = (await simulated.instance()).store;
    });
    afterAll(() => simulated.dispose());

    test('takes the times that are supplied, and never goes back for one', async () => {
      for (const [supplied, recordedAt] of [
        [AT, AT],
        [AT + 5_000, AT + 5_000],
        [AT + 1_000, AT + 5_000],
        [AT + 5_001, AT + 5_001],
      ]) {
        await expect(store.append(append(supplied))).resolves.toMatchObject({ recordedAt });
      }
      const times = (await store.readLog(0, 1_000)).map(({ recordedAt }) => recordedAt);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    test('judges each append of a batch by its own time', async () => {
      const times = [AT + 10_000, AT + 9_000, AT + 12_000];
      const outcomes = await Promise.all(times.map((time) => store.append(append(time))));
      expect(outcomes).toMatchObject([{ recordedAt: times[0] }, { recordedAt: times[0] }, { recordedAt: times[2] }]);
    });

    test.each([0, -1, 0.5, Number.NaN, Infinity])('does not take %p for a time', async (recordedAt) => {
      await expect(store.append(append(recordedAt))).rejects.toBeInstanceOf(RangeError);
    });
  });

  test('is one, when instances with different wishes open the log at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const raced = await LedgerUnderTest.open();
      const ofRaced = new SessionsOfRoles(raced.database.urls);
      try {
        const clocks = ['system', 'simulated', 'system', 'simulated'] as const;
        const opened = await Promise.all(clocks.map((clock) => raced.instance({ clock })));
        const [head] = await ofRaced.query<{ clock: string }>('read', 'SELECT clock FROM ledger.head');
        for (const { store } of opened) expect(store.identity()).toEqual(opened[0]!.store.identity());
        expect(opened[0]!.store.identity().clock).toBe(head!.clock);
      } finally {
        await ofRaced.close();
        await raced.dispose();
      }
    }
  });
});
