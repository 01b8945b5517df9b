import { setTimeout as delay } from 'node:timers/promises';

/** So far the clocks of two servers are taken to be apart at the most, before anything is known of them. */
const APART_MS_MAX = 1_000;
const WAIT_MS_MAX = 60_000;

/**
 * What is known of the store's clock. A time that was supplied holds only where that clock has passed it: an event that is copied
 * too early has another time for ever.
 */
export class StoreClock {
  #known: { readonly at: number; readonly since: number } | undefined;

  /** @param ask when the store wrote what was appended last (milliseconds since 1970); undefined where nothing was yet */
  constructor(private readonly ask: () => Promise<number | undefined>) {}

  /** Waits, bounded, until the store's clock has passed a time. @returns whether it has */
  async hasPassed(timeMs: number, signal: AbortSignal): Promise<boolean> {
    if (this.#aheadMs(timeMs) > 0) await this.#learn();
    const waitMs = this.#aheadMs(timeMs);
    if (waitMs > WAIT_MS_MAX) return false;
    if (waitMs > 0) await delay(waitMs, undefined, { signal });
    return true;
  }

  /** How far a time is ahead of what the store's clock shows at least. */
  #aheadMs(timeMs: number): number {
    if (!this.#known) return timeMs - (Date.now() - APART_MS_MAX);
    return timeMs - (this.#known.at + Math.floor(performance.now() - this.#known.since));
  }

  async #learn(): Promise<void> {
    const since = performance.now();
    const at = await this.ask();
    if (at !== undefined) this.#known = { at, since };
  }
}
