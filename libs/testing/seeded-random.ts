/**
 * A deterministic source of chance: the same seed gives the same choices on every machine, so a failure can be run again.
 * The generator is mulberry32 (Tommy Ettinger, public domain); it is for tests, never for secrets.
 */
export class SeededRandom {
  #state: number;

  /** @param seed a whole number; its low 32 bits count */
  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, but not including, 1. */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  /** True in `share` of all cases, from 0 for never to 1 for always. */
  chance(share: number): boolean {
    return this.fraction() < share;
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError('there is nothing to pick from');
    return items[this.integer(0, items.length - 1)] as Item;
  }

  /** A copy in another order (Fisher and Yates). */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.integer(0, last);
      [result[last], result[other]] = [result[other] as Item, result[last] as Item];
    }
    return result;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.integer(0, 255)));
  }

  /** A UUID of version 4 (RFC 9562 §5.4) as text. */
  uuid(): string {
    const bytes = this.bytes(16);
    bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x40;
    bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** A source of its own for another actor, so that what one does never changes the choices of another. */
  branch(label: string): SeededRandom {
    let seed = this.seed >>> 0;
    for (const byte of Buffer.from(label, 'utf8')) seed = Math.imul(seed ^ byte, 0x01000193) >>> 0;
    return new SeededRandom(seed);
  }
}
