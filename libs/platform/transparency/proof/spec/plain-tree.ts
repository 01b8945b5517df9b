import { createHash } from 'node:crypto';

/**
 * The tree of RFC 6962 §2.1, written down as the RFC says it, without regard to speed: what the code under test is held
 * against. Shares nothing with it.
 */
export class PlainTree {
  readonly #known = new Map<string, Buffer>();

  constructor(readonly leaves: readonly Buffer[]) {}

  /** MTH(D[from:to]). */
  hash(from: number, to: number): Buffer {
    const key = `${from}-${to}`;
    const known = this.#known.get(key);
    if (known) return known;
    const made = this.#hash(from, to);
    this.#known.set(key, made);
    return made;
  }

  /** PATH(index, D[0:size]). */
  path(index: number, from: number, to: number): Buffer[] {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle
      ? [...this.path(index, from, middle), this.hash(middle, to)]
      : [...this.path(index, middle, to), this.hash(from, middle)];
  }

  /** SUBPROOF(old, D[from:to], isWhole). */
  proof(old: number, from: number, to: number, isWhole = true): Buffer[] {
    if (old === to) return isWhole ? [] : [this.hash(from, to)];
    const middle = from + split(to - from);
    return old <= middle
      ? [...this.proof(old, from, middle, isWhole), this.hash(middle, to)]
      : [...this.proof(old, middle, to, false), this.hash(from, middle)];
  }

  #hash(from: number, to: number): Buffer {
    if (from === to) return createHash('sha256').digest();
    if (to - from === 1) return this.leaves[from] as Buffer;
    const middle = from + split(to - from);
    return createHash('sha256')
      .update(Buffer.from([1]))
      .update(this.hash(from, middle))
      .update(this.hash(middle, to))
      .digest();
  }
}

/** The leaf hashes of entries `0`, `1`, `2` … */
export function plainLeaves(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => plainLeaf(Buffer.from(String(index))));
}

export function plainLeaf(entry: Uint8Array): Buffer {
  return createHash('sha256')
    .update(Buffer.from([0]))
    .update(entry)
    .digest();
}

function split(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}
