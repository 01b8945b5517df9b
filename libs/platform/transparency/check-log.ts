import type { Position, StreamName } from '@khamrap/kernel';
import { LogDamaged, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import type { Pool } from 'pg';
import { wrongHead } from './check-log-heads';
import { signatureProblem } from './check-log-signature';
import { GrowingTree } from './growing-tree';
import { EventDamaged, leavesOf, requireBodies, type StreamTip } from './leaves';
import { areEqual, bundleOf, HASH_BYTES, readCheckpoint, TILE_WIDTH } from './proof';
import { TileReader } from './tile-reader';

/** Four bundles at a time. */
const BATCH_COUNT = 4 * TILE_WIDTH;

export interface CheckLogOptions {
  readonly store: EventStore;
  /** Connections of a role that reads the verifiable log. */
  readonly pool: Pool;
  /** Told how many events agree so far, now and then. */
  readonly onProgress?: (count: number) => void;
}

/** What a check of the whole log has found. */
export interface LogCheck {
  /** How many events the verifiable log has; all of them were read, unless something was found. */
  readonly size: number;
  /** How many of them the checkpoint that is shown covers; 0 when there is none. */
  readonly publishedSize: number;
  /** The first position where the rows and the log differ, and in what; absent when they agree. */
  readonly found?: { readonly position: Position; readonly what: string };
}

/**
 * Makes every leaf again from the rows alone and compares it with what the log has stored and signed: bodies with their
 * hashes, leaves with tiles, entries with bundles, roots with the state and the checkpoint, the ends of streams with
 * those that are kept; the checkpoint is to be signed by a key that the log has recorded. Keeps the last leaf of every
 * stream in memory, about 300 bytes for each.
 * @throws StoreUnavailable
 */
export async function checkLog(options: CheckLogOptions): Promise<LogCheck> {
  const { pool, store } = options;
  const { rows } = await pool.query<{ size: number; root: Buffer; note: string | null }>(
    `SELECT state.size, state.root, published.note
     FROM transparency.state LEFT JOIN transparency.published ON published.size <= state.size`,
  );
  const { size, root, note } = rows[0] as { size: number; root: Buffer; note: string | null };
  const checkpoint = note === null ? undefined : readCheckpoint(note).checkpoint;
  const answer = { size, publishedSize: checkpoint?.size ?? 0 };
  const roots: Roots = [[size, root, 'the root of the log']];
  if (checkpoint) roots.push([checkpoint.size, checkpoint.root, 'the root that was signed']);
  const check = new Check(store, new TileReader(pool), roots);
  try {
    await check.upTo(size, options.onProgress);
    const head = await wrongHead(pool, check.tips, size);
    if (head) return { ...answer, found: head };
    const what = note === null ? undefined : await signatureProblem(store, note);
    return what === undefined ? answer : { ...answer, found: { position: answer.publishedSize - 1, what } };
  } catch (error) {
    if (error instanceof EventDamaged) return { ...answer, found: { position: error.position, what: error.what } };
    throw error;
  }
}

type Roots = (readonly [size: number, root: Uint8Array, whose: string])[];

class Check {
  readonly #tree = new GrowingTree();
  readonly #tips = new Map<StreamName, StreamTip>();
  /** Of the bundle that is not full. */
  readonly #entries: Buffer[] = [];

  constructor(
    private readonly store: EventStore,
    private readonly tiles: TileReader,
    private readonly roots: Roots,
  ) {}

  /** The last leaf of every stream that was read. */
  get tips(): ReadonlyMap<StreamName, StreamTip> {
    return this.#tips;
  }

  /** @throws EventDamaged naming the first position at which something differs */
  async upTo(size: number, onProgress: (count: number) => void = () => undefined): Promise<void> {
    for (let from = 0; from < size;) {
      const events = await this.#events(from, Math.min(BATCH_COUNT, size - from));
      for (const part of byTile(events)) await this.#compare(part);
      from += events.length;
      onProgress(from);
    }
  }

  /** A gap in the rows is named by the position that is missing: what stands before it is compared first. */
  async #events(from: number, count: number): Promise<readonly RecordedEvent[]> {
    for (let wanted = count; ; wanted = Math.ceil(wanted / 2)) {
      try {
        const events = await this.store.readLog(from, wanted);
        if (events.length === 0) throw new EventDamaged(from, 'it is not there');
        return events;
      } catch (error) {
        if (!(error instanceof LogDamaged) || error instanceof EventDamaged) throw error;
        if (wanted === 1) throw new EventDamaged(from, 'it is not there');
      }
    }
  }

  /** Events of one tile of leaves, one by one; where they fill it, their bundle and the tiles above. */
  async #compare(events: readonly RecordedEvent[]): Promise<void> {
    const first = this.#tree.size;
    const [index, offset] = [Math.floor(first / TILE_WIDTH), first % TILE_WIDTH];
    const stored = await this.tiles.tile(0, index, offset + events.length);
    for (const [number, event] of events.entries()) {
      requireBodies([event]);
      const { entries, hashes, tips } = leavesOf(this.store.identity().origin, [event], this.#tips);
      for (const [stream, tip] of tips) this.#tips.set(stream, tip);
      const hash = hashes[0] as Buffer;
      const leaf = stored?.subarray((offset + number) * HASH_BYTES, (offset + number + 1) * HASH_BYTES);
      if (!leaf?.equals(hash)) throw new EventDamaged(event.position, 'its leaf in the log is another one');
      this.#entries.push(...entries);
      this.#tree.append(hash);
      this.#compareRoots(event.position);
    }
    if (this.#entries.length === TILE_WIDTH) await this.#compareBundle(index, this.#entries.splice(0));
    for (const { level, index: above, hashes } of this.#tree.takeGrown())
      if (level > 0) await this.#compareTile(level, above, hashes);
  }

  #compareRoots(position: Position): void {
    for (const [size, root, whose] of this.roots)
      if (size === this.#tree.size && !areEqual(root, this.#tree.root()))
        throw new EventDamaged(position, `the events up to here do not make ${whose}`);
  }

  async #compareBundle(index: number, entries: readonly Buffer[]): Promise<void> {
    const bundle = await this.tiles.bundle(index);
    if (bundle && areEqual(bundle, bundleOf(entries))) return;
    let offset = 0;
    for (const [number, entry] of entries.entries()) {
      const alone = bundleOf([entry]);
      if (!bundle || !areEqual(bundle.subarray(offset, offset + alone.length), alone))
        throw new EventDamaged(index * TILE_WIDTH + number, 'its entry in the log is another one');
      offset += alone.length;
    }
    throw new EventDamaged((index + 1) * TILE_WIDTH - 1, 'its bundle in the log goes on behind it');
  }

  async #compareTile(level: number, index: number, grown: Uint8Array): Promise<void> {
    const width = grown.length / HASH_BYTES;
    const stored = await this.tiles.tile(level, index, width);
    for (let number = 0; number < width; number++) {
      const [from, to] = [number * HASH_BYTES, (number + 1) * HASH_BYTES];
      if (!stored || !areEqual(stored.subarray(from, to), grown.subarray(from, to)))
        throw new EventDamaged(
          (index * TILE_WIDTH + number) * TILE_WIDTH ** level,
          `tile ${index} of level ${level} says something else of the ${TILE_WIDTH ** level} events from it on`,
        );
    }
  }
}

function* byTile(events: readonly RecordedEvent[]): Generator<readonly RecordedEvent[]> {
  for (let start = 0; start < events.length;) {
    const { position } = events[start] as RecordedEvent;
    const end = start + TILE_WIDTH - (position % TILE_WIDTH);
    yield events.slice(start, end);
    start = end;
  }
}
