import { parseLeaf } from '../leaf';
import { Malformed } from '../malformed';
import { sha256, type Digest } from '../merkle';
import { ENTRY_BYTES_MAX, TILE_WIDTH } from '../tiles';
import type { AuditMemory } from './audit-memory';
import type { Finding, FindingCode } from './finding';
import { LeafScanner, TIME_BYTES } from './leaf-scanner';
import { StreamTable } from './stream-table';
import { TileStack, type ComputedTile } from './tile-stack';

/** What came of reading some entries. */
export interface Taken {
  /** Tiles that have become full, the lowest level first. */
  readonly tiles: readonly ComputedTile[];
  /** What the tree hashed to at the sizes that were asked for. */
  readonly roots: ReadonlyMap<number, Uint8Array>;
  readonly findings: readonly Finding[];
  /** How many bytes stand behind the last entry that was read. */
  readonly unreadBytes: number;
}

const LENGTH_BYTES = 2;

/**
 * Reads a log from its first entry to its last: every leaf is what it must be, recorded times never run backwards,
 * every stream is contiguous and each event names the one before it; makes all tiles of hashes and the root out of the
 * entries alone. Memory: one tile of each level, and some 100 bytes for each stream.
 */
export class LogAudit {
  readonly #tree: TileStack;
  readonly #streams: StreamTable;
  readonly #scanner: LeafScanner;
  readonly #lastTime = new Uint8Array(TIME_BYTES);
  readonly #entry = new Uint8Array(1 + ENTRY_BYTES_MAX);
  /**
   * After the first leaf that is not as it should be the others are hashed only: what follows from it would be found
   * again and again.
   */
  #isBroken = false;

  /**
   * @param log the origin in its leaves
   * @param memory of an earlier audit, which this one goes on from
   */
  constructor(
    readonly log: string,
    private readonly digest: Digest = sha256,
    memory?: AuditMemory,
  ) {
    this.#scanner = new LeafScanner(log);
    this.#tree = memory ? TileStack.restored(memory.size, memory.tiles, digest) : new TileStack(digest);
    this.#streams = memory ? StreamTable.restored(memory.streams) : new StreamTable();
    if (memory) this.#lastTime.set(memory.lastTime);
  }

  /** How many entries have been read. */
  get size(): number {
    return this.#tree.size;
  }

  /** How many streams they belong to. */
  get streamCount(): number {
    return this.#streams.count;
  }

  root(): Uint8Array {
    return this.#tree.root();
  }

  /** The tiles that are not full, lowest level first. */
  partialTiles(): readonly ComputedTile[] {
    return this.#tree.partialTiles();
  }

  /** What is needed to go on later; nothing of an audit that has found something wrong. */
  memory(): AuditMemory | undefined {
    if (this.#isBroken) return undefined;
    const tiles: Uint8Array[] = [];
    for (const { name, bytes } of this.partialTiles()) tiles[name.level] = bytes;
    return {
      log: this.log,
      size: this.size,
      lastTime: this.#lastTime.slice(),
      tiles: Array.from(tiles, (tile) => tile ?? new Uint8Array(0)),
      streams: this.#streams.saved(),
    };
  }

  /**
   * Reads the bundle of entries in which the next one stands; those of it that were read before must be the same.
   * @param to reads the entries before this position; there may be more in the bundle
   * @param wanted sizes at which the root is to be told, ascending
   */
  take(bundle: Uint8Array, to: number, wanted: readonly number[] = []): Taken {
    const tiles: ComputedTile[] = [];
    const roots = new Map<number, Uint8Array>();
    const findings: Finding[] = [];
    const first = this.size - (this.size % TILE_WIDTH);
    const knownCount = this.size - first;
    let wantedIndex = 0;
    let position = first;
    let offset = 0;
    for (; offset < bundle.length && position < to; position++) {
      const start = offset + LENGTH_BYTES;
      const end = start + (((bundle[offset] as number) << 8) | (bundle[offset + 1] ?? 0));
      if (end > bundle.length) break;
      const leaf = this.#leafHash(bundle, start, end);
      if (position - first < knownCount) {
        if (!isSame(leaf, this.#tree.leafInLastTile(position - first)))
          findings.push({ code: 'entryChanged', position });
      } else {
        this.#check(bundle, start, end, leaf, findings);
        this.#tree.append(leaf, (tile) => tiles.push(tile));
      }
      while ((wanted[wantedIndex] ?? Infinity) <= this.size) {
        if (wanted[wantedIndex] === this.size) roots.set(this.size, this.root());
        wantedIndex++;
      }
      offset = end;
    }
    if (position < to) this.#refuse('entriesMalformed', position, findings);
    else if (findings.length > 0) this.#isBroken = true;
    return { tiles, roots, findings, unreadBytes: bundle.length - offset };
  }

  #leafHash(bundle: Uint8Array, start: number, end: number): Uint8Array {
    this.#entry.set(bundle.subarray(start, end), 1);
    return this.digest(this.#entry.subarray(0, 1 + end - start));
  }

  #check(bundle: Uint8Array, start: number, end: number, leaf: Uint8Array, findings: Finding[]): void {
    if (this.#isBroken) return;
    const position = this.size;
    const code = this.#scanner.scan(bundle, start, end, position)
      ? this.#codeOfContinuation(bundle, leaf)
      : codeOfUnread(bundle.subarray(start, end), this.log, position);
    if (code !== undefined) this.#refuse(code, position, findings);
  }

  #codeOfContinuation(bundle: Uint8Array, leaf: Uint8Array): FindingCode | undefined {
    const { timeAt, stream, revision, hasBefore, before } = this.#scanner;
    if (!this.#takeTime(bundle, timeAt)) return 'timeRunsBackwards';
    const known = this.#streams.find(stream);
    if (known < 0) {
      if (revision !== 0) return 'revisionDiffers';
      if (hasBefore) return 'prevDiffers';
      this.#streams.setLast(this.#streams.add(stream), 0, leaf);
      return undefined;
    }
    if (revision !== this.#streams.revisionOf(known) + 1) return 'revisionDiffers';
    if (!hasBefore || !this.#streams.hasLeaf(known, before)) return 'prevDiffers';
    this.#streams.setLast(known, revision, leaf);
    return undefined;
  }

  /** Times of one width compare as their texts do. */
  #takeTime(bundle: Uint8Array, at: number): boolean {
    let isLater = false;
    for (let index = 0; index < TIME_BYTES; index++) {
      const byte = bundle[at + index] as number;
      if (!isLater && byte < (this.#lastTime[index] as number)) return false;
      if (byte > (this.#lastTime[index] as number)) isLater = true;
      this.#lastTime[index] = byte;
    }
    return true;
  }

  #refuse(code: FindingCode, position: number, findings: Finding[]): void {
    this.#isBroken = true;
    findings.push({ code, position });
  }
}

function codeOfUnread(entry: Uint8Array, log: string, position: number): FindingCode {
  try {
    const leaf = parseLeaf(entry);
    if (leaf.log !== log) return 'logDiffers';
    if (leaf.position !== position) return 'positionDiffers';
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  return 'entryMalformed';
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.every((byte, index) => byte === right[index]);
}
