import { HASH_BYTES, TILE_WIDTH } from './proof';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';

/** Tiles above the leaves that a proof walks through, and the leaves that are asked for most: a million events have 3,923 tiles. */
const TILE_BYTES_MAX = 48_000_000;
const BUNDLE_BYTES_MAX = 16_000_000;

/** Reads tiles and bundles of entries; keeps the full ones, which never change, as far as there is room. */
export class TileReader {
  readonly #tiles = new LRUCache<string, Buffer>({ maxSize: TILE_BYTES_MAX, sizeCalculation: ({ length }) => length });
  readonly #bundles = new LRUCache<number, Buffer>({
    maxSize: BUNDLE_BYTES_MAX,
    sizeCalculation: ({ length }) => length,
  });

  constructor(private readonly pool: Pool) {}

  /** The first `width` hashes of a tile; undefined when it has not so many. */
  async tile(level: number, index: number, width: number): Promise<Buffer | undefined> {
    const key = `${level}/${index}`;
    const hashes = this.#tiles.get(key) ?? (await this.#readTile(level, index));
    if (hashes === undefined || hashes.length < width * HASH_BYTES) return undefined;
    if (hashes.length === TILE_WIDTH * HASH_BYTES) this.#tiles.set(key, hashes);
    return hashes.subarray(0, width * HASH_BYTES);
  }

  /** A full bundle of entries; undefined while it is not full. */
  async bundle(index: number): Promise<Buffer | undefined> {
    const known = this.#bundles.get(index);
    if (known) return known;
    const { rows } = await this.pool.query<{ bytes: Buffer }>({
      name: 'entry-bundle',
      text: 'SELECT bytes FROM transparency.entry_bundle WHERE bundle_index = $1',
      values: [index],
    });
    const bytes = rows[0]?.bytes;
    if (bytes) this.#bundles.set(index, bytes);
    return bytes;
  }

  async #readTile(level: number, index: number): Promise<Buffer | undefined> {
    const { rows } = await this.pool.query<{ hashes: Buffer }>({
      name: 'tile',
      text: 'SELECT hashes FROM transparency.tile WHERE level = $1 AND tile_index = $2',
      values: [level, index],
    });
    return rows[0]?.hashes;
  }
}
