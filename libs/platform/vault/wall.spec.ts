import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { streamName, type StreamName } from '@khamrap/kernel';
import { createPool, runMigrations } from '@khamrap/platform/database';
import { OpenTheLog1700000000001, type Disclosure } from '@khamrap/platform/event-store';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { BuildTheVault1700000000002 } from './migrations/1700000000002-build-the-vault';
import { WallTheVault1700000000005 } from './migrations/1700000000005-wall-the-vault';
import { Vault } from './vault';

let testDatabase: TestDatabase;
let pool: Pool;
let vault: Vault;
/** Another instance of the service. */
let other: Vault;
beforeAll(async () => {
  testDatabase = await createTestDatabase({
    migrations: [OpenTheLog1700000000001, BuildTheVault1700000000002, WallTheVault1700000000005],
  });
  pool = createPool({ url: testDatabase.database.urls.append, size: 1, applicationName: 'spec' });
  [vault, other] = [new Vault(pool), new Vault(pool)];
});
afterAll(async () => {
  await pool.end();
  await testDatabase.drop();
});

function disclosureOf(value: string, stream: StreamName, eventId: string = randomUUID()): Disclosure {
  const text = JSON.stringify([randomBytes(16).toString('base64url'), 'note', value]);
  const disclosure = Buffer.from(text, 'utf8').toString('base64url');
  const digest = createHash('sha256').update(disclosure, 'ascii').digest('base64url');
  return { eventId, stream, path: '/note', digest, disclosure };
}

