import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { createPool } from '@khamrap/platform/database';
import { StoreUnavailable } from '@khamrap/platform/event-store';
import {
  bytesOfHex,
  EMPTY_ROOT,
  Frontier,
  HASH_BYTES,
  hexOf,
  verifyInclusion,
} from '@khamrap/platform/transparency/proof';
import { nodeDigest } from '@khamrap/platform/transparency';
import type { Role } from '../../testing/database/sessions-of-roles';
import { TcpProxy } from '../../testing/tcp-proxy';
import { accessLeafHash } from './access-entry';
import { AccessLog } from './access-log';
import { accessOf, AccessLogUnderTest } from './spec/access-log-under-test';

let log: AccessLogUnderTest;
beforeAll(async () => {
  log = await AccessLogUnderTest.open();
});
afterAll(() => log.close());

const reviewer = (...grants: readonly Grant[]): Requester => ({
  issuer: 'https://issuer.test',
  subject: 'reviewer',
  actor: { id: 'e54c7d3c-2f5f-4f3b-9d2d-6c8f1c0f7a01', role: grants[0]?.role ?? 'none' },
  grants,
});
const NACC = reviewer(grant('naccOfficer', { kind: 'nation' }));
const everything = () => log.review.from(0, 10_000);

test('rows of two instances get numbers without a gap, and leaves that can be made again from them', async () => {
  const before = await log.tree.size();
  await log.keep(300);
  const rows = (await everything()).slice(before);
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 300 }, (_, index) => before + index));
  expect(rows.every(({ atMs }, index) => atMs >= (rows[index - 1]?.atMs ?? 0))).toBe(true);
  const { rows: leaves } = await log.pool.query<{ hash: Buffer }>(
    'SELECT hash FROM access_log.leaf WHERE number >= $1 ORDER BY number',
    [before],
  );
  const { logId } = log.store.identity();
  expect(leaves.map(({ hash }) => hash.toString('hex'))).toEqual(rows.map((row) => hexOf(accessLeafHash(row, logId))));
  expect(new Set(rows.map(({ salt }) => salt.toString('hex'))).size).toBe(300);
});

