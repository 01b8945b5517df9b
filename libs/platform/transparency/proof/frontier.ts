import { EMPTY_ROOT, nodeHash, sha256, type Digest } from './merkle';

/**
 * What is needed of a tree to add to it and to tell its root: the hashes of the complete subtrees it is made of, largest
 * first, one for each 1 in the binary form of the size.
 */
export class Frontier {
  #size: number;
  readonly #hashes: Uint8Array[];

  /** @throws RangeError when the hashes are not as many as the size has */
  constructor(
    size = 0,
    hashes: readonly Uint8Array[] = [],
    private readonly digest: Digest = sha256,
  ) {
    if (onesOf(size) !== hashes.length) throw new RangeError(`a tree of ${size} is not made of ${hashes.length} parts`);
    this.#size = size;
    this.#hashes = [...hashes];
  }

  get size(): number {
    return this.#size;
  }

  /** Largest subtree first. */
  get hashes(): readonly Uint8Array[] {
    return this.#hashes;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    // As in adding one to the size: each 1 at its end is carried.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = nodeHash(this.#hashes.pop() as Uint8Array, hash, this.digest);
    }
    this.#hashes.push(hash);
    this.#size++;
  }

  root(): Uint8Array {
    return joined(this.#hashes, this.digest);
  }
}

/** The root of what complete subtrees make together, the largest and leftmost first. */
export function joined(subtrees: readonly Uint8Array[], digest: Digest = sha256): Uint8Array {
  if (subtrees.length === 0) return EMPTY_ROOT;
  return subtrees.reduceRight((right, left) => nodeHash(left, right, digest));
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
