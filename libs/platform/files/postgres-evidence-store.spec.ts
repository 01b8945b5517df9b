import { createHash, randomBytes } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { createPool } from '@khamrap/platform/database';
import { StoreUnavailable } from '@khamrap/platform/event-store';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { SessionsOfRoles, type Role } from '../../testing/database/sessions-of-roles';
import { TcpProxy } from '../../testing/tcp-proxy';
import { EVIDENCE_BYTES_MAX, EvidenceMissing } from './evidence-store';
import { KeepEvidence1700000000004 } from './migrations/1700000000004-keep-evidence';
import { WallEvidence1700000000007 } from './migrations/1700000000007-wall-evidence';
import { PostgresEvidenceStore } from './postgres-evidence-store';

const MEGABYTE = 1_048_576;
/** The pseudonym of who sends most of the files here. */
const KEEPER = '5f0c6c0e-5a53-4c0f-8d5e-0a1f6f3a9b10';

let testDatabase: TestDatabase;
let sessions: SessionsOfRoles;
let pools: readonly [Pool, Pool];
let files: PostgresEvidenceStore;
/** Another instance of the service. */
let other: PostgresEvidenceStore;

beforeAll(async () => {
  testDatabase = await createTestDatabase({ migrations: [KeepEvidence1700000000004, WallEvidence1700000000007] });
  sessions = new SessionsOfRoles(testDatabase.database.urls);
  const pool = () => createPool({ url: testDatabase.database.urls.append, size: 3, applicationName: 'spec' });
  pools = [pool(), pool()];
  [files, other] = [new PostgresEvidenceStore(pools[0]), new PostgresEvidenceStore(pools[1])];
});
afterAll(async () => {
  await Promise.all([...pools.map((pool) => pool.end()), sessions.close()]);
  await testDatabase.drop();
});

/** Bytes of no recognised type. */
function noise(byteCount: number): Buffer {
  const bytes = randomBytes(byteCount);
  bytes.set([0, 0x99].slice(0, byteCount));
  return bytes;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* inPieces(bytes: Uint8Array, pieceBytes = 65_536): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}

async function* cutOff(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes);
  throw new Error('connection reset');
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield Buffer.alloc(MEGABYTE, 1);
}

async function readAll(sha256: string, first: number, last: number, from = files): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of from.read(sha256, { first, last })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function stored(bytes: Uint8Array): Promise<string> {
  const sha256 = hashOf(bytes);
  expect(await files.store(sha256, inPieces(bytes), KEEPER)).toMatchObject({ kind: 'stored' });
  return sha256;
}

const asRole = <Row extends object>(role: Role, sql: string): Promise<Row[]> => sessions.query<Row>(role, sql);

/** Chunks that belong to no file. */
async function orphanCount(): Promise<number> {
  const [row] = await asRole<{ count: number }>(
    'migrate',
    `SELECT count(*)::int FROM evidence.upload LEFT JOIN evidence.file USING (upload_id) WHERE sha256 IS NULL`,
  );
  return row!.count;
}

