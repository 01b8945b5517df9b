import { HASH_BYTES } from '../merkle';

// Read here once: what a module imports is looked up each time it is named.
const HASH = HASH_BYTES;
const RECORD_BYTES = 2 * HASH;
const REVISION_BYTES = 8;
const CAPACITY_MIN = 256;
const FREE = -1;

/**
 * The last leaf of every stream, by reference: some 100 bytes for a stream, twice that while the table grows. Works on
 * the bytes of entries as they are, because making a text of each reference would cost more than all else that an audit
 * does.
 */
export class StreamTable {
  #count = 0;
  /** Reference and leaf hash of each stream, one behind the other. */
  #records = new Uint8Array(CAPACITY_MIN * RECORD_BYTES);
  #revisions = new Float64Array(CAPACITY_MIN);
  /** Numbers of streams, by what their references begin with. */
  #slots = new Int32Array(2 * CAPACITY_MIN).fill(FREE);

  /** How many streams there are. */
  get count(): number {
    return this.#count;
  }

  /** The number of a stream, or -1 when it is new. */
  find(reference: Uint8Array): number {
    return this.#slots[this.#slotOf(reference)] as number;
  }

  /** @returns the number of the new stream */
  add(reference: Uint8Array): number {
    if (this.#count === this.#revisions.length) this.#grow();
    const stream = this.#count++;
    this.#records.set(reference, stream * RECORD_BYTES);
    this.#slots[this.#slotOf(reference)] = stream;
    return stream;
  }

  revisionOf(stream: number): number {
    return this.#revisions[stream] as number;
  }

  /** Whether the last leaf of a stream has this hash. */
  hasLeaf(stream: number, leaf: Uint8Array): boolean {
    const offset = stream * RECORD_BYTES + HASH;
    for (let index = 0; index < HASH; index++) {
      if (this.#records[offset + index] !== leaf[index]) return false;
    }
    return true;
  }

  setLast(stream: number, revision: number, leaf: Uint8Array): void {
    this.#revisions[stream] = revision;
    this.#records.set(leaf, stream * RECORD_BYTES + HASH);
  }

  /** Everything, for later: 72 bytes for each stream. */
  saved(): Uint8Array {
    const bytes = new Uint8Array(this.#count * (RECORD_BYTES + REVISION_BYTES));
    bytes.set(this.#records.subarray(0, this.#count * RECORD_BYTES));
    const view = new DataView(bytes.buffer, this.#count * RECORD_BYTES);
    for (let stream = 0; stream < this.#count; stream++) {
      view.setFloat64(stream * REVISION_BYTES, this.#revisions[stream] as number);
    }
    return bytes;
  }

  /** What `saved` gave. */
  static restored(bytes: Uint8Array): StreamTable {
    const table = new StreamTable();
    const count = bytes.length / (RECORD_BYTES + REVISION_BYTES);
    const view = new DataView(bytes.buffer, bytes.byteOffset + count * RECORD_BYTES);
    for (let stream = 0; stream < count; stream++) {
      const record = bytes.subarray(stream * RECORD_BYTES, (stream + 1) * RECORD_BYTES);
      table.add(record.subarray(0, HASH));
      table.setLast(stream, view.getFloat64(stream * REVISION_BYTES), record.subarray(HASH));
    }
    return table;
  }

  #slotOf(reference: Uint8Array): number {
    const mask = this.#slots.length - 1;
    // References are hashes: what one begins with is as good as any hash of it.
    const start =
      ((reference[0] as number) << 24) |
      ((reference[1] as number) << 16) |
      ((reference[2] as number) << 8) |
      (reference[3] as number);
    for (let slot = start & mask; ; slot = (slot + 1) & mask) {
      const stream = this.#slots[slot] as number;
      if (stream === FREE || this.#isOf(stream, reference)) return slot;
    }
  }

  #isOf(stream: number, reference: Uint8Array): boolean {
    const offset = stream * RECORD_BYTES;
    for (let index = 0; index < HASH; index++) {
      if (this.#records[offset + index] !== reference[index]) return false;
    }
    return true;
  }

  #grow(): void {
    const capacity = 2 * this.#revisions.length;
    const records = new Uint8Array(capacity * RECORD_BYTES);
    records.set(this.#records);
    const revisions = new Float64Array(capacity);
    revisions.set(this.#revisions);
    this.#records = records;
    this.#revisions = revisions;
    this.#slots = new Int32Array(2 * capacity).fill(FREE);
    for (let stream = 0; stream < this.#count; stream++) {
      const reference = records.subarray(stream * RECORD_BYTES, stream * RECORD_BYTES + HASH);
      this.#slots[this.#slotOf(reference)] = stream;
    }
  }
}
