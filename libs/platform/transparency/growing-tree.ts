import { Frontier, HASH_BYTES, nodeHash, TILE_WIDTH } from './proof';
import { nodeDigest } from './node-digest';

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** A tile as far as it goes. */
export interface GrownTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Buffer;
}

/** The rightmost tile of a level, which grows until it is full. */
interface Edge {
  readonly index: number;
  width: number;
  readonly bytes: Buffer;
  /** The complete subtrees of its hashes, the largest first: one for each 1 in the binary form of the width. */
  readonly subtrees: Uint8Array[];
}

/**
 * The right edge of the tree: as much of it as is needed to add leaves, in memory that depends on the tree's height only. What
 * has been added is taken from it to be stored.
 */
export class GrowingTree {
  readonly #edges: Edge[] = [];
  readonly #grown = new Map<Edge, number>();
  #size = 0;

  /** @param edges of each level, from the leaves up, the hashes of its rightmost tile that is not full; none where there is none */
  constructor(size = 0, edges: readonly Uint8Array[] = []) {
    this.#size = size;
    for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
      const edge = emptyEdge(Math.floor(count / TILE_WIDTH));
      const hashes = edges[level] ?? new Uint8Array(0);
      for (let offset = 0; offset < hashes.length; offset += HASH_BYTES)
        extend(edge, hashes.subarray(offset, offset + HASH_BYTES));
      this.#edges.push(edge);
    }
  }

  get size(): number {
    return this.#size;
  }

  root(): Uint8Array {
    return new Frontier(this.#size, this.#subtrees(), nodeDigest).root();
  }

  /** The complete subtrees that the tree is made of, the largest first, one behind the other. */
  frontierHashes(): Buffer {
    return Buffer.concat(this.#subtrees());
  }

  append(leaf: Uint8Array): void {
    this.#size++;
    this.#add(0, leaf);
  }

  /** The tiles that have changed since they were taken last. */
  takeGrown(): GrownTile[] {
    const grown = [...this.#grown].map(([{ index, width, bytes }, level]) => ({
      level,
      index,
      hashes: bytes.subarray(0, width * HASH_BYTES),
    }));
    this.#grown.clear();
    return grown;
  }

  /** The beginning of a tile of the right edge; undefined for tiles that have been full for some time. */
  tileAtEdge(level: number, index: number, width: number): Uint8Array | undefined {
    const edge = this.#edges[level];
    if (edge?.index !== index || edge.width < width) return undefined;
    return edge.bytes.subarray(0, width * HASH_BYTES);
  }

  #add(level: number, hash: Uint8Array): void {
    const edge = (this.#edges[level] ??= emptyEdge(0));
    extend(edge, hash);
    this.#grown.set(edge, level);
    if (edge.width < TILE_WIDTH) return;
    // Only full tiles are hashed upward: what all the hashes of this one make together is one hash of the next level.
    this.#edges[level] = emptyEdge(edge.index + 1);
    this.#add(level + 1, edge.subtrees[0] as Uint8Array);
  }

  #subtrees(): Uint8Array[] {
    return this.#edges.flatMap((_edge, level) => this.#edges[this.#edges.length - 1 - level]?.subtrees ?? []);
  }
}

function emptyEdge(index: number): Edge {
  return { index, width: 0, bytes: Buffer.alloc(TILE_BYTES), subtrees: [] };
}

function extend(edge: Edge, hash: Uint8Array): void {
  edge.bytes.set(hash, edge.width * HASH_BYTES);
  let subtree = hash;
  // As in adding one to the width: each 1 at its end is carried.
  for (let rest = edge.width; rest % 2 === 1; rest = (rest - 1) / 2)
    subtree = nodeHash(edge.subtrees.pop() as Uint8Array, subtree, nodeDigest);
  edge.subtrees.push(subtree);
  edge.width++;
}
