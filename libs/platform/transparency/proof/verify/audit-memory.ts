import { concatBytes, textOf, utf8, areEqual } from '../bytes';
import { Malformed } from '../malformed';
import { HASH_BYTES, sha256, type Digest } from '../merkle';
import { TILE_WIDTH } from '../tiles';
import { TIME_BYTES } from './leaf-scanner';

/** What an audit has to know of the entries it has read to go on with the next ones. */
export interface AuditMemory {
  /** The origin in the leaves. */
  readonly log: string;
  readonly size: number;
  /** Of the last entry, as it stands in it. */
  readonly lastTime: Uint8Array;
  /** The last tile of each level, as far as it goes; empty where the last one was full. */
  readonly tiles: readonly Uint8Array[];
  /** The heads of all streams: 72 bytes for each. */
  readonly streams: Uint8Array;
}

const FIRST_LINE = 'khamrap audit 1';
const STREAM_BYTES = 2 * HASH_BYTES + 8;

/**
 * An audit's memory as bytes, to be kept in a file, with the checkpoint that was checked. It ends with its own hash: a
 * file that was damaged is told from a log that was.
 */
export function savedAudit(memory: AuditMemory, checkpoint: string, digest: Digest = sha256): Uint8Array {
  const head = JSON.stringify({
    log: memory.log,
    size: memory.size,
    tiles: memory.tiles.map(({ length }) => length),
    streams: memory.streams.length,
    checkpoint,
  });
  const bytes = concatBytes(utf8(`${FIRST_LINE}\n${head}\n`), memory.lastTime, ...memory.tiles, memory.streams);
  return concatBytes(bytes, digest(bytes));
}

/** @throws Malformed unless it is, whole, what `savedAudit` gave */
export function restoredAudit(
  saved: Uint8Array,
  digest: Digest = sha256,
): { readonly memory: AuditMemory; readonly checkpoint: string } {
  const bytes = saved.subarray(0, Math.max(0, saved.length - HASH_BYTES));
  if (!areEqual(digest(bytes), saved.subarray(bytes.length))) throw new Malformed('not the state of an audit');
  const [firstLine, end] = lineFrom(bytes, 0);
  const [headLine, start] = lineFrom(bytes, end);
  if (firstLine !== FIRST_LINE) throw new Malformed('the state of an audit of another version');
  const head = JSON.parse(headLine) as {
    log: string;
    size: number;
    tiles: number[];
    streams: number;
    checkpoint: string;
  };
  let at = start;
  const part = (length: number): Uint8Array => bytes.slice(at, (at += length));
  const lastTime = part(TIME_BYTES);
  const tiles = head.tiles.map((length) => part(length));
  const streams = part(head.streams);
  const isWhole = at === bytes.length && streams.length % STREAM_BYTES === 0 && haveWidths(head.size, tiles);
  if (!isWhole) throw new Malformed('not the state of an audit');
  return { memory: { log: head.log, size: head.size, lastTime, tiles, streams }, checkpoint: head.checkpoint };
}

function lineFrom(bytes: Uint8Array, start: number): [line: string, next: number] {
  const end = bytes.indexOf(0x0a, start);
  if (end < 0) throw new Malformed('not the state of an audit');
  return [textOf(bytes.subarray(start, end)), end + 1];
}

function haveWidths(size: number, tiles: readonly Uint8Array[]): boolean {
  let hashes = size;
  return tiles.every(({ length }) => {
    const isRight = length === (hashes % TILE_WIDTH) * HASH_BYTES;
    hashes = Math.floor(hashes / TILE_WIDTH);
    return isRight;
  });
}
