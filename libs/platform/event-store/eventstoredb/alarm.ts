import { setTimeout as delay } from 'node:timers/promises';
import type { StoreConnection } from './store-connection';

const PAUSE_MS_MIN = 50;
const PAUSE_MS_MAX = 5_000;
/** A subscription may end without a word; so long after the last sign of life it is begun anew. */
const SILENCE_MS_MAX = 60_000;

/**
 * Rings whenever something comes to the ledger's streams. The subscription behind it is begun anew whenever it breaks, later and
 * later while it breaks at once, and when it has been silent for long. Nothing rests on it: whoever sleeps wakes by himself too.
 */
export class Alarm {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly connection: StoreConnection,
    private readonly prefix: string,
    private readonly ring: () => void,
    private readonly silenceMsMax = SILENCE_MS_MAX,
  ) {}

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal: stopping } = this.#stopping;
    let pauseMs = PAUSE_MS_MIN;
    while (!stopping.aborted) {
      const silence = new Silence(this.silenceMsMax);
      const onEvent = (): void => {
        silence.break();
        pauseMs = PAUSE_MS_MIN;
        this.ring();
      };
      const until = AbortSignal.any([stopping, silence.signal]);
      await this.connection.listen(this.prefix, onEvent, until).catch(() => undefined);
      silence.end();
      if (stopping.aborted) return;
      await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal: stopping }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX);
    }
  }
}

/** Aborts when nothing was heard for some time. */
class Silence {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly msMax: number) {
    this.break();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  break(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.msMax);
    this.#timer.unref();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
