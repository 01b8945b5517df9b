import { joined } from './frontier';
import { Malformed } from './malformed';
import { HASH_BYTES, nodeHash, sha256, type Digest } from './merkle';
import { tileWidth, TILE_WIDTH, type TileName } from './tiles';

/** Reads a tile of hashes: `width` times 32 bytes. */
export type ReadTile = (tile: TileName & { readonly level: number }) => Promise<Uint8Array>;

const LEVEL_HEIGHT = 8;

/**
 * A tree of one size, told from its tiles: roots of older sizes and proofs for any entry, without anything but tiles having
 * to be stored. Every tile is read at most once.
 */
export class TreeReader {
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  constructor(
    readonly size: number,
    private readonly readTile: ReadTile,
    private readonly digest: Digest = sha256,
  ) {}

  /** The root of the tree as it was at a size, by default its own. */
  async rootAt(size = this.size): Promise<Uint8Array> {
    if (size > this.size) throw new RangeError(`a tree of ${this.size} does not know the root at ${size}`);
    return this.#hashOf(0, size);
  }

  /** Hash of the entry at an index, as a leaf. */
  leafAt(index: number): Promise<Uint8Array> {
    return this.#complete(0, index);
  }

  /** The audit path of an entry (RFC 6962 §2.1.1), the sibling of the leaf first. */
  async inclusionProof(index: number): Promise<Uint8Array[]> {
    if (index < 0 || index >= this.size) throw new RangeError(`a tree of ${this.size} has no entry ${index}`);
    const siblings: [from: number, to: number][] = [];
    for (let from = 0, to = this.size; to - from > 1;) {
      const middle = from + splitOf(to - from);
      siblings.unshift(index < middle ? [middle, to] : [from, middle]);
      if (index < middle) to = middle;
      else from = middle;
    }
    return Promise.all(siblings.map(([from, to]) => this.#hashOf(from, to)));
  }

  /** The proof that the tree begins with that of an older size (RFC 6962 §2.1.2); empty from size 0 and from its own. */
  async consistencyProof(oldSize: number): Promise<Uint8Array[]> {
    if (oldSize < 0 || oldSize > this.size) throw new RangeError(`a tree of ${this.size} was never of ${oldSize}`);
    if (oldSize === 0 || oldSize === this.size) return [];
    const parts: [from: number, to: number][] = [];
    let from = 0;
    let to = this.size;
    while (oldSize < to) {
      const middle = from + splitOf(to - from);
      parts.unshift(oldSize <= middle ? [middle, to] : [from, middle]);
      if (oldSize <= middle) to = middle;
      else from = middle;
    }
    // What is left of the older tree; all of it is known to whoever has its root.
    if (from > 0) parts.unshift([from, to]);
    return Promise.all(parts.map(([start, end]) => this.#hashOf(start, end)));
  }

  /** Of the entries from `from` up to but without `to`; `from` is a multiple of every complete subtree in it. */
  async #hashOf(from: number, to: number): Promise<Uint8Array> {
    const subtrees: Promise<Uint8Array>[] = [];
    for (let start = from; start < to;) {
      let height = 0;
      while (start + 2 ** (height + 1) <= to) height++;
      subtrees.push(this.#complete(height, start / 2 ** height));
      start += 2 ** height;
    }
    return joined(await Promise.all(subtrees), this.digest);
  }

  /** Hash of the complete subtree number `index` among those of 2^height entries. */
  async #complete(height: number, index: number): Promise<Uint8Array> {
    const level = Math.floor(height / LEVEL_HEIGHT);
    const count = 2 ** (height % LEVEL_HEIGHT);
    const first = index * count;
    const tile = await this.#tile(level, Math.floor(first / TILE_WIDTH));
    const offset = (first % TILE_WIDTH) * HASH_BYTES;
    return rootOfTile(tile.subarray(offset, offset + count * HASH_BYTES), this.digest);
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    const key = `${level}/${index}`;
    const known = this.#tiles.get(key);
    if (known) return known;
    const width = tileWidth(level, index, this.size);
    const tile = this.readTile({ level, index, width }).then((bytes) => {
      if (bytes.length !== width * HASH_BYTES)
        throw new Malformed(`a tile of ${width} hashes has ${bytes.length} bytes`);
      return bytes;
    });
    this.#tiles.set(key, tile);
    return tile;
  }
}

/** The largest power of two that is smaller than a size of 2 or more. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** What the hashes of a tile make together, 1, 2, 4 … or 256 of them: of a full tile, the hash that stands in the tile above it. */
export function rootOfTile(tile: Uint8Array, digest: Digest = sha256): Uint8Array {
  let hashes = Array.from({ length: tile.length / HASH_BYTES }, (_, number) =>
    tile.subarray(number * HASH_BYTES, (number + 1) * HASH_BYTES),
  );
  while (hashes.length > 1) {
    hashes = Array.from({ length: hashes.length / 2 }, (_, pair) =>
      nodeHash(hashes[2 * pair] as Uint8Array, hashes[2 * pair + 1] as Uint8Array, digest),
    );
  }
  return hashes[0] as Uint8Array;
}
