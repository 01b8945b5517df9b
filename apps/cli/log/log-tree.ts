import type { StreamName } from '@khamrap/kernel';
import type { RecordedEvent } from '@khamrap/platform/event-store';
import { leavesOf, type StreamTip } from '@khamrap/platform/transparency';
import { Frontier, hexOf } from '@khamrap/platform/transparency/proof';
import { nodeDigest } from '../verify/node-digest';

/**
 * The tree over the leaves of a log (RFC 6962), made from nothing but its events. Keeps the last leaf of every stream, about 300
 * bytes for each.
 */
export class LogTree {
  readonly #frontier = new Frontier(0, [], nodeDigest);
  readonly #tips = new Map<StreamName, StreamTip>();
  #noted: string | undefined;

  /**
   * @param origin name of the log
   * @param notedSize of which the root is noted in passing
   */
  constructor(
    private readonly origin: string,
    private readonly notedSize = 0,
  ) {}

  get size(): number {
    return this.#frontier.size;
  }

  /** @throws LogDamaged when the events do not continue their streams */
  add(events: readonly RecordedEvent[]): void {
    const { hashes, tips } = leavesOf(this.origin, events, this.#tips);
    for (const [stream, tip] of tips) this.#tips.set(stream, tip);
    for (const hash of hashes) {
      this.#frontier.append(hash);
      if (this.#frontier.size === this.notedSize) this.#noted = this.root();
    }
  }

  /** 64 hexadecimal digits. */
  root(): string {
    return hexOf(this.#frontier.root());
  }

  /** The root of the tree when it had the size that was to be noted; undefined where it had not. */
  notedRoot(): string | undefined {
    return this.#noted;
  }
}
