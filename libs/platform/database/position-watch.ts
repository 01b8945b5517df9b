import { Client } from 'pg';
import { BEFORE_FIRST, type Position } from '@khamrap/kernel';

/** What a sleeper may wait at the most before it looks by itself: a notification can be lost, a look cannot. */
const POLL_MS = 200;
const RECONNECT_MS = 1_000;

/**
 * Wakes those who wait for something to reach a position: told by this process itself, by the NOTIFY of other instances
 * (payload: the position), and by a timer.
 */
export class PositionWatch {
  #reached: Position = BEFORE_FIRST;
  #sleepers = new Set<() => void>();
  #listener: Client | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param channel name of the notification channel, `a-z` and `_` */
  constructor(
    private readonly url: string,
    private readonly channel: string,
  ) {}

  async listen(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'khamrap watch', keepAlive: true });
    const lost = (): void => {
      if (this.#closed || this.#reconnect) return;
      client.end().catch(() => undefined);
      this.#reconnect = setTimeout(() => {
        this.#reconnect = undefined;
        void this.listen();
      }, RECONNECT_MS);
      this.#reconnect.unref();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.advance(Number(payload)));
    try {
      await client.connect();
      await client.query(`LISTEN ${this.channel}`);
      this.#listener = client;
    } catch {
      lost();
    }
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
    clearTimeout(this.#reconnect);
    for (const wake of this.#sleepers) wake();
    await this.#listener?.end().catch(() => undefined);
  }
}
