import type { StreamName } from '@khamrap/kernel';
import { LogDamaged, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { areEqual, bundleOf, HASH_BYTES, TILE_WIDTH, tileWidth, type ReadTile } from './proof';
import { LRUCache } from 'lru-cache';
import { EntryReader } from './entry-reader';
import { GrowingTree } from './growing-tree';
import { EventDamaged, leavesOf, requireBodies, type StreamTip } from './leaves';
import type { TileReader } from './tile-reader';
import type { TreeState, TreeStore } from './tree-store';

/** Streams that are written to now; of any other the last leaf is read from the database. About 300 bytes each. */
const TIP_COUNT_MAX = 20_000;

/** Where a builder takes its events from, and where it puts the tree. */
export interface TreeAccess {
  readonly store: EventStore;
  readonly trees: TreeStore;
  readonly tiles: TileReader;
}

/** A tree that was stored: it can be signed. */
export interface BuiltTree {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** Adds events to the tree, batch by batch, under one epoch. After a failure it is thrown away and the tree is loaded anew. */
export class TreeBuilder {
  #built: BuiltTree;
  readonly #tips = new LRUCache<StreamName, StreamTip>({ max: TIP_COUNT_MAX });

  private constructor(
    private readonly access: TreeAccess,
    readonly epoch: number,
    private readonly tree: GrowingTree,
    /** Those of the last bundle, which is not full. */
    private entries: Buffer[],
  ) {
    this.#built = { size: tree.size, root: tree.root() };
  }

  /**
   * Takes the tree over as it was stored, and computes the entries of the last bundle again: what has not been sealed in a full
   * bundle yet is compared with the events once more.
   * @throws LogDamaged when events, leaves and root do not agree
   */
  static async load(access: TreeAccess): Promise<TreeBuilder> {
    const state = await access.trees.takeOver(access.store.identity().logId);
    const edges = await readEdges(access.tiles, state);
    const entries = await lastEntries(access, state, edges[0]);
    const tree = new GrowingTree(state.size, edges);
    if (!areEqual(tree.root(), state.root) || !areEqual(tree.frontierHashes(), state.frontier))
      throw new LogDamaged(`the tiles of the verifiable log do not make the root that it had at size ${state.size}`);
    return new TreeBuilder(access, state.epoch, tree, entries);
  }

  /** The tree as it was stored last. */
  get built(): BuiltTree {
    return this.#built;
  }

  /** Tiles as they are now; those of the right edge from memory. */
  readonly readTile: ReadTile = async ({ level, index, width }) => {
    const hashes = this.tree.tileAtEdge(level, index, width) ?? (await this.access.tiles.tile(level, index, width));
    if (!hashes) throw new LogDamaged(`tile ${index} of level ${level} has fewer than ${width} hashes`);
    return hashes;
  };

  /**
   * Adds the events that follow the tree, in one transaction.
   * @throws LogDamaged, FencedOff
   */
  async add(events: readonly RecordedEvent[]): Promise<void> {
    const oldSize = this.tree.size;
    if (events[0]?.position !== oldSize) throw new EventDamaged(oldSize, 'another one stands in its place');
    requireBodies(events);
    const leaves = leavesOf(this.access.store.identity().origin, events, await this.#tipsBefore(events));
    const bundles = leaves.hashes.flatMap((hash, number) => {
      this.tree.append(hash);
      this.entries.push(leaves.entries[number] as Buffer);
      if (this.entries.length < TILE_WIDTH) return [];
      const bytes = bundleOf(this.entries);
      this.entries = [];
      return [{ index: this.tree.size / TILE_WIDTH - 1, bytes }];
    });
    const built = { size: this.tree.size, root: this.tree.root() };
    await this.access.trees.extend({
      epoch: this.epoch,
      oldSize,
      ...built,
      frontier: this.tree.frontierHashes(),
      tiles: this.tree.takeGrown(),
      bundles,
      tips: leaves.tips,
    });
    this.#built = built;
    for (const [stream, tip] of leaves.tips) this.#tips.set(stream, tip);
  }

  async #tipsBefore(events: readonly RecordedEvent[]): Promise<ReadonlyMap<StreamName, StreamTip>> {
    const tips = new Map<StreamName, StreamTip>();
    const missing = new Set<StreamName>();
    const begun = new Set<StreamName>();
    for (const { stream, revision } of events) {
      if (revision === 0) begun.add(stream);
      if (begun.has(stream) || tips.has(stream) || missing.has(stream)) continue;
      const tip = this.#tips.get(stream);
      if (tip) tips.set(stream, tip);
      else missing.add(stream);
    }
    if (missing.size > 0)
      for (const [stream, tip] of await this.access.trees.tipsOf([...missing])) tips.set(stream, tip);
    return tips;
  }
}

/** The rightmost tiles that are not full, from the leaves up. */
async function readEdges(tiles: TileReader, { size }: TreeState): Promise<readonly Uint8Array[]> {
  const edges: Uint8Array[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    const index = Math.floor(count / TILE_WIDTH);
    const width = tileWidth(level, index, size);
    const hashes = width === 0 ? new Uint8Array(0) : await tiles.tile(level, index, width);
    if (!hashes) throw new LogDamaged(`tile ${index} of level ${level} has fewer than ${width} hashes`);
    edges.push(hashes);
  }
  return edges;
}

async function lastEntries(
  { store, tiles }: TreeAccess,
  { size }: TreeState,
  leafTile: Uint8Array | undefined,
): Promise<Buffer[]> {
  const width = size % TILE_WIDTH;
  if (width === 0 || !leafTile) return [];
  const { events, entries, hashes } = await new EntryReader(store, tiles).read(size - width, width);
  requireBodies(events);
  const differing = hashes.findIndex(
    (hash, number) => !areEqual(hash, leafTile.subarray(number * HASH_BYTES, (number + 1) * HASH_BYTES)),
  );
  if (differing >= 0) throw new EventDamaged(size - width + differing, 'its leaf is another one');
  return [...entries];
}
