import type { Position } from '@khamrap/kernel';
import type { KeptCheckpoint, SignedCheckpoint, TransparencyLog } from '@khamrap/platform/transparency';
import { TILE_WIDTH, tilePath, tilesOf, tlogProofText } from '@khamrap/platform/transparency/proof';
import { textFile, type BundleFile } from '../zip/bundle-file';

/** How far back a witnessed checkpoint is looked for: a log that grows has one every few seconds. */
const LOOK_BACK_COUNT = 10_000;
const PAGE_COUNT = 1_000;

/** The verifiable log as of one checkpoint, to which everything in a bundle leads. */
export class LogAt {
  constructor(
    readonly log: TransparencyLog,
    readonly checkpoint: SignedCheckpoint,
  ) {}

  get size(): number {
    return this.checkpoint.size;
  }

  /** The exact entry of an event, and the proof that the tree of the checkpoint has it. */
  async *proven(position: Position): AsyncGenerator<BundleFile> {
    const { log, checkpoint, size } = this;
    const entry = await log.entry(position);
    if (!entry) throw new Error(`the verifiable log has lost its entry at ${position}`);
    yield { path: `entries/${position}.json`, bytes: entry };
    const hashes = await log.inclusionProof(position, size);
    yield textFile(
      `proofs/${position}.tlog-proof`,
      tlogProofText({ index: position, hashes, checkpoint: checkpoint.note }),
    );
  }

  /** Tiles of hashes and of entries: the folder of c2sp.org/tlog-tiles. */
  async *tiles(): AsyncGenerator<BundleFile> {
    const { log, size } = this;
    for (const name of tilesOf(size)) {
      const bytes = await log.tile(name.level, name.index, name.width);
      yield { path: tilePath(name), bytes: present(bytes, tilePath(name)), isDense: true };
    }
    for (let index = 0; index * TILE_WIDTH < size; index++) {
      const name = { level: 'entries', index, width: Math.min(TILE_WIDTH, size - index * TILE_WIDTH) } as const;
      yield { path: tilePath(name), bytes: present(await log.entries(index, name.width), tilePath(name)) };
    }
  }

  /**
   * The witnessed checkpoints between which events lie: what bounds the times at which they can have been recorded. Of those
   * that many events share there is one.
   */
  async *around(positions: Iterable<Position>): AsyncGenerator<BundleFile> {
    const given = new Set<number>();
    for (const position of positions) {
      const before = await lastOf(witnessedIn(this.log, Math.max(position - PAGE_COUNT, 0), position));
      const after = await this.log.witnessedCovering(position);
      for (const kept of [before, after]) {
        if (kept === undefined || given.has(kept.size)) continue;
        given.add(kept.size);
        yield checkpointFile(kept);
      }
    }
  }

  /** Witnessed checkpoints of the whole log: of every 256 sizes the first and the last, which bound as much as all of them. */
  async *kept(): AsyncGenerator<BundleFile> {
    let last: KeptCheckpoint | undefined;
    let isGiven = true;
    for await (const kept of witnessedIn(this.log, 0, this.size)) {
      if (last?.size === kept.size) continue;
      const isFirst = !last || partOf(last) !== partOf(kept);
      if (isFirst && last && !isGiven) yield checkpointFile(last);
      if (isFirst) yield checkpointFile(kept);
      last = kept;
      isGiven = isFirst;
    }
    if (last && !isGiven) yield checkpointFile(last);
  }
}

/**
 * The log as of the newest witnessed checkpoint, where that covers everything a bundle is about; as of the newest that is
 * published otherwise, so that nothing is left out for want of a witness.
 * @param last position that has to be covered
 * @returns undefined where nothing was signed yet
 */
export async function logNow(
  log: TransparencyLog,
  last: (size: number) => Promise<Position>,
): Promise<LogAt | undefined> {
  const latest = await log.latest();
  if (!latest) return undefined;
  const from = Math.max(await last(latest.size), latest.size - LOOK_BACK_COUNT);
  const witnessed = await lastOf(witnessedIn(log, from, latest.size));
  return new LogAt(log, witnessed?.origin === latest.origin ? witnessed : latest);
}

/** Those of sizes above `from`, up to `size`; the smallest first. */
async function* witnessedIn(log: TransparencyLog, from: number, size: number): AsyncGenerator<KeptCheckpoint> {
  for (let after = from; ;) {
    const page = await log.heldCheckpoints(after, PAGE_COUNT);
    for (const kept of page) {
      if (kept.size > size) return;
      if (kept.witnessed) yield kept;
    }
    if (page.length < PAGE_COUNT) return;
    after = page.at(-1)?.size ?? size;
  }
}

async function lastOf<Item>(items: AsyncIterable<Item>): Promise<Item | undefined> {
  let last: Item | undefined;
  for await (const item of items) last = item;
  return last;
}

function partOf({ size }: KeptCheckpoint): number {
  return Math.floor(size / TILE_WIDTH);
}

function checkpointFile({ size, note }: SignedCheckpoint): BundleFile {
  return textFile(`checkpoints/${size}`, note);
}

function present(bytes: Uint8Array | undefined, what: string): Uint8Array {
  if (!bytes) throw new Error(`the verifiable log has lost ${what}`);
  return bytes;
}
