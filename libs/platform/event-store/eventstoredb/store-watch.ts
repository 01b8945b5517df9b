import type { Pool } from 'pg';
import type { StoreCondition } from '../event-store';
import { readCarrier } from './carrier';
import type { StoreConnection } from './store-connection';

const LOOK_MS = 1_000;

/** Knows how the store is: by every call that is made, and by a look of its own while there are none. */
export class StoreWatch {
  #answeredAt = performance.now();
  #isAway = false;
  #completeUntil: number;
  #trouble: string | null = null;
  #stopped: string | null = null;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: () => StoreConnection,
    private readonly readers: Pool,
  ) {
    this.#completeUntil = Date.now();
  }

  answered(isThere: boolean): void {
    this.#isAway = !isThere;
    if (isThere) this.#answeredAt = performance.now();
  }

  /** Why nothing may be added to what is there: it may be another store than the one that the log is in. */
  get stopped(): string | null {
    return this.#stopped;
  }

  condition(): StoreCondition {
    return {
      engine: 'eventstoredb',
      takesAppends: !this.#isAway && this.#stopped === null,
      completeUntil: this.#completeUntil,
      trouble: this.#stopped ?? this.#trouble,
    };
  }

  start(): void {
    this.#timer = setInterval(() => void (this.#looking ??= this.#look()), LOOK_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
      if (performance.now() - this.#answeredAt > LOOK_MS) await this.connection().answers();
      const carrier = await readCarrier(this.readers);
      this.#completeUntil = carrier?.completeUntil ?? this.#completeUntil;
      this.#trouble = carrier?.trouble ?? null;
      this.#stopped = carrier?.stopped ?? null;
    } catch {
      // The database is away: what was known last stands.
    } finally {
      this.#looking = undefined;
    }
  }
}