describe('a file', () => {
  test.each([1, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 3 * MEGABYTE])(
    'of %i bytes comes back as it was, on every instance',
    async (byteCount) => {
      const bytes = noise(byteCount);
      const sha256 = await stored(bytes);
      expect((await readAll(sha256, 0, byteCount - 1, other)).equals(bytes)).toBe(true);
      expect(await other.info(sha256)).toEqual({
        sha256,
        byteCount,
        mediaType: 'application/octet-stream',
        uploadedAtMs: expect.any(Number) as unknown,
      });
      expect(await other.has(sha256)).toBe(true);
    },
  );

  test('has the type that its content tells', async () => {
    const bytes = Buffer.from('ชื่อ,ค่า\nรายได้,1887\n');
    expect(await files.store(hashOf(bytes), inPieces(bytes, 2), KEEPER)).toMatchObject({
      file: { mediaType: 'text/csv' },
    });
  });

  test.each([
    [0, 0],
    [5, 9],
    [MEGABYTE - 2, MEGABYTE + 1],
    [MEGABYTE, 2 * MEGABYTE - 1],
    [2 * MEGABYTE + 7, 2 * MEGABYTE + 9],
    [1, 2 * MEGABYTE + 9],
  ])('is read from byte %i to %i', async (first, last) => {
    const bytes = randomBytes(2 * MEGABYTE + 10);
    expect((await readAll(await stored(bytes), first, last)).equals(bytes.subarray(first, last + 1))).toBe(true);
  });

  test('is the same file when it is sent again, and then is not read', async () => {
    const bytes = randomBytes(100);
    const sha256 = await stored(bytes);
    async function* mustNotBeRead(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(1);
      throw new Error('read');
    }
    expect(await other.store(sha256, mustNotBeRead(), KEEPER)).toEqual({
      kind: 'known',
      file: await files.info(sha256),
    });
  });

  test('is kept once, however many send it at once', async () => {
    const bytes = randomBytes(MEGABYTE + 5);
    const sha256 = hashOf(bytes);
    const outcomes = await Promise.all(
      [files, other, files, other].map((each) => each.store(sha256, inPieces(bytes), KEEPER)),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['known', 'known', 'known', 'stored']);
    expect((await readAll(sha256, 0, bytes.length - 1)).equals(bytes)).toBe(true);
    expect(await orphanCount()).toBe(0);
  });

  test('that was never uploaded is not there', async () => {
    const sha256 = hashOf(randomBytes(9));
    expect([await files.has(sha256), await files.info(sha256)]).toEqual([false, undefined]);
    await expect(readAll(sha256, 0, 0)).rejects.toBeInstanceOf(EvidenceMissing);
  });
});

describe('the uploaders of a file', () => {
  const OTHER = 'another-pseudonym';
  const bytes = randomBytes(MEGABYTE + 1);
  const sha256 = hashOf(bytes);

  test('are those who have sent its bytes, and nobody who only knows its hash', async () => {
    await stored(bytes);
    expect(await other.uploadersOf(sha256)).toEqual([KEEPER]);
    for (const [source, outcome] of [
      [inPieces(bytes.subarray(1)), { kind: 'hashDiffers', actualSha256: hashOf(bytes.subarray(1)) }],
      [inPieces(Buffer.alloc(0)), { kind: 'empty' }],
      [cutOff(bytes), { kind: 'interrupted' }],
    ] as const)
      expect(await files.store(sha256, source, OTHER)).toEqual(outcome);
    expect(await files.isUploader(sha256, OTHER)).toBe(false);

    expect(await files.store(sha256, inPieces(bytes), OTHER)).toMatchObject({ kind: 'known' });
    expect(await other.uploadersOf(sha256)).toEqual([KEEPER, OTHER]);
    expect(await files.isUploader(sha256, OTHER)).toBe(true);
    expect(await orphanCount()).toBe(0);
  });

  test('find what they have uploaded, also what was erased since', async () => {
    expect(await files.filesUploadedBy(OTHER)).toMatchObject([{ sha256, byteCount: bytes.length }]);
    await files.erase(sha256);
    expect(await other.filesUploadedBy(OTHER)).toMatchObject([{ sha256, erasedAtMs: expect.any(Number) }]);
    expect(await files.filesUploadedBy('nobody')).toEqual([]);
    expect(await files.store(sha256, inPieces(bytes), 'a-third')).toMatchObject({ kind: 'erased' });
    expect(await files.isUploader(sha256, 'a-third')).toBe(false);
  });
});