async function as<Row extends object>(
  role: 'append' | 'migrate',
  statements: readonly string[],
  at = testDatabase,
): Promise<Row[]> {
  const client = new Client({ connectionString: at.database.urls[role] });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** An event as the log holds it, with nothing in it but what these tests look at. */
const recorded = (position: number, stream: string, eventId: string, data: object): string =>
  `INSERT INTO ledger.event VALUES (${position}, 0, '${stream}', ${position}, '${eventId}', 'Something', 1,
     '${JSON.stringify({ data })}', decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'))`;
const entitledTo = (name: string, value: string): string =>
  `SELECT set_config('khamrap.entitled_${name}', '${value}', true)`;

describe('what the appending role reads of the vault', () => {
  const [mine, others] = [streamName('tally', 'mine'), streamName('tally', 'others')];
  const subject = { issuer: 'https://issuer.test', subject: 'somchai' };
  let pseudonym: string;
  beforeAll(async () => {
    await vault.keep([disclosureOf('mine', mine), disclosureOf('theirs', others)]);
    pseudonym = await vault.pseudonymOf(subject);
    await vault.pseudonymOf({ ...subject, subject: 'somsri' });
    await vault.secretFor('one');
    await vault.secretFor('another');
  });

  const ALL = {
    private_value: 'SELECT path FROM vault.private_value',
    pseudonym: 'SELECT pseudonym::text FROM vault.pseudonym',
    secret: 'SELECT name FROM vault.secret',
  };

  test.each(Object.entries(ALL))(
    'of %s is nothing, where the transaction does not say what it is for',
    async (_, sql) => {
      expect(await as('migrate', [sql])).not.toEqual([]);
      expect(await as('append', [sql])).toEqual([]);
      expect(await as('append', ['SET row_security = on', sql])).toEqual([]);
      // PostgreSQL refuses to be asked for more than the policies show, whoever asks.
      await expect(as('append', ['SET row_security = off', sql])).rejects.toMatchObject({ code: '42501' });
    },
  );

  test('is what the transaction is entitled to, and nothing when it is over', async () => {
    const { private_value, pseudonym: people, secret } = ALL;
    const BEGIN = 'BEGIN';
    expect(await as('append', [BEGIN, entitledTo('stream', mine), private_value])).toEqual([{ path: '/note' }]);
    expect(await as('append', [BEGIN, entitledTo('secret', 'one'), secret])).toEqual([{ name: 'one' }]);
    expect(await as('append', [BEGIN, entitledTo('pseudonym', pseudonym), people])).toEqual([{ pseudonym }]);
    const bySubject = [entitledTo('issuer', subject.issuer), entitledTo('subject', subject.subject)];
    expect(await as('append', [BEGIN, ...bySubject, people])).toEqual([{ pseudonym }]);
    expect(await as('append', [BEGIN, entitledTo('subject', subject.subject), people])).toEqual([]);
    expect(await as('append', [BEGIN, entitledTo('stream', '%'), private_value])).toEqual([]);
    expect(await as('append', [BEGIN, entitledTo('stream', mine), 'COMMIT', private_value])).toEqual([]);
  });

  test('is of one stream, whatever digests are asked for, on a pooled connection', async () => {
    const [one, two] = [disclosureOf('one', mine), disclosureOf('two', others)];
    await vault.keep([one, two]);
    const digests = [one.digest, two.digest];
    const answers = await Promise.all([mine, others, mine].map((stream) => vault.valuesOf(stream, digests)));
    expect(answers.map((values) => [...values.values()])).toEqual([['one'], ['two'], ['one']]);
  });

  test('is who a pseudonym stands for, one at a time', async () => {
    expect(await vault.identityOf(pseudonym)).toEqual(subject);
    expect(await vault.identityOf(randomUUID())).toBeUndefined();
  });
});

describe('an erasure', () => {
  const stream = streamName('tally', 'erased');
  const subject = { issuer: 'https://issuer.test', subject: 'to-be-forgotten' };

  test('takes what an event of the log names, notes it, and can be carried out again', async () => {
    const [erased, kept] = [disclosureOf('erased', stream), disclosureOf('kept', stream)];
    await vault.keep([erased, kept]);
    const pseudonym = await vault.pseudonymOf(subject);
    await other.pseudonymOf(subject);
    const decision = randomUUID();
    await as('migrate', [recorded(10, stream, decision, { fromVault: { commitments: [erased.digest], pseudonym } })]);

    expect(await vault.carryOutErasure(decision)).toEqual({ valueCount: 1, identityCount: 1 });
    expect(await vault.valuesOf(stream, [erased.digest, kept.digest])).toEqual(new Map([[kept.digest, 'kept']]));
    expect(await vault.carryOutErasure(decision)).toEqual({ valueCount: 0, identityCount: 0 });
    const noted = await as<{ what: string }>('migrate', [
      `SELECT what FROM vault.erasure WHERE decision = '${decision}' ORDER BY what`,
    ]);
    expect(noted.map(({ what }) => what)).toEqual([erased.digest, pseudonym].toSorted());

    expect(await vault.identityOf(pseudonym)).toBeUndefined();
    const left = await as('migrate', [`SELECT FROM vault.pseudonym WHERE subject = '${subject.subject}'`]);
    expect(left).toEqual([]);
    // Until it is told, an instance goes by what it remembers; then the same person is somebody new.
    expect(await other.pseudonymOf(subject)).toBe(pseudonym);
    other.forget(pseudonym);
    expect(await other.pseudonymOf(subject)).not.toBe(pseudonym);
  });

  test('without an event that decides it there is none', async () => {
    const kept = disclosureOf('kept', stream);
    await vault.keep([kept]);
    const silent = randomUUID();
    await as('migrate', [recorded(11, stream, silent, { note: kept.digest })]);
    for (const decision of [silent, randomUUID()])
      await expect(vault.carryOutErasure(decision)).rejects.toMatchObject({ code: 'KL003' });
    expect((await vault.valuesOf(stream, [kept.digest])).size).toBe(1);
  });

  test('of an identity only, or of values only, leaves the other', async () => {
    const kept = disclosureOf('kept', stream);
    const [someone, someoneElse] = [randomUUID(), randomUUID()].map((each) => ({ ...subject, subject: each }));
    await vault.keep([kept]);
    const [pseudonym, untouched] = [await vault.pseudonymOf(someone!), await vault.pseudonymOf(someoneElse!)];
    const decision = randomUUID();
    await as('migrate', [recorded(12, stream, decision, { fromVault: { commitments: [], pseudonym } })]);
    expect(await vault.carryOutErasure(decision)).toEqual({ valueCount: 0, identityCount: 1 });
    expect(await vault.identityOf(untouched)).toEqual(someoneElse);
    expect((await vault.valuesOf(stream, [kept.digest])).size).toBe(1);
  });
});

test('how far decisions were carried out only goes forward', async () => {
  expect(await vault.erasureProgress()).toBe(-1);
  for (const position of [7, 3, 9]) await vault.noteErasureProgress(position);
  expect(await other.erasureProgress()).toBe(9);
});

test('values from before the wall are given the streams of their events, then and by the sweep', async () => {
  const before = await createTestDatabase({ migrations: [OpenTheLog1700000000001, BuildTheVault1700000000002] });
  const oldPool = createPool({ url: before.database.urls.append, size: 1, applicationName: 'spec' });
  try {
    const stream = streamName('tally', 'old');
    const [standing, waiting] = [disclosureOf('old', stream), disclosureOf('waiting', stream)];
    const keep = ({ digest, eventId, disclosure }: Disclosure) =>
      `INSERT INTO vault.private_value (digest, event_id, path, disclosure, kept_at)
       VALUES ('${digest}', '${eventId}', '/note', '${disclosure}', now() - interval '2 hours')`;
    await as(
      'migrate',
      [keep(standing), keep(waiting), recorded(0, stream, standing.eventId, { note: standing.digest })],
      before,
    );
    await runMigrations({
      database: before.database,
      migrations: [OpenTheLog1700000000001, BuildTheVault1700000000002, WallTheVault1700000000005],
    });
    const digests = [standing.digest, waiting.digest];
    const migrated = new Vault(oldPool);
    expect([...(await migrated.valuesOf(stream, digests)).values()]).toEqual(['old']);
    await as('migrate', [recorded(1, stream, waiting.eventId, { note: waiting.digest })], before);
    expect(await migrated.sweepOrphans()).toBe(0);
    expect([...(await migrated.valuesOf(stream, digests)).values()].toSorted()).toEqual(['old', 'waiting']);
  } finally {
    await oldPool.end();
    await before.drop();
  }
});
