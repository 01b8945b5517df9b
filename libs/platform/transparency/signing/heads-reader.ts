import type { StreamName } from '@khamrap/kernel';
import { HASH_BYTES, streamHeadHash, type StreamHead } from '@khamrap/platform/transparency/proof';
import type { Pool, PoolClient } from 'pg';
import { nodeDigest } from '../node-digest';

const FETCH_COUNT = 1_000;

/** How far every stream had come at a size of the log. */
export interface HeadsAtSize {
  readonly size: number;
  readonly count: number;
  /** The streams' references, 32 bytes each, in order. */
  readonly references: Buffer;
  /** Hashes of their heads as leaves of the tree of heads, in the same order. */
  readonly hashes: Buffer;
}

interface HeadRow {
  readonly stream: string;
  readonly revision: number;
  readonly leaf: string;
}

/**
 * The head of each stream among the first `size` events. A stream that has gone on since is looked up in the log: its last event
 * before, and the hash of that event's leaf, which stands in the tile at its position.
 */
function headsAt(size: string, ofWhich = 'true'): string {
  return `
    SELECT encode(reference, 'hex') AS stream, revision, encode(leaf, 'hex') AS leaf FROM (
      SELECT head.reference, head.revision, head.leaf_hash AS leaf
      FROM transparency.stream_head AS head WHERE head.position < ${size} AND ${ofWhich}
      UNION ALL
      SELECT head.reference, earlier.revision, earlier.leaf
      FROM transparency.stream_head AS head, LATERAL (
        SELECT event.revision, substring(tile.hashes FROM (event.position % 256)::integer * 32 + 1 FOR 32) AS leaf
        FROM ledger.event AS event
        JOIN transparency.tile AS tile ON tile.level = 0 AND tile.tile_index = event.position / 256
        WHERE event.stream = head.stream AND event.position < ${size}
        ORDER BY event.revision DESC LIMIT 1
      ) AS earlier
      WHERE head.position >= ${size} AND ${ofWhich}
    ) AS heads ORDER BY reference`;
}

/** The size of the tree as it is stored, and the heads of all streams then, in one look at the database. */
export function readHeadsNow(pool: Pool): Promise<HeadsAtSize> {
  return inOneLook(pool, async (client) => readAll(client, await storedSize(client)));
}

/** The heads of all streams as they were at a size that the tree has reached. */
export function readHeadsAt(pool: Pool, size: number): Promise<HeadsAtSize> {
  return inOneLook(pool, (client) => readAll(client, size));
}

/** The head of one stream at a size; undefined where it had no event yet. */
export async function readHeadOf(pool: Pool, stream: StreamName, size: number): Promise<StreamHead | undefined> {
  const { rows } = await pool.query<HeadRow>({
    name: 'head-of-stream',
    text: headsAt('$1', 'head.stream = $2'),
    values: [size, stream],
  });
  return rows[0];
}

async function inOneLook<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection with a transaction that failed is not handed to others.
    client.release(failure);
  }
}

async function storedSize(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ size: number }>('SELECT size FROM transparency.state');
  return rows[0]?.size ?? 0;
}

/** Row by row through a cursor: of each stream 64 bytes stay. */
async function readAll(client: PoolClient, size: number): Promise<HeadsAtSize> {
  await client.query(`DECLARE heads NO SCROLL CURSOR FOR ${headsAt(String(wholeSize(size)))}`);
  const references: Buffer[] = [];
  const hashes: Buffer[] = [];
  for (;;) {
    const { rows } = await client.query<HeadRow>(`FETCH ${FETCH_COUNT} FROM heads`);
    references.push(Buffer.concat(rows.map(({ stream }) => Buffer.from(stream, 'hex'))));
    hashes.push(Buffer.concat(rows.map((head) => streamHeadHash(head, nodeDigest))));
    if (rows.length < FETCH_COUNT) break;
  }
  const all = Buffer.concat(references);
  return { size, count: all.length / HASH_BYTES, references: all, hashes: Buffer.concat(hashes) };
}

/** A cursor takes no parameters: what stands in its text is a number and nothing else. */
function wholeSize(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} is not a size`);
  return size;
}
