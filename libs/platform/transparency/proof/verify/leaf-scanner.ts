import { utf8 } from '../bytes';
import { HASH_BYTES } from '../merkle';

// Read here once: what a module imports is looked up each time it is named.
const HASH = HASH_BYTES;
const BEFORE_BODY = utf8('{"body":"');
const BEFORE_PREVIOUS = utf8(',"prev":');
const NULL = utf8('null');
const BEFORE_TIME = utf8(',"recordedAt":"');
const BEFORE_REVISION = utf8('","revision":');
const BEFORE_STREAM = utf8(',"stream":"');
const END = utf8('","v":1}');
const TIME_LEAST = utf8('0000-00-00T00:00:00.000Z');
const TIME_MOST = utf8('9999-19-39T29:59:59.999Z');
const QUOTE = 0x22;
const ZERO = 0x30;
const NINE = 0x39;
const REVISION_DIGITS_MAX = 10;
const NO_DIGIT = 255;

const HEX_DIGITS = new Uint8Array(256).fill(NO_DIGIT);
utf8('0123456789abcdef').forEach((character, digit) => (HEX_DIGITS[character] = digit));

/** Length of a time in an entry, such as 2026-01-31T09:15:00.000Z. */
export const TIME_BYTES = TIME_LEAST.length;

/**
 * Reads the entries of one log without making a text of each: an entry is the same bytes for every event but for some
 * fields, so it is compared with what it must be. It accepts an entry only where `parseLeaf` does, and the log and
 * position are right; why another is refused, `parseLeaf` tells. What was read stands in the fields until the next
 * entry is read.
 */
export class LeafScanner {
  readonly stream = new Uint8Array(HASH);
  /** Leaf hash of the event before it in its stream, if it names one. */
  readonly before = new Uint8Array(HASH);
  hasBefore = false;
  /** Where in the bytes the time begins. */
  timeAt = 0;
  revision = 0;

  readonly #betweenBodyAndPosition: Uint8Array;
  #bytes: Uint8Array = BEFORE_BODY;
  #at = 0;

  constructor(log: string) {
    this.#betweenBodyAndPosition = utf8(`","log":"${log}","position":`);
  }

  /** Whether the bytes from `start` up to but without `end` are the leaf of this log at this position. */
  scan(bytes: Uint8Array, start: number, end: number, position: number): boolean {
    this.#bytes = bytes;
    this.#at = start;
    return (
      this.#isNext(BEFORE_BODY) &&
      this.#isHash() &&
      this.#isNext(this.#betweenBodyAndPosition) &&
      this.#isPosition(position) &&
      this.#isNext(BEFORE_PREVIOUS) &&
      this.#isBefore() &&
      this.#isNext(BEFORE_TIME) &&
      this.#isTime() &&
      this.#isNext(BEFORE_REVISION) &&
      this.#isRevision() &&
      this.#isNext(BEFORE_STREAM) &&
      this.#isHash(this.stream) &&
      this.#isNext(END) &&
      this.#at === end
    );
  }

  #isNext(expected: Uint8Array): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    const { length } = expected;
    for (let index = 0; index < length; index++) {
      if (bytes[at + index] !== expected[index]) return false;
    }
    this.#at = at + length;
    return true;
  }

  #isHash(into?: Uint8Array): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < HASH; index++, at += 2) {
      const high = HEX_DIGITS[bytes[at] ?? 0] as number;
      const low = HEX_DIGITS[bytes[at + 1] ?? 0] as number;
      if (high === NO_DIGIT || low === NO_DIGIT) return false;
      if (into) into[index] = (high << 4) | low;
    }
    this.#at = at;
    return true;
  }

  #isPosition(position: number): boolean {
    const digits = String(position);
    for (let index = 0; index < digits.length; index++) {
      if (this.#bytes[this.#at++] !== digits.charCodeAt(index)) return false;
    }
    return true;
  }

  #isBefore(): boolean {
    this.hasBefore = this.#bytes[this.#at] === QUOTE;
    if (!this.hasBefore) return this.#isNext(NULL);
    this.#at++;
    return this.#isHash(this.before) && this.#bytes[this.#at++] === QUOTE;
  }

  #isTime(): boolean {
    this.timeAt = this.#at;
    for (let index = 0; index < TIME_BYTES; index++) {
      const byte = this.#bytes[this.#at++] as number;
      if (!(byte >= (TIME_LEAST[index] as number) && byte <= (TIME_MOST[index] as number))) return false;
    }
    return true;
  }

  #isRevision(): boolean {
    const first = this.#at;
    let revision = 0;
    for (;;) {
      const byte = this.#bytes[this.#at] ?? 0;
      if (byte < ZERO || byte > NINE || this.#at - first === REVISION_DIGITS_MAX) break;
      revision = 10 * revision + byte - ZERO;
      this.#at++;
    }
    this.revision = revision;
    const count = this.#at - first;
    return count > 0 && (count === 1 || this.#bytes[first] !== ZERO);
  }
}
