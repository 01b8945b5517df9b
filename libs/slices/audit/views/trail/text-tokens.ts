import { toAsciiDigits } from '@khamrap/kernel';

// Thai is written without spaces, so texts are found by their runs of three characters, wherever a word may begin. A run is
// kept as a number of 32 bits, together with the part of the log that its event stands in: a page of a text that every other
// event has is read from one part, and one that is rare asks each part in turn. Two runs may share a number: what is found is
// compared once more.

/** Characters of a run: a text to look for has as many at least. */
export const RUN_LENGTH = 3;
/** How many positions make a part of the log. */
export const PART_SIZE = 8_192;
/** Characters of an event that can be found; what stands behind them cannot. */
const TEXT_LENGTH_MAX = 20_000;
/** Where one text of an event ends: nothing that is looked for goes on behind it. */
const BETWEEN = '\n';

const HASH_BEGIN = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;
const PART_FACTOR = 0x9e3779b1;

/**
 * A text as it is compared: digits of both scripts, letters of both cases and of all widths, and the two ways to write ำ are the
 * same; white space of any length is one space, and what has no width, as between Thai words, is left out.
 */
export function comparable(text: string): string {
  return toAsciiDigits(text.normalize('NFKC').toLowerCase())
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The texts of one event as they are compared, one a line. */
export function contentOf(texts: readonly string[]): string {
  const content = texts
    .map(comparable)
    .filter((text) => text !== '')
    .join(BETWEEN);
  return content.length <= TEXT_LENGTH_MAX ? content : content.slice(0, TEXT_LENGTH_MAX).toWellFormed();
}

/** The runs of a comparable text, each once. */
export function runsOf(content: string): readonly number[] {
  const runs = new Set<number>();
  for (const line of content.split(BETWEEN)) {
    const last = line.length - RUN_LENGTH;
    for (let from = 0; from <= last; from += 1) runs.add(hashOf(line, from));
  }
  return [...runs];
}

/** Which part of the log a position lies in. */
export function partOf(position: number): number {
  return Math.floor(position / PART_SIZE);
}

/** What makes runs of one part those of no other: their numbers are taken together with it, bit by bit (`#` in PostgreSQL). */
export function markOfPart(part: number): number {
  return Math.imul(part + 1, PART_FACTOR) | 0;
}

/** FNV-1a over the code units of one run. */
function hashOf(text: string, from: number): number {
  let hash = HASH_BEGIN;
  for (let index = from; index < from + RUN_LENGTH; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), HASH_FACTOR);
    hash = Math.imul(hash ^ (unit >>> 8), HASH_FACTOR);
  }
  return hash | 0;
}
