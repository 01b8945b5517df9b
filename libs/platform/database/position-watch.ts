import { BEFORE_FIRST, type Position } from '@khamrap/kernel';
import { Listener } from './listener';

/** What a sleeper may wait at the most before it looks by itself: a notification can be lost, a look cannot. */
const POLL_MS = 200;

/**
 * Wakes those who wait for something to reach a position: told by this process itself, by the NOTIFY of other instances
 * (payload: the position), and by a timer.
 */
export class PositionWatch {
  #reached: Position = BEFORE_FIRST;
  #sleepers = new Set<() => void>();
  readonly #own: Listener | undefined;
  #closed = false;

  /**
   * @param source address for a connection of its own, or a listener that others share and that its owner opens and closes
   * @param channel name of the notification channel, `a-z` and `_`
   */
  constructor(source: string | Listener, channel: string) {
    const listener = typeof source === 'string' ? new Listener(source) : source;
    if (listener !== source) this.#own = listener;
    listener.hear(channel, (payload) => this.advance(Number(payload)));
  }

  async listen(): Promise<void> {
    await this.#own?.listen();
  }

  /** It is known to have reached this position. */
  advance(reached: Position): void {
    if (!(reached > this.#reached)) return;
    this.#reached = reached;
    for (const wake of this.#sleepers) wake();
  }

  /** Resolves when it may be beyond `seen`, at the latest after the poll interval, at once on abort. */
  beyond(seen: Position, signal: AbortSignal): Promise<void> {
    if (this.#reached > seen || signal.aborted || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, POLL_MS);
      signal.addEventListener('abort', wake, { once: true });
      this.#sleepers.add(wake);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of this.#sleepers) wake();
    await this.#own?.close();
  }
}
