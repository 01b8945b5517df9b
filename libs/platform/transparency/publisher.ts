import type { EventStore } from '@khamrap/platform/event-store';
import { TreeReader } from './proof';
import { setTimeout as delay } from 'node:timers/promises';
import { SigningRefused, type CheckpointSigner } from './checkpoint-signer';
import type { Checkpoints } from './checkpoints';
import { nodeDigest } from './node-digest';
import type { BuiltTree, TreeBuilder } from './tree-builder';
import type { TreeStore } from './tree-store';

/** From one checkpoint to the next. Of a log that grows all the time, so many a second are as good as every one. */
const INTERVAL_MS = 25;
const RETRY_MS = 1_000;

/** What a trouble begins with that says nothing of the log itself, only of this machine or the way to another. */
export const NOT_PUBLISHED = 'not published';

/** Where the log tells what operators should know. */
export interface TransparencyLogging {
  info(message: string): void;
  error(message: string): void;
}

export interface Publishing {
  readonly store: EventStore;
  readonly trees: TreeStore;
  readonly checkpoints: Checkpoints;
  readonly signer: CheckpointSigner;
  readonly log: TransparencyLogging;
  /** Told the size of what was published. */
  readonly onPublished: (size: number) => void;
}

/**
 * Has the newest tree signed and shows it, one at a time. The tree goes on growing whatever becomes of the signature: what stands
 * in the events cannot wait for it.
 */
export class Publisher {
  #wake: (() => void) | undefined;
  #offered = true;
  /** Why nothing is published now. */
  #trouble: string | null = null;
  /** Not at first: what an earlier builder told is taken back by the first checkpoint of this one. */
  #hasTold = false;

  constructor(
    private readonly builder: TreeBuilder,
    private readonly publishing: Publishing,
  ) {}

  /** There is a new tree. */
  offer(): void {
    this.#offered = true;
    this.#wake?.();
  }

  /** Publishes until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake?.(), { once: true });
    for (;;) {
      while (!this.#offered && !signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
      if (signal.aborted) return;
      this.#offered = false;
      const begun = performance.now();
      const isDone = await this.#publish(this.builder.built);
      if (!isDone) this.#offered = true;
      const restMs = isDone ? Math.max(INTERVAL_MS - (performance.now() - begun), 0) : RETRY_MS;
      await delay(restMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #publish(tree: BuiltTree): Promise<boolean> {
    const { signer, checkpoints, onPublished } = this.publishing;
    if (tree.size === 0) return true;
    try {
      const note = await signer.sign({
        ...tree,
        eventCount: () => this.#eventCount(),
        consistencyFrom: (oldSize) =>
          new TreeReader(tree.size, this.builder.readTile, nodeDigest).consistencyProof(oldSize),
      });
      // Only behind: the next batch offers a larger one.
      if (note === undefined) return true;
      if (await checkpoints.publish(this.builder.epoch, note)) onPublished(tree.size);
      await this.#tell(null);
      return true;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      await this.#tell(error instanceof SigningRefused ? `signing was refused: ${what}` : `${NOT_PUBLISHED}: ${what}`);
      return false;
    }
  }

  async #eventCount(): Promise<number> {
    return (await this.publishing.store.head()).position + 1;
  }

  /** Says it once, and shows it to every instance for as long as it lasts. */
  async #tell(trouble: string | null): Promise<void> {
    if (trouble !== null && trouble !== this.#trouble) this.publishing.log.error(trouble);
    if (trouble === null && this.#trouble !== null) this.publishing.log.info('checkpoints are published again');
    if (trouble === this.#trouble && this.#hasTold) return;
    this.#trouble = trouble;
    this.#hasTold = await this.publishing.trees.tellTrouble(trouble).then(
      () => true,
      () => false,
    );
  }
}
