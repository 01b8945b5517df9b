/**
 * Choices that are the same for the same seed and the same words, in whatever order they are asked for: what happens to one
 * agreement never changes the choices for another. FNV-1a over the words, mixed by the finaliser of MurmurHash3 (both in the
 * public domain); never for secrets.
 */
export class Chance {
  /** @param seed a whole number; its low 32 bits count */
  constructor(readonly seed: number) {}

  /** A number from 0 up to, but not including, 1. */
  fraction(...words: readonly (string | number)[]): number {
    let hash = (0x811c9dc5 ^ this.seed) >>> 0;
    for (const character of words.join('/')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  }

  /** True in `share` of all cases, from 0 for never to 1 for always. */
  happens(share: number, ...words: readonly (string | number)[]): boolean {
    return this.fraction(...words) < share;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number, ...words: readonly (string | number)[]): number {
    return least + Math.floor(this.fraction(...words) * (most - least + 1));
  }

  pick<Item>(items: readonly Item[], ...words: readonly (string | number)[]): Item {
    return items[this.integer(0, items.length - 1, ...words)] as Item;
  }
}
