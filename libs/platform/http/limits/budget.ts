import { LRUCache } from 'lru-cache';

/** What became of one request that was counted. */
export type Count =
  | {
      readonly isWithin: true;
      /** How many more there is room for at this moment. */
      readonly remaining: number;
      /** Seconds until the budget is whole again when nothing more is asked for. */
      readonly wholeInSeconds: number;
    }
  | {
      readonly isWithin: false;
      readonly remaining: 0;
      /** Seconds until there is room for one. */
      readonly roomInSeconds: number;
    };

const WINDOW_SECONDS = 60;
const WINDOW_MS = WINDOW_SECONDS * 1_000;
/** What additions of fractions of milliseconds may be off by. */
const ROUNDING_MS = 0.001;
/** An address or an actor costs about 100 bytes: what is remembered of all of them together stays below 10 MB. */
const KEY_COUNT_MAX = 50_000;

/**
 * How many requests a minute each of many may send: a bucket that holds a minute's worth and fills up steadily, so that a page
 * may ask for much at once and nobody waits for the next minute to begin. One number is kept for each: when its bucket will
 * be full again. Who has not been seen for long is forgotten first, which is harmless: their bucket is full.
 */
export class Budget {
  /** `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-11): the quota and its window in seconds. */
  readonly policy: string;
  private readonly intervalMs: number;
  private readonly fullAt: LRUCache<string, number>;

  constructor(
    readonly name: string,
    perMinute: number,
    /** Milliseconds from any beginning, never backwards. */
    private readonly now: () => number = () => performance.now(),
    keyCountMax = KEY_COUNT_MAX,
  ) {
    this.policy = `"${name}";q=${perMinute};w=${WINDOW_SECONDS}`;
    this.intervalMs = WINDOW_MS / perMinute;
    this.fullAt = new LRUCache({ max: keyCountMax });
  }

  /** Counts one request, unless there is no room for it. */
  take(key: string): Count {
    const now = this.now();
    const usedMs = Math.max((this.fullAt.get(key) ?? 0) - now, 0);
    const takenMs = usedMs + this.intervalMs;
    if (takenMs > WINDOW_MS + ROUNDING_MS) {
      return { isWithin: false, remaining: 0, roomInSeconds: Math.max(Math.ceil((takenMs - WINDOW_MS) / 1_000), 1) };
    }
    this.fullAt.set(key, now + takenMs);
    const remaining = Math.floor((WINDOW_MS - takenMs + ROUNDING_MS) / this.intervalMs);
    return { isWithin: true, remaining, wholeInSeconds: Math.ceil(takenMs / 1_000) };
  }

  /** Of how many it remembers anything. */
  get keyCount(): number {
    return this.fullAt.size;
  }

  /** Whether one more would be within, without counting any. */
  hasRoom(key: string): boolean {
    const usedMs = Math.max((this.fullAt.get(key) ?? 0) - this.now(), 0);
    return usedMs + this.intervalMs <= WINDOW_MS + ROUNDING_MS;
  }

  /** Takes back one count. */
  giveBack(key: string): void {
    const fullAt = this.fullAt.get(key);
    if (fullAt !== undefined) this.fullAt.set(key, fullAt - this.intervalMs);
  }
}
