import { BEFORE_FIRST, type Position } from '@khamrap/kernel';
import type { Sight } from '@khamrap/platform/access';
import type { Projections, ReadModels } from '@khamrap/platform/projections';
import { STANDINGS } from './standings.projection';
import { findChanges, type StandingChange } from './standings.query';

/** How many positions are looked through at once when a client returns after a while. */
const WINDOW_COUNT = 1_000;
/** Those who listen are all at the same position, or a few behind. */
const READ_COUNT_MAX = 16;

/** What changed after one position and up to another. */
export interface ChangesRead {
  readonly position: Position;
  readonly changes: readonly StandingChange[];
}

interface Sleeper {
  readonly wake: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Follows the projection for everybody who listens in this process: one look at its position, and one read of what changed for
 * each sight, however many they are.
 */
export class SharedChanges {
  #reached: Position = BEFORE_FIRST;
  #follower: AbortController | undefined;
  readonly #sleepers = new Set<Sleeper>();
  /** The oldest first. What changed up to a position is for ever the same. */
  readonly #reads = new Map<string, Promise<ChangesRead>>();

  constructor(
    private readonly projections: Projections,
    private readonly readModels: ReadModels,
  ) {}

  /** Resolves when the projection is beyond a position, or on abort. */
  beyond(seen: Position, signal: AbortSignal): Promise<void> {
    if (this.#reached > seen || signal.aborted) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        signal.removeEventListener('abort', wake);
        this.#sleepers.delete(sleeper);
        if (this.#sleepers.size === 0) this.#follower?.abort();
      };
      const wake = (): void => {
        leave();
        resolve();
      };
      const fail = (error: unknown): void => {
        leave();
        reject(error instanceof Error ? error : new Error('the position is not known', { cause: error }));
      };
      const sleeper = { wake, fail };
      signal.addEventListener('abort', wake, { once: true });
      this.#sleepers.add(sleeper);
      if (this.#follower === undefined || this.#follower.signal.aborted) void this.#follow();
    });
  }

  /** What changed after a position that the projection is beyond, as far as somebody sees it; a window at the most. */
  after(seen: Position, sight: Sight): Promise<ChangesRead> {
    const upTo = Math.min(this.#reached, seen + WINDOW_COUNT);
    const key = JSON.stringify([seen, upTo, sight]);
    const known = this.#reads.get(key);
    if (known !== undefined) return known;
    const read = this.#read(seen, upTo, sight);
    this.#reads.set(key, read);
    read.catch(() => this.#reads.delete(key));
    for (const oldest of this.#reads.keys()) {
      if (this.#reads.size <= READ_COUNT_MAX) break;
      this.#reads.delete(oldest);
    }
    return read;
  }

  async #follow(): Promise<void> {
    const follower = new AbortController();
    this.#follower = follower;
    try {
      while (!follower.signal.aborted) {
        const position = await this.projections.positionOf(STANDINGS);
        if (position > this.#reached) {
          this.#reached = position;
          for (const { wake } of this.#sleepers) wake();
        } else await this.projections.beyond(STANDINGS, this.#reached, follower.signal);
      }
    } catch (error) {
      for (const { fail } of this.#sleepers) fail(error);
    }
  }

  async #read(seen: Position, upTo: Position, sight: Sight): Promise<ChangesRead> {
    const { result } = await this.readModels.read(
      STANDINGS,
      { minPosition: upTo },
      (manager) => findChanges(manager, sight, seen, upTo),
      sight,
    );
    return { position: upTo, changes: result };
  }
}
