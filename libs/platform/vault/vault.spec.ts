import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DatabaseError, type Pool } from 'pg';
import { streamName } from '@khamrap/kernel';
import { createPool } from '@khamrap/platform/database';
import { StoreUnavailable, type Disclosure } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { SessionsOfRoles, type Role } from '../../testing/database/sessions-of-roles';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../testing/ledger-under-test';
import { TcpProxy } from '../../testing/tcp-proxy';
import { Vault } from './vault';

let log: LedgerUnderTest;
let sessions: SessionsOfRoles;
let pools: readonly [Pool, Pool];
let vault: Vault;
let other: Vault;
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  sessions = new SessionsOfRoles(log.database.urls);
  const pool = () => createPool({ url: log.database.urls.append, size: 4, applicationName: 'spec' });
  pools = [pool(), pool()];
  [vault, other] = [new Vault(pools[0]), new Vault(pools[1])];
});
afterAll(async () => {
  await Promise.all([...pools.map((pool) => pool.end()), sessions.close()]);
  await log.dispose();
});

/** The stream of values whose stream is nothing to their test. */
const STREAM = streamName('tally', 'vault');

function disclosureOf(
  value: string,
  { eventId = randomUUID(), stream = STREAM }: Partial<Disclosure> = {},
): Disclosure {
  const text = JSON.stringify([randomBytes(16).toString('base64url'), 'note', value]);
  const disclosure = Buffer.from(text, 'utf8').toString('base64url');
  const digest = createHash('sha256').update(disclosure, 'ascii').digest('base64url');
  return { eventId, stream, path: '/note', digest, disclosure };
}

const asRole = <Row extends object>(role: Role, sql: string): Promise<Row[]> => sessions.query<Row>(role, sql);

describe('a private value', () => {
  test.each(['สมมุติ ตัวอย่าง', '', '"quotes", {braces}, \\ and , commas', '\u0000', '😀', 'ก'.repeat(20_000)])(
    'comes back as it was: %s',
    async (value) => {
      const kept = disclosureOf(value);
      await vault.keep([kept]);
      expect(await other.valuesOf(STREAM, [kept.digest])).toEqual(new Map([[kept.digest, value]]));
    },
  );

  test('is kept once, however often it is kept', async () => {
    const values = [disclosureOf('one'), disclosureOf('two')];
    await vault.keep(values);
    await Promise.all([
      vault.keep(values),
      other.keep([...values].reverse()),
      vault.keep([...values, disclosureOf('three')]),
    ]);
    expect(
      [
        ...(
          await vault.valuesOf(
            STREAM,
            values.map(({ digest }) => digest),
          )
        ).values(),
      ].sort(),
    ).toEqual(['one', 'two']);
  });

  test('is missing when it is not there, and is asked for by its digest only', async () => {
    const kept = disclosureOf('one');
    await vault.keep([kept]);
    const unknown = disclosureOf('never kept').digest;
    expect(await vault.valuesOf(STREAM, [unknown, kept.digest])).toEqual(new Map([[kept.digest, 'one']]));
    expect(await vault.valuesOf(STREAM, [])).toEqual(new Map());
  });
});

describe('a pseudonym', () => {
  test('is drawn once for each person and machine, and says nothing about them', async () => {
    const somchai = { issuer: 'https://issuer.test', subject: 'somchai' };
    const pseudonym = await vault.pseudonymOf(somchai);
    expect(pseudonym).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await vault.pseudonymOf(somchai)).toBe(pseudonym);
    expect(await other.pseudonymOf(somchai)).toBe(pseudonym);
    expect(await new Vault(pools[0]).pseudonymOf(somchai)).toBe(pseudonym);
  });

  test('is one for each, however many ask for it first', async () => {
    for (let round = 0; round < 10; round++) {
      const subject = { issuer: 'https://issuer.test', subject: `raced-${round}` };
      const pseudonyms = await Promise.all(
        Array.from({ length: 8 }, (_, index) => (index % 2 ? vault : other).pseudonymOf(subject)),
      );
      expect(new Set(pseudonyms).size).toBe(1);
    }
  });

  test('is not shared by two who read the same together', async () => {
    const subjects = [
      { issuer: 'a', subject: 'b,c' },
      { issuer: 'a,b', subject: 'c' },
      { issuer: 'a', subject: 'b' },
      { issuer: 'b', subject: 'a' },
      { issuer: 'A', subject: 'b' },
    ];
    const pseudonyms = await Promise.all(subjects.map((subject) => vault.pseudonymOf(subject)));
    expect(new Set(pseudonyms).size).toBe(subjects.length);
  });
});

describe('a secret', () => {
  test('is drawn once for its purpose, the same on every instance', async () => {
    const secrets = await Promise.all([vault, other, vault, other].map((each) => each.secretFor('request-hash')));
    expect(secrets[0]).toHaveLength(32);
    for (const secret of secrets) expect(secret).toEqual(secrets[0]);
    expect(await vault.secretFor('another purpose')).not.toEqual(secrets[0]);
  });
});

