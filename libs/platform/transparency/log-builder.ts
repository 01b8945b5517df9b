import { LogDamaged, type EventStore } from '@khamrap/platform/event-store';
import { leadIfElected, STANDBY_MS } from '@khamrap/platform/database';
import { paced } from '@khamrap/platform/projections';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { CheckpointSigner } from './checkpoint-signer';
import { Checkpoints } from './checkpoints';
import { Publisher, type TransparencyLogging } from './publisher';
import { TileReader } from './tile-reader';
import { TreeBuilder } from './tree-builder';
import { FencedOff, TreeStore } from './tree-store';

const BATCH_COUNT_MAX = 1_000;
/** Less than anybody notices who waits for a receipt. */
const GATHER_MS = 10;
/**
 * From so many in a batch on, the log grows by hundreds a second: then it is built and signed less often, because every time
 * costs a commit, a tile and the signer's disk, and whoever appends waits for the same disk.
 */
const BUSY_COUNT = 10;
const BUSY_REST_MS = 100;
const FAILURE_BACK_OFF_MS = 1_000;
/** Names the lock of the election, among those of the projections. */
const CANDIDACY = { name: 'khamrap_log', applicationName: 'khamrap leads log' };

export interface LogBuilderOptions {
  readonly store: EventStore;
  readonly signer: CheckpointSigner;
  /** How to write as the projecting role. */
  readonly building: {
    /** For the connection that holds the leadership. */
    readonly url: string;
    /**
     * Its commits need not wait for the disk: a crash loses the last tiles and the state together, and both are computed again
     * from the events, which did wait. What was signed of them meanwhile, the signer remembers.
     */
    readonly pool: Pool;
  };
  readonly log: TransparencyLogging;
  /** Told the size of what was published. */
  readonly onPublished?: (size: number) => void;
}

/**
 * Follows the events and makes the verifiable log of them, if elected among the instances. What makes a second builder harmless
 * is not the election but the state that every batch moves from where it was, under the builder's epoch.
 */
export class LogBuilder {
  readonly #stopping = new AbortController();
  readonly #trees: TreeStore;
  readonly #checkpoints: Checkpoints;
  #standing = Promise.resolve();

  constructor(private readonly options: LogBuilderOptions) {
    this.#trees = new TreeStore(options.building.pool);
    this.#checkpoints = new Checkpoints(options.building.pool);
  }

  start(): void {
    this.#standing = this.#stand(this.#stopping.signal);
  }

  /** Ends when the batch and the signature that are under way are done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#standing;
  }

  async #stand(stopping: AbortSignal): Promise<void> {
    const { building, log } = this.options;
    while (!stopping.aborted) {
      let waitMs = STANDBY_MS;
      try {
        await leadIfElected({ ...CANDIDACY, url: building.url, until: stopping }, (lost) =>
          this.#lead(AbortSignal.any([lost, stopping])),
        );
      } catch (error) {
        waitMs = FAILURE_BACK_OFF_MS;
        const what = error instanceof Error ? error.message : String(error);
        if (error instanceof FencedOff) log.info(what);
        else log.error(`the verifiable log is not built: ${what}`);
        // Nothing is built on what is damaged, and nothing is repaired by trying again: an operator looks, and starts anew.
        if (error instanceof LogDamaged) return this.#tellDamage(what);
      }
      await delay(waitMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const { store, signer, building, log, onPublished = () => undefined } = this.options;
    const builder = await TreeBuilder.load({ store, trees: this.#trees, tiles: new TileReader(building.pool) });
    const publishing = { store, signer, log, onPublished, trees: this.#trees, checkpoints: this.#checkpoints };
    const publisher = new Publisher(builder, publishing);
    const ending = new AbortController();
    const published = publisher.run(AbortSignal.any([ending.signal, signal]));
    try {
      const after = builder.built.size - 1;
      const batches = store.subscribe({ after, batchCountMax: BATCH_COUNT_MAX, signal });
      const pace = { batchCountMax: BATCH_COUNT_MAX, gatherMs: GATHER_MS, signal };
      for await (const batch of paced(batches, pace)) {
        if (signal.aborted) return;
        await builder.add(batch);
        publisher.offer();
        const isBusy = batch.length >= BUSY_COUNT && batch.length < BATCH_COUNT_MAX;
        if (isBusy) await delay(BUSY_REST_MS, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      ending.abort();
      await published;
    }
  }

  #tellDamage(what: string): Promise<void> {
    return this.#trees.tellTrouble(`the log is damaged: ${what}`).catch(() => undefined);
  }
}