describe('the wall', () => {
  const asAppend = async <Row extends object>(...statements: readonly string[]) => {
    const client = new Client({ connectionString: testDatabase.database.urls.append });
    await client.connect();
    try {
      let rows: Row[] = [];
      for (const statement of statements) ({ rows } = await client.query<Row>(statement));
      return rows;
    } finally {
      await client.end();
    }
  };
  const CHUNKS = 'SELECT encode(sha256(bytes), $$hex$$) AS hash FROM evidence.chunk';
  const names = (sha256: string) => `SELECT set_config('khamrap.entitled_evidence', '${sha256}', true)`;

  test('shows the chunks of the file that the transaction names, and none to a statement that forgets to', async () => {
    const [mine, others] = [randomBytes(40), randomBytes(50)];
    const [sha256] = [await stored(mine), await stored(others)];
    const chunkOfMine = [{ hash: sha256 }];
    expect(await asAppend(CHUNKS)).toEqual([]);
    expect(await asAppend('SELECT FROM evidence.uploader')).toEqual([]);
    expect(await asAppend('BEGIN', names(sha256), CHUNKS)).toEqual(chunkOfMine);
    // What was named ends with its transaction, whoever comes next on the connection of the pool.
    expect(await asAppend('BEGIN', names(sha256), CHUNKS, 'COMMIT', CHUNKS)).toEqual([]);
    expect(await asAppend('BEGIN', names('%'), CHUNKS)).toEqual([]);
    const crafted = `SELECT length(bytes) FROM evidence.chunk WHERE upload_id IN (SELECT upload_id FROM evidence.file)`;
    expect(await asAppend(crafted)).toEqual([]);
  });
});

describe('nothing is left of an upload', () => {
  const bytes = randomBytes(2 * MEGABYTE);
  const sha256 = hashOf(bytes);

  test.each<[what: string, source: () => AsyncIterable<Uint8Array>, outcome: object]>([
    [
      'of other bytes',
      () => inPieces(bytes.subarray(1)),
      { kind: 'hashDiffers', actualSha256: hashOf(bytes.subarray(1)) },
    ],
    ['of nothing', () => inPieces(Buffer.alloc(0)), { kind: 'empty' }],
    ['that ends before its end', () => cutOff(bytes.subarray(0, MEGABYTE + 1)), { kind: 'interrupted' }],
    [
      'that ends before all bytes are there, quietly',
      () => inPieces(bytes.subarray(0, MEGABYTE)),
      { kind: 'hashDiffers' },
    ],
    ['without end', endless, { kind: 'tooLarge' }],
  ])('%s', async (_what, source, outcome) => {
    expect(await files.store(sha256, source(), KEEPER)).toMatchObject(outcome);
    expect([await files.has(sha256), await orphanCount()]).toEqual([false, 0]);
  });

  test('and it can be sent again', async () => {
    expect(await files.store(sha256, inPieces(bytes), KEEPER)).toMatchObject({ kind: 'stored' });
  });

  test('one byte more than may be is too many, one less is not', async () => {
    const largest = Buffer.alloc(EVIDENCE_BYTES_MAX + 1, 7);
    expect(await files.store(hashOf(largest), inPieces(largest, MEGABYTE), KEEPER)).toEqual({ kind: 'tooLarge' });
    const most = largest.subarray(1);
    expect(await files.store(hashOf(most), inPieces(most, MEGABYTE), KEEPER)).toMatchObject({ kind: 'stored' });
  }, 30_000);
});

describe('a sweep', () => {
  const leaveBehind = (age: string) =>
    asRole(
      'migrate',
      `WITH upload AS (
         INSERT INTO evidence.upload SELECT gen_random_uuid(), now() - interval '${age}' RETURNING upload_id)
       INSERT INTO evidence.chunk SELECT upload_id, 0, 'x' FROM upload`,
    );

  test('removes what interrupted uploads left behind, once they are an hour old, and no file', async () => {
    const bytes = randomBytes(10);
    const sha256 = await stored(bytes);
    await asRole('migrate', `UPDATE evidence.upload SET begun_at = now() - interval '2 days'`);
    for (let upload = 0; upload < 25; upload++) await leaveBehind('61 minutes');
    await leaveBehind('59 minutes');
    expect(await files.sweepOrphans()).toBe(25);
    expect(await orphanCount()).toBe(1);
    expect((await readAll(sha256, 0, 9)).equals(bytes)).toBe(true);
    await asRole('migrate', `UPDATE evidence.upload SET begun_at = now() - interval '2 days'`);
    expect([await other.sweepOrphans(), await orphanCount(), await other.sweepOrphans()]).toEqual([1, 0, 0]);
  });
});