describe('a sweep', () => {
  const age = () => asRole('migrate', `UPDATE vault.private_value SET kept_at = now() - interval '61 minutes'`);
  const noteOf = async (instance: LedgerInstance, stream: ReturnType<typeof freshTally>) =>
    (await instance.ledger.history(stream)).map(
      ({ data }) => (data['note'] as { $private: string } | undefined)?.$private,
    );

  let instance: LedgerInstance;
  let second: LedgerInstance;
  beforeAll(async () => {
    [instance, second] = [await log.instance(), await log.instance()];
  });
  beforeEach(async () => {
    await age();
    await vault.sweepOrphans();
  });

  test('removes values whose events never came about, once they are an hour old', async () => {
    const orphans = Array.from({ length: 3 }, () => disclosureOf('orphan'));
    const digests = orphans.map(({ digest }) => digest);
    await vault.keep(orphans);
    expect(await vault.sweepOrphans()).toBe(0);
    expect((await vault.valuesOf(STREAM, digests)).size).toBe(3);
    await age();
    const fresh = disclosureOf('fresh');
    await vault.keep([fresh]);
    expect(await vault.sweepOrphans()).toBe(3);
    expect(await vault.valuesOf(STREAM, [...digests, fresh.digest])).toEqual(new Map([[fresh.digest, 'fresh']]));
  });

  test('keeps what an event in the log commits to, sweep after sweep', async () => {
    const stream = freshTally();
    await instance.execute(stream, { type: 'Add', amounts: [1, 2], note: 'kept' });
    const digests = (await noteOf(instance, stream)).map(String);
    for (let sweep = 0; sweep < 2; sweep++) {
      await age();
      expect(await vault.sweepOrphans()).toBe(0);
      expect((await vault.valuesOf(stream, digests)).size).toBe(2);
    }
  });

  test('removes the values of an attempt that lost its race, although an event with that id stands', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    const context = commandContext();
    const command = { type: 'Add', amounts: [1], note: 'once' } as const;
    // The same command on two instances: both keep their values, with salts of their own, and one of them appends.
    instance.store.beforeNextAppend(async () => {
      await second.execute(stream, command, context);
    });
    await instance.execute(stream, command, context);
    const count = async () =>
      (await asRole<{ count: string }>('migrate', `SELECT count(*) FROM vault.private_value WHERE NOT stands`))[0]!
        .count;
    expect(await count()).toBe('2');
    await age();
    expect(await vault.sweepOrphans()).toBe(1);
    expect(await count()).toBe('0');
    const digest = (await noteOf(instance, stream))[1]!;
    expect([...(await vault.valuesOf(stream, [digest])).values()]).toEqual(['once']);
  });

  test('goes through any number of values', async () => {
    await vault.keep(Array.from({ length: 2_500 }, () => disclosureOf('orphan')));
    await age();
    expect(await vault.sweepOrphans()).toBe(2_500);
    expect(await vault.sweepOrphans()).toBe(0);
  });
});

describe('the vault', () => {
  const TABLES = ['private_value', 'pseudonym', 'secret', 'erasure', 'erasure_progress'];
  const INSUFFICIENT_PRIVILEGE = { code: '42501' };

  test.each(['read', 'project'] as const)('is closed to the role %s', async (role) => {
    for (const table of TABLES) {
      await expect(asRole(role, `SELECT FROM vault.${table}`)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
    }
    for (const call of ['sweep_orphans(1)', 'carry_out_erasure(gen_random_uuid())', 'note_erasure_progress(1)'])
      await expect(asRole(role, `SELECT vault.${call}`)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
  });

  test('is not changed or emptied by the role that appends: erasing is a decision of its own', async () => {
    for (const table of TABLES) {
      for (const sql of [`DELETE FROM vault.${table}`, `TRUNCATE vault.${table}`]) {
        await expect(asRole('append', sql)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
      }
    }
    const update = `UPDATE vault.private_value SET disclosure = 'x'`;
    await expect(asRole('append', update)).rejects.toBeInstanceOf(DatabaseError);
  });

  test('says that it is unavailable while it cannot be reached', async () => {
    const proxy = await TcpProxy.open(log.database.urls.append);
    const pool = createPool({ url: proxy.through(log.database.urls.append), size: 1, applicationName: 'spec' });
    const away = new Vault(pool);
    proxy.refuse();
    for (const ask of [
      () => away.keep([disclosureOf('x')]),
      () => away.valuesOf(STREAM, ['x']),
      () => away.identityOf('x'),
      () => away.carryOutErasure(randomUUID()),
      () => away.pseudonymOf({ issuer: 'a', subject: 'z' }),
      () => away.secretFor('x'),
      () => away.sweepOrphans(),
    ]) {
      await expect(ask()).rejects.toBeInstanceOf(StoreUnavailable);
    }
    await pool.end();
    await proxy.close();
  });
});