test('the commit of a row waits for the disk where the read was of private data, and only there', async () => {
  const settingAfter = async (waits: boolean): Promise<unknown> => {
    const client = await log.pool.connect();
    try {
      await client.query('BEGIN; SET LOCAL synchronous_commit = on');
      const bodies = [JSON.stringify(accessOf())];
      await client.query('SELECT access_log.append($1, $2, $3, $4)', ['log', bodies, [Buffer.alloc(16)], waits]);
      return (await client.query<{ synchronous_commit: string }>('SHOW synchronous_commit')).rows[0]
        ?.synchronous_commit;
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };
  expect([await settingAfter(true), await settingAfter(false)]).toEqual(['on', 'off']);
});

describe('who sees which rows', () => {
  const PHRAE = 'TH-54';
  const zone = { kind: 'zone', zone: 'primeMinisterOffice-16', provinces: ['TH-57', PHRAE] } as const;
  const office = { kind: 'office', office: 'phrae-cdd', province: PHRAE } as const;
  const person = 'c1e7d3b0-52a4-4a43-93a1-9a1f9f3c9d21';
  beforeAll(async () => {
    for (const place of ['nation', 'zone:primeMinisterOffice-16', `province:${PHRAE}`, 'office:phrae-cdd', 'none'])
      await log.keep(1, { person, places: [place] });
    await log.keep(1, { person, places: ['office:phrae-cdd', 'province:TH-57'] });
  });
  const seenBy = async (...grants: readonly Grant[]) =>
    (await log.review.list(reviewer(...grants), { person }, Number.MAX_SAFE_INTEGER, 100)).map(({ access }) =>
      access.places.join(' '),
    );

  test.each([
    ['the nation', [grant('naccOfficer', { kind: 'nation' })], 6],
    ['a zone', [grant('naccOfficer', zone)], 2],
    ['a province', [grant('naccOfficer', { kind: 'province', province: PHRAE })], 1],
    ['an office', [grant('naccOfficer', office)], 1],
    ['the zone and an office', [grant('naccOfficer', zone), grant('naccOfficer', office)], 4],
    ['nothing that may review', [grant('inspector', { kind: 'nation' })], 0],
  ] as const)('%s', async (_name, grants, count) => {
    expect(await seenBy(...grants)).toHaveLength(count);
  });

  test('people are told their own rows', async () => {
    expect(await log.review.of(person, 3)).toHaveLength(3);
    expect(await log.review.of('nobody', 3)).toEqual([]);
  });

  describe('are found', () => {
    const other = '2f6a5f0e-7c1b-4c3e-8e59-000000000001';
    beforeAll(async () => {
      await log.keep(1, { person: other, opened: [{ stream: 'agreement-a', positions: [4] }] });
      await log.keep(1, { person: other, parameters: { province: 'TH-99' } });
      await log.keep(1, { person: other, places: ['office:far'] });
      await log.keep(1, { person: other, route: 'GET /v1/evidence/:sha256' });
    });

    test.each([
      ['by stream', { stream: 'agreement-a' }, 1],
      ['by one of several names', { names: ['x', 'TH-99'] }, 1],
      ['by office', { office: 'far' }, 1],
      ['by route', { route: 'GET /v1/evidence/:sha256' }, 1],
      ['by nothing else', {}, 4],
      ['by time', { fromMs: 1, untilMs: 2 }, 0],
      ['by two at once', { route: 'GET /v1/evidence/:sha256', office: 'far' }, 0],
    ])('%s', async (_name, filter, count) => {
      const found = await log.review.list(NACC, { person: other, ...filter }, Number.MAX_SAFE_INTEGER, 10);
      expect(found).toHaveLength(count);
    });
  });
});

describe('nobody alters what was kept', () => {
  const CHANGES = [
    `UPDATE access_log.entry SET person = 'x'`,
    `DELETE FROM access_log.entry`,
    `TRUNCATE access_log.entry`,
    `UPDATE access_log.leaf SET hash = hash`,
    `DELETE FROM access_log.leaf`,
    `UPDATE access_log.node SET hash = hash`,
    `DELETE FROM access_log.node`,
    `DELETE FROM access_log.head`,
  ];
  beforeAll(async () => {
    await log.keep(300);
    await log.seals.seal();
  });

  test.each<Role>(['append', 'project', 'read'])('the role %s', async (role) => {
    const code = expect.stringMatching(role === 'read' ? /^42501$|^25006$/ : /^42501$/) as string;
    for (const sql of [
      ...CHANGES,
      `INSERT INTO access_log.entry VALUES (9, 0, 'x', 'x', '{x}', '{}', '{}', '\\x${'00'.repeat(16)}')`,
      `UPDATE access_log.head SET next_number = 0`,
      `ALTER TABLE access_log.entry DISABLE ROW LEVEL SECURITY`,
    ])
      expect([sql, await log.sessions.query(role, sql).catch((error: unknown) => error)]).toEqual([
        sql,
        expect.objectContaining({ code }),
      ]);
  });

  test.each(CHANGES)('the owner: %s', async (sql) => {
    await expect(log.sessions.query('migrate', sql)).rejects.toMatchObject({ code: 'KL004' });
  });

  test.each<[Role, string]>([
    ['read', 'SELECT FROM access_log.entry'],
    ['project', 'SELECT FROM access_log.leaf'],
    ['read', `SELECT access_log.append('', '{}', '{}', true)`],
  ])('nor looks, the role %s: %s', async (role, sql) => {
    await expect(log.sessions.query(role, sql)).rejects.toMatchObject({ code: '42501' });
  });

  test('the role that keeps is shown no row unless it says for whom', async () => {
    expect(await log.sessions.query('append', 'SELECT number FROM access_log.entry')).toEqual([]);
  });
});

describe('seals', () => {
  test('state the root of all rows; what was sealed is not sealed again, and every row is proved', async () => {
    await log.keep(700);
    const sealed = await log.seals.seal();
    const rows = await everything();
    const frontier = new Frontier(0, [], nodeDigest);
    for (const row of rows) frontier.append(accessLeafHash(row, log.store.identity().logId));
    expect(sealed).toMatchObject({ size: rows.length, root: hexOf(frontier.root()) });
    expect(Date.parse(sealed!.lastAt)).toBe(rows.at(-1)!.atMs);
    expect(await log.seals.seal()).toBeUndefined();
    const seal = await log.seals.newestOver(0);
    expect(seal).toMatchObject({ size: rows.length, root: sealed!.root });
    expect(await log.seals.newestOver(rows.length)).toBeUndefined();
    for (const index of [0, 255, 256, 600, rows.length - 1]) {
      const proof = await log.tree.at(seal!.size).inclusionProof(index);
      const leaf = accessLeafHash(rows[index]!, log.store.identity().logId);
      const root = bytesOfHex(seal!.root, HASH_BYTES);
      const holds = [leaf, EMPTY_ROOT].map((each) =>
        verifyInclusion({ index, size: seal!.size, leaf: each, proof, root }),
      );
      expect(holds).toEqual([true, false]);
    }
  });

  test('are made when the oldest row is old enough, once of two instances; by a simulated clock never', async () => {
    await log.seals.seal();
    await log.keep(2);
    expect(await log.seals.sealWhenDue(1)).toBeUndefined();
    expect(await log.seals.sealWhenDue(0)).toBeUndefined();
    const made = await Promise.all([log.seals.sealWhenDue(1e-9), log.seals.sealWhenDue(1e-9)]);
    expect(made.filter((each) => each !== undefined)).toHaveLength(1);
    const simulated = await AccessLogUnderTest.open('simulated');
    await simulated.keep(1);
    expect(await simulated.seals.sealWhenDue(1e-9)).toBeUndefined();
    expect(await simulated.seals.sealWhenStopping()).toBeUndefined();
    expect(await simulated.seals.seal()).toMatchObject({ size: 1 });
    await simulated.close();
  });
});

test('while the database cannot be reached nothing is kept, and whoever reads is told so', async () => {
  const proxy = await TcpProxy.open(log.urls.append);
  const pool = createPool({ url: proxy.through(log.urls.append), size: 1, applicationName: 'spec' });
  const away = new AccessLog(pool, log.store.identity().logId);
  await away.keep(accessOf());
  proxy.refuse();
  await expect(away.keep(accessOf())).rejects.toBeInstanceOf(StoreUnavailable);
  await away.close();
  await expect(away.keep(accessOf())).rejects.toBeInstanceOf(StoreUnavailable);
  await pool.end();
  await proxy.close();
});

describe('a check of the whole access log', () => {
  const forged = `body = replace(body, 'TH-54', 'TH-10')`;
  const leafOf = (number: number): string =>
    `(SELECT sha256('\\x00' || convert_to('{"at":"' || to_char(timestamp 'epoch' + at_ms * interval '1 millisecond',
       'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","body":"' || encode(sha256(salt || convert_to(body, 'UTF8')), 'hex')
       || '","log":"${logId()}","number":' || number || ',"v":1}', 'UTF8')) FROM access_log.entry WHERE number = ${number})`;
  let suspect: AccessLogUnderTest;
  const logId = (): string => suspect.store.identity().logId;
  beforeAll(async () => {
    suspect = await AccessLogUnderTest.open();
    await suspect.keep(20);
    await suspect.seals.seal();
    await suspect.keep(10);
    await suspect.seals.seal();
    await suspect.keep(5);
    await suspect.rememberAll();
  });
  afterEach(() => suspect.restoreAll());
  afterAll(() => suspect.close());

  test('finds nothing where nothing was done', async () => {
    expect(await suspect.check()).toEqual({ size: 35, sealedSize: 30 });
  });

  test.each<[string, () => readonly string[], object]>([
    ['a row', () => [`UPDATE access_log.entry SET ${forged} WHERE number = 7`], { number: 7 }],
    ['a row that is not sealed', () => [`UPDATE access_log.entry SET ${forged} WHERE number = 32`], { number: 32 }],
    ['its time', () => [`UPDATE access_log.entry SET at_ms = at_ms + 1 WHERE number = 7`], { number: 7 }],
    [
      'a row with its leaf',
      () => [
        `UPDATE access_log.entry SET ${forged} WHERE number = 25`,
        `UPDATE access_log.leaf SET hash = ${leafOf(25)} WHERE number = 25`,
      ],
      { number: 20, what: expect.stringMatching(/^or one up to 29 is not what was sealed at position \d+$/) as string },
    ],
    ['a row taken out', () => ['DELETE FROM access_log.entry WHERE number = 3'], { number: 3, what: 'is missing' }],
    [
      'the last rows with their leaves',
      () => ['entry', 'leaf'].map((table) => `DELETE FROM access_log.${table} WHERE number >= 28`),
      { number: 28, what: 'is missing, and was sealed' },
    ],
  ])('names %s', async (_name, statements, found) => {
    await suspect.tamper(...statements());
    expect((await suspect.check()).found).toMatchObject(found);
  });

  test('what was altered is not sealed again', async () => {
    await suspect.tamper(`UPDATE access_log.leaf SET hash = sha256(hash) WHERE number = 4`);
    await expect(suspect.seals.seal()).rejects.toThrow(
      'the first 30 rows of the access log are not those that were sealed',
    );
  });
});
