import type { Position } from '@khamrap/kernel';
import { PositionWatch } from '@khamrap/platform/database';
import type { EventStore } from '@khamrap/platform/event-store';
import type { Pool } from 'pg';
import { LOG_CHANNEL, type KeptCheckpoint, type LogHealth, type SignedCheckpoint } from './checkpoints';
import { EntryReader } from './entry-reader';
import { nodeDigest } from './node-digest';
import { PublishedCheckpoints } from './published-checkpoints';
import { PartialBundles } from './partial-bundles';
import { bundleOf, entriesOf, TILE_WIDTH, TreeReader, tileWidth, type ReadTile } from './proof';
import { TileReader } from './tile-reader';

export interface TransparencyLogOptions {
  readonly store: EventStore;
  /** Connections of the role that reads. */
  readonly readPool: Pool;
  readonly readUrl: string;
}

/** How far a receipt has come: covered by a signed checkpoint, or by one that a quorum of witnesses has seen as well. */
export type ReceiptGrade = 'included' | 'witnessed';

/** What was asked for is not in the log that is published (yet). */
export class NotInLog extends Error {
  override readonly name = 'NotInLog';
}

/**
 * The verifiable log as everybody may see it: nothing beyond the checkpoint that is published. Reads the database alone, so that
 * every instance can answer, also one that neither builds nor signs.
 */
export class TransparencyLog {
  readonly #watch: PositionWatch;
  readonly #tiles: TileReader;
  readonly #published: PublishedCheckpoints;
  readonly #partial: PartialBundles;

  constructor({ store, readPool, readUrl }: TransparencyLogOptions) {
    this.#watch = new PositionWatch(readUrl, LOG_CHANNEL);
    this.#tiles = new TileReader(readPool);
    this.#published = new PublishedCheckpoints(readPool);
    this.#partial = new PartialBundles(new EntryReader(store, this.#tiles));
  }

  /** Begins to listen for what other instances publish. */
  start(): Promise<void> {
    return this.#watch.listen();
  }

  /** This process has published so much: told sooner than by way of the database. */
  advance(size: number): void {
    this.#watch.advance(size);
  }

  close(): Promise<void> {
    return this.#watch.close();
  }

  /** The checkpoint that is published; undefined before the first. */
  latest(): Promise<SignedCheckpoint | undefined> {
    return this.#published.latest();
  }

  /** The first `width` hashes of a tile; undefined when the published tree has not so many there. */
  async tile(level: number, index: number, width: number): Promise<Uint8Array | undefined> {
    if (!(await this.#published.covers((size) => width <= tileWidth(level, index, size)))) return undefined;
    return this.#tiles.tile(level, index, width);
  }

  /**
   * A bundle of entries (c2sp.org/tlog-tiles), or its first `width` entries; undefined when the published tree has not so many
   * there. Of a bundle that is not full they are made from the rows each time: they say what the rows say.
   */
  async entries(index: number, width: number): Promise<Uint8Array | undefined> {
    if (!(await this.#published.covers((size) => width <= tileWidth('entries', index, size)))) return undefined;
    const full = await this.#tiles.bundle(index);
    if (full) return width === TILE_WIDTH ? full : bundleOf(entriesOf(full).slice(0, width));
    return bundleOf(await this.#partial.entries(index, width));
  }

  /** The entry of one event, byte for byte as its leaf hashes it; undefined while it is not covered by what is published. */
  async entry(position: Position): Promise<Uint8Array | undefined> {
    const [index, number] = [Math.floor(position / TILE_WIDTH), position % TILE_WIDTH];
    if (!(await this.#published.covers((size) => position < size))) return undefined;
    const full = await this.#tiles.bundle(index);
    return (full ? entriesOf(full) : await this.#partial.entries(index, number + 1))[number];
  }

  /**
   * The audit path of an event in the tree of a size, the sibling of the leaf first.
   * @throws NotInLog when the published tree is smaller than that, or that tree has no such event
   */
  async inclusionProof(position: Position, size: number): Promise<readonly Uint8Array[]> {
    const tree = await this.#treeOf(size);
    if (!(position >= 0 && position < size)) throw new NotInLog(`the tree of ${size} has no position ${position}`);
    return tree.inclusionProof(position);
  }

  /**
   * The proof that the tree of a size begins with that of an older size; empty from 0 and from the size itself.
   * @throws NotInLog when the published tree is smaller, or the older one is larger
   */
  async consistencyProof(oldSize: number, size: number): Promise<readonly Uint8Array[]> {
    const tree = await this.#treeOf(size);
    if (!(oldSize >= 0 && oldSize <= size)) throw new NotInLog(`the tree of ${size} was never of ${oldSize}`);
    return tree.consistencyProof(oldSize);
  }

  /** Kept checkpoints of sizes above `after`, the smallest first. */
  heldCheckpoints(after = 0, countMax = 1_000): Promise<readonly KeptCheckpoint[]> {
    return this.#published.held(after, countMax);
  }

  /** The kept checkpoints of one size; several when an epoch was opened at it. */
  heldCheckpointsOf(size: number): Promise<readonly KeptCheckpoint[]> {
    return this.#published.heldOf(size);
  }

  /** The first kept checkpoint that covers a position and that a quorum of witnesses has cosigned. */
  witnessedCovering(position: Position): Promise<KeptCheckpoint | undefined> {
    return this.#published.witnessedCovering(position);
  }

  /**
   * Waits until an event has reached a grade.
   * @returns the checkpoint that covers it; undefined when the time is over or the signal has ended it
   */
  async waitFor(
    position: Position,
    grade: ReceiptGrade,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<SignedCheckpoint | undefined> {
    const until = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    for (;;) {
      const latest = await this.latest();
      const isCovered = latest !== undefined && latest.size > position;
      const found = isCovered && grade === 'witnessed' ? await this.witnessedCovering(position) : latest;
      if (isCovered && found) return found;
      if (until.aborted) return undefined;
      await this.#watch.beyond(latest?.size ?? 0, until);
    }
  }

  health(): Promise<LogHealth> {
    return this.#published.health();
  }

  async #treeOf(size: number): Promise<TreeReader> {
    if (!(await this.#published.covers((published) => size <= published)))
      throw new NotInLog(`the published log has no tree of ${size} yet`);
    return new TreeReader(size, this.#readTile, nodeDigest);
  }

  readonly #readTile: ReadTile = async ({ level, index, width }) => {
    const hashes = await this.#tiles.tile(level, index, width);
    if (!hashes) throw new NotInLog(`tile ${index} of level ${level} has fewer than ${width} hashes`);
    return hashes;
  };
}
