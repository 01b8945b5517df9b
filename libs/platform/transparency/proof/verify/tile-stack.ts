import { joined } from '../frontier';
import { HASH_BYTES, type Digest } from '../merkle';
import { TILE_WIDTH, type TileName } from '../tiles';
import { rootOfTile } from '../tree-reader';

// Read here once: what a module imports is looked up each time it is named.
const HASH = HASH_BYTES;
const WIDTH = TILE_WIDTH;
const TILE_BYTES = WIDTH * HASH;
const PAIR_BYTES = 1 + 2 * HASH;

/** A tile of hashes as it was computed. */
export interface ComputedTile {
  readonly name: TileName & { readonly level: number };
  readonly bytes: Uint8Array;
}

interface Level {
  readonly bytes: Uint8Array;
  width: number;
  /** How many tiles of this level are full already. */
  full: number;
}

/**
 * A tree that grows leaf by leaf, and gives each tile of hashes when it is full: never more than one tile of each
 * level.
 */
export class TileStack {
  readonly #levels: Level[] = [];
  readonly #fold: (tile: Uint8Array) => Uint8Array;
  #size = 0;

  constructor(private readonly digest: Digest) {
    this.#fold = tileFolding(digest);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Adds a leaf hash.
   * @param full is given each tile that has become full by it
   */
  append(leaf: Uint8Array, full: (tile: ComputedTile) => void): void {
    this.#put(0, leaf, full);
    this.#size++;
  }

  /** The hash of a leaf in the last tile of the lowest level, which is not full. */
  leafInLastTile(index: number): Uint8Array {
    return this.#level(0).bytes.subarray(index * HASH, (index + 1) * HASH);
  }

  /** The tiles that are not full, lowest level first. */
  partialTiles(): ComputedTile[] {
    return this.#levels.flatMap(({ bytes, width, full }, level) =>
      width === 0 ? [] : [{ name: { level, index: full, width }, bytes: bytes.slice(0, width * HASH) }],
    );
  }

  root(): Uint8Array {
    const subtrees: Uint8Array[] = [];
    for (const { bytes, width } of this.#levels.toReversed()) {
      let from = 0;
      for (let count = WIDTH / 2; count >= 1; count /= 2) {
        if (from + count > width) continue;
        subtrees.push(rootOfTile(bytes.subarray(from * HASH, (from + count) * HASH), this.digest));
        from += count;
      }
    }
    return joined(subtrees, this.digest);
  }

  /** The stack of a tree of `size` entries whose partial tiles are these, lowest level first. */
  static restored(size: number, partialTiles: readonly Uint8Array[], digest: Digest): TileStack {
    const stack = new TileStack(digest);
    stack.#size = size;
    let hashes = size;
    for (let level = 0; hashes > 0; level++) {
      const { bytes } = stack.#level(level);
      const width = hashes % WIDTH;
      const full = Math.floor(hashes / WIDTH);
      bytes.set(partialTiles[level] ?? new Uint8Array(0));
      stack.#levels[level] = { bytes, width, full };
      hashes = full;
    }
    return stack;
  }

  #put(number: number, hash: Uint8Array, full: (tile: ComputedTile) => void): void {
    const level = this.#level(number);
    level.bytes.set(hash, level.width * HASH);
    if (++level.width < WIDTH) return;
    const above = this.#fold(level.bytes);
    full({ name: { level: number, index: level.full, width: WIDTH }, bytes: level.bytes.slice() });
    level.width = 0;
    level.full++;
    this.#put(number + 1, above, full);
  }

  #level(number: number): Level {
    return (this.#levels[number] ??= { bytes: new Uint8Array(TILE_BYTES), width: 0, full: 0 });
  }
}

/** The same as `rootOfTile` for full tiles, with nothing allocated for a node but what the digest gives. */
function tileFolding(digest: Digest): (tile: Uint8Array) => Uint8Array {
  const work = new Uint8Array((WIDTH / 2) * PAIR_BYTES);
  const pairs = Array.from({ length: WIDTH / 2 }, (_, index) => {
    const pair = work.subarray(index * PAIR_BYTES, (index + 1) * PAIR_BYTES);
    pair[0] = 1;
    return pair;
  });
  return (tile) => {
    for (let hash = 0; hash < WIDTH; hash++) {
      const from = hash * HASH;
      const to = (hash >> 1) * PAIR_BYTES + 1 + (hash & 1) * HASH;
      for (let byte = 0; byte < HASH; byte++) work[to + byte] = tile[from + byte] as number;
    }
    for (let count = WIDTH / 2; count > 1; count /= 2) {
      for (let index = 0; index < count; index++) {
        const node = digest(pairs[index] as Uint8Array);
        // Its place was read already: a node goes where the pair of half its number was.
        const to = (index >> 1) * PAIR_BYTES + 1 + (index & 1) * HASH;
        for (let byte = 0; byte < HASH; byte++) work[to + byte] = node[byte] as number;
      }
    }
    return digest(pairs[0] as Uint8Array);
  };
}
