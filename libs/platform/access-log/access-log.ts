import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { byteaArray, textArray } from '@khamrap/platform/database';
import { StoreUnavailable, unavailableOr } from '@khamrap/platform/event-store';
import { accessText, type Access } from './access-entry';

const BATCH_COUNT_MAX = 500;
const WAITING_COUNT_MAX = 5_000;
const SALT_BYTES = 16;

interface Waiting {
  readonly access: Access;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Keeps who read what. One batch is in flight, everything that arrives meanwhile forms the next: a row costs its reader one round
 * trip to the database, and many readers share one commit.
 */
export class AccessLog {
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  /**
   * @param pool connections of the appending role, one at the least
   * @param logId of the log in which the rows are sealed
   */
  constructor(
    private readonly pool: Pool,
    private readonly logId: string,
  ) {}

  /**
   * Keeps a row. Once this resolves, no crash of this process loses it; that of a read of private data is on the disk of the
   * database, others are within a second.
   * @throws StoreUnavailable: then nothing may be shown
   */
  keep(access: Access): Promise<void> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the access log is closed'));
    if (this.#waiting.length >= WAITING_COUNT_MAX)
      return Promise.reject(new StoreUnavailable(`${WAITING_COUNT_MAX} rows of the access log are waiting already`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ access, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Takes no more, and ends when everything taken is kept. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#keepTogether(this.#waiting.splice(0, BATCH_COUNT_MAX));
    this.#running = undefined;
  }

  async #keepTogether(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.pool.query({
        name: 'keep-accesses',
        text: 'SELECT access_log.append($1, $2, $3, $4)',
        values: [
          this.logId,
          textArray(batch.map(({ access }) => accessText(access))),
          byteaArray(batch.map(() => randomBytes(SALT_BYTES))),
          batch.some(({ access }) => access.kind === 'private'),
        ],
      });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      const cause = unavailableOr(error);
      const failure =
        cause instanceof StoreUnavailable
          ? cause
          : new StoreUnavailable('who reads cannot be recorded now', { cause: error });
      for (const { reject } of batch) reject(failure);
    }
  }
}
