import { HASH_BYTES, type Digest } from '../merkle';
import { entriesUnder, TILE_WIDTH, tilePath, type TileName } from '../tiles';
import type { FileSource } from './file-source';
import type { Findings } from './finding';
import type { LogAudit, Taken } from './log-audit';
import { ReadAhead } from './read-ahead';
import type { ComputedTile } from './tile-stack';

/** A log that is read from its files, and what is to be told while it is. */
export interface Walk {
  readonly source: FileSource;
  /** Of the checkpoint: what stands behind it is none of its business. */
  readonly size: number;
  readonly audit: LogAudit;
  readonly findings: Findings;
  readonly digest: Digest;
  /** How many bundles are asked for before their turn. */
  readonly aheadCount: number;
  /** Files of which each goes with a bundle of entries. */
  readonly companion?: (index: number) => string;
  /** Sizes at which the root is wanted, ascending. */
  readonly wantedSizes: readonly number[];
  readonly onRoot: (size: number, root: Uint8Array) => void;
  /** Called with every bundle that has been read, whole or as far as the log goes. */
  readonly onBundle?: (bundle: ReadBundle) => void;
  /** Told now and then how many entries have been read. */
  readonly onProgress?: (size: number) => void;
}

/** A bundle of entries, with the file that goes with it. */
export interface ReadBundle {
  /** Position of its first entry. */
  readonly first: number;
  readonly bytes: Uint8Array;
  readonly companion?: Uint8Array | undefined;
}

interface Files {
  readonly entries?: Sized | undefined;
  readonly tile?: Sized | undefined;
  readonly companion?: Uint8Array | undefined;
}

interface Sized {
  readonly bytes: Uint8Array;
  /** Whether it is the full one, read because the one of this width is not kept any more. */
  readonly isFull: boolean;
}

/**
 * Reads a log to its end, and holds every tile that is served against what the entries make.
 * @returns how many tiles were compared
 */
export async function walkLog(walk: Walk): Promise<number> {
  const { size, audit, findings } = walk;
  const first = Math.floor(audit.size / TILE_WIDTH);
  const ahead = new ReadAhead(first, Math.ceil(size / TILE_WIDTH), walk.aheadCount, (index) => filesOf(walk, index));
  const isDone = audit.size === size;
  let tileCount = 0;
  for (let index = first; !isDone && index * TILE_WIDTH < size; index++) {
    const files = (await ahead.take()) as Files;
    const start = index * TILE_WIDTH;
    const end = Math.min(start + TILE_WIDTH, size);
    const entriesName: TileName = { level: 'entries', index, width: end - start };
    if (!files.entries) {
      findings.add('entriesMissing', { position: start, subject: tilePath(entriesName) });
      return tileCount;
    }
    const taken = takeBundle(walk, files.entries, end);
    if (audit.size < end) return tileCount;
    for (const tile of tilesMade(audit, taken)) {
      const served = tile.name.level === 0 ? files.tile : await readSized(walk.source, tile.name);
      compareTile(tile, served, findings);
      tileCount++;
    }
    walk.onBundle?.({ first: start, bytes: files.entries.bytes, companion: files.companion });
    walk.onProgress?.(audit.size);
  }
  if (!isDone) tileCount += await comparePartialTiles(walk);
  return tileCount;
}

function takeBundle({ audit, findings, wantedSizes, onRoot }: Walk, { bytes, isFull }: Sized, end: number): Taken {
  const wanted = wantedSizes.filter((size) => size > audit.size && size <= end);
  const taken = audit.take(bytes, end, wanted);
  findings.addAll(taken.findings);
  for (const [size, root] of taken.roots) onRoot(size, root);
  if (taken.unreadBytes > 0 && audit.size === end && !(isFull && end % TILE_WIDTH !== 0))
    findings.add('entriesMalformed', { position: end - 1 });
  return taken;
}

/** The tiles that have become full; at the end of the log also what there is of the lowest one. */
function tilesMade(audit: LogAudit, { tiles }: Taken): readonly ComputedTile[] {
  if (tiles.length > 0) return tiles;
  return audit.partialTiles().filter(({ name }) => name.level === 0);
}

async function comparePartialTiles({ source, audit, findings }: Walk): Promise<number> {
  const upper = audit.partialTiles().filter(({ name }) => name.level > 0);
  for (const tile of upper) compareTile(tile, await readSized(source, tile.name), findings);
  return upper.length;
}

function compareTile({ name, bytes }: ComputedTile, served: Sized | undefined, findings: Findings): void {
  const subject = tilePath(name);
  const positionOf = (hash: number): number => (name.index * TILE_WIDTH + hash) * entriesUnder(name.level);
  if (!served) {
    findings.add('tileMissing', { position: positionOf(0), subject });
    return;
  }
  const hashes = served.isFull ? served.bytes.subarray(0, bytes.length) : served.bytes;
  if (areSame(hashes, bytes)) return;
  // What is above a leaf that differs, differs for that reason.
  if (name.level > 0 && findings.has('leafDiffers')) return;
  const difference = bytes.findIndex((byte, index) => byte !== hashes[index]);
  const hash = difference < 0 ? name.width - 1 : Math.floor(difference / HASH_BYTES);
  findings.add(name.level === 0 ? 'leafDiffers' : 'tileDiffers', { position: positionOf(hash), subject });
}

function areSame(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}

async function filesOf({ source, size, companion }: Walk, index: number): Promise<Files> {
  const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
  const [entries, tile, beside] = await Promise.all([
    readSized(source, { level: 'entries', index, width }),
    readSized(source, { level: 0, index, width }),
    companion && source.read(companion(index)),
  ]);
  return { entries, tile, companion: beside };
}

/** Parts of a tile may be deleted when it is full (c2sp.org/tlog-tiles): then the full one is read. */
export async function readSized(source: FileSource, name: TileName): Promise<Sized | undefined> {
  const bytes = await source.read(tilePath(name));
  if (bytes) return { bytes, isFull: false };
  if (name.width === TILE_WIDTH) return undefined;
  const full = await source.read(tilePath({ ...name, width: TILE_WIDTH }));
  return full && { bytes: full, isFull: true };
}

/** Reads tiles of hashes for proofs: with the full tile in place of a part that is not kept any more. */
export function tileReaderOf(source: FileSource): (name: TileName & { readonly level: number }) => Promise<Uint8Array> {
  return async (name) => {
    const served = await readSized(source, name);
    return served ? served.bytes.subarray(0, name.width * HASH_BYTES) : new Uint8Array(0);
  };
}
