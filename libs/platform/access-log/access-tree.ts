import type { Pool } from 'pg';
import { byteaArray, int8Array } from '@khamrap/platform/database';
import { LogDamaged } from '@khamrap/platform/event-store';
import { HASH_BYTES, rootOfTile, TILE_WIDTH, TreeReader } from '@khamrap/platform/transparency/proof';
import { nodeDigest } from '@khamrap/platform/transparency';

const NODES_AT_ONCE = 256;

/** The tree over the rows (RFC 6962), told from the leaves and, above them, from the roots of full tiles. */
export class AccessTree {
  /** @param pool connections of the appending role */
  constructor(private readonly pool: Pool) {}

  /** How many rows there are, all of them on the disk. */
  async settledSize(): Promise<number> {
    const { rows } = await this.pool.query<{ size: number }>('SELECT access_log.settle() AS size');
    return rows[0]?.size ?? 0;
  }

  async size(): Promise<number> {
    const { rows } = await this.pool.query<{ size: number }>('SELECT next_number AS size FROM access_log.head');
    return rows[0]?.size ?? 0;
  }

  /** When a row was made; undefined where there is none of that number. */
  async timeOf(number: number): Promise<number | undefined> {
    const { rows } = await this.pool.query<{ at: number }>(
      'SELECT at_ms AS at FROM access_log.leaf WHERE number = $1',
      [number],
    );
    return rows[0]?.at;
  }

  /** The tree as it is, or was, at a size. What is above its full tiles has to have been made (`extendTo`). */
  at(size: number): TreeReader {
    return new TreeReader(
      size,
      ({ level, index, width }) => this.#hashes(level, index * TILE_WIDTH, width),
      nodeDigest,
    );
  }

  /** Makes the roots of all full tiles of the tree of a size that are not made yet. */
  async extendTo(size: number): Promise<void> {
    for (let level = 1, below = size; below >= TILE_WIDTH; level++) {
      const count = Math.floor(below / TILE_WIDTH);
      for (let next = await this.#nodeCount(level); next < count; next += NODES_AT_ONCE)
        await this.#makeNodes(level, next, Math.min(NODES_AT_ONCE, count - next));
      below = count;
    }
  }

  async #makeNodes(level: number, first: number, count: number): Promise<void> {
    const indexes = Array.from({ length: count }, (_, index) => first + index);
    const hashes: Buffer[] = [];
    for (const index of indexes) {
      const tile = await this.#hashes(level - 1, index * TILE_WIDTH, TILE_WIDTH);
      hashes.push(Buffer.from(rootOfTile(tile, nodeDigest)));
    }
    await this.pool.query(
      `INSERT INTO access_log.node (level, node_index, hash)
       SELECT $1, made.node_index, made.hash FROM unnest($2::bigint[], $3::bytea[]) AS made(node_index, hash)
       ON CONFLICT DO NOTHING`,
      [level, int8Array(indexes), byteaArray(hashes)],
    );
  }

  async #nodeCount(level: number): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      'SELECT coalesce(max(node_index) + 1, 0) AS count FROM access_log.node WHERE level = $1',
      [level],
    );
    return rows[0]?.count ?? 0;
  }

  async #hashes(level: number, first: number, count: number): Promise<Buffer> {
    const { rows } = await this.pool.query<{ hash: Buffer }>(
      level === 0
        ? 'SELECT hash FROM access_log.leaf WHERE number >= $1 AND number < $2 ORDER BY number'
        : `SELECT hash FROM access_log.node
           WHERE level = ${level} AND node_index >= $1 AND node_index < $2 ORDER BY node_index`,
      [first, first + count],
    );
    const hashes = Buffer.concat(rows.map(({ hash }) => hash));
    if (hashes.length === count * HASH_BYTES) return hashes;
    throw new LogDamaged(`of the access log, leaves or nodes are missing from ${first} on at level ${level}`);
  }
}