describe('erasing', () => {
  test('takes the bytes, keeps the hash, and is not undone by sending them again', async () => {
    const bytes = randomBytes(MEGABYTE + 1);
    const sha256 = await stored(bytes);
    const before = await files.info(sha256);
    const reading = files.read(sha256, { first: 0, last: MEGABYTE });
    await reading.next();

    expect(await other.erase(sha256)).toBe(true);
    await expect(reading.next()).rejects.toBeInstanceOf(EvidenceMissing);
    expect(await files.has(sha256)).toBe(false);
    expect(await files.info(sha256)).toEqual({ ...before, erasedAtMs: expect.any(Number) as unknown });
    await expect(readAll(sha256, 0, 0)).rejects.toBeInstanceOf(EvidenceMissing);
    expect(await files.store(sha256, inPieces(bytes), KEEPER)).toMatchObject({ kind: 'erased', file: { sha256 } });
    expect(await asRole('migrate', `SELECT FROM evidence.chunk WHERE length(bytes) = ${MEGABYTE}`)).toHaveLength(
      (
        await asRole(
          'migrate',
          `SELECT FROM evidence.file JOIN evidence.chunk USING (upload_id) WHERE length(bytes) = ${MEGABYTE}`,
        )
      ).length,
    );
  });

  test('twice is erasing once; what is not there cannot be erased', async () => {
    const sha256 = await stored(randomBytes(3));
    expect([await files.erase(sha256), await files.erase(sha256)]).toEqual([true, false]);
    expect(await files.erase(hashOf(randomBytes(4)))).toBe(false);
  });
});

describe('the tables', () => {
  const INSUFFICIENT_PRIVILEGE = { code: '42501' };

  test.each(['read', 'project'] as const)('are closed to the role %s', async (role) => {
    for (const table of ['file', 'upload', 'chunk', 'uploader'])
      await expect(asRole(role, `SELECT FROM evidence.${table}`)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
    await expect(asRole(role, `SELECT evidence.erase_file('x')`)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
  });

  test.each([
    `UPDATE evidence.chunk SET bytes = 'x'`,
    `DELETE FROM evidence.chunk`,
    `DELETE FROM evidence.upload`,
    `UPDATE evidence.file SET media_type = 'text/html'`,
    `INSERT INTO evidence.file (sha256, byte_count, chunk_count, media_type, upload_id) SELECT '', 1, 1, '', upload_id FROM evidence.chunk`,
    `TRUNCATE evidence.file`,
  ])('cannot be changed by the role that appends: %s', async (sql) => {
    await expect(asRole('append', sql)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
  });

  test('a chunk that is added to a file later is none of its', async () => {
    const bytes = randomBytes(10);
    const sha256 = await stored(bytes);
    await asRole(
      'append',
      `INSERT INTO evidence.chunk SELECT upload_id, 1, 'forged' FROM evidence.file WHERE sha256 = '${sha256}'`,
    );
    await expect(readAll(sha256, 0, MEGABYTE)).rejects.toBeInstanceOf(EvidenceMissing);
    expect((await readAll(sha256, 0, 9)).equals(bytes)).toBe(true);
  });
});

test('says that it is unavailable while it cannot be reached', async () => {
  const proxy = await TcpProxy.open(testDatabase.database.urls.append);
  const pool = createPool({ url: proxy.through(testDatabase.database.urls.append), size: 1, applicationName: 'spec' });
  const away = new PostgresEvidenceStore(pool);
  proxy.refuse();
  const sha256 = 'a'.repeat(64);
  for (const ask of [
    () => away.has(sha256),
    () => away.store(sha256, inPieces(Buffer.from('x')), KEEPER),
    () => readAll(sha256, 0, 0, away),
    () => away.erase(sha256),
    () => away.sweepOrphans(),
  ]) {
    await expect(ask()).rejects.toBeInstanceOf(StoreUnavailable);
  }
  await pool.end();
  await proxy.close();
});
