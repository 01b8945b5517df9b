import { createPool } from '@khamrap/platform/database';
import type { Pool } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogIdentity } from '../../event-store';
import { unavailableOr } from '../../postgres/server-error';
import type { EndOfWalk } from './copied-log';

export interface HandOverOptions {
  /** Connection of the migrating role, which owns the log. */
  readonly migrateUrl: string;
  /** Names of the roles under which services append and sequence. */
  readonly writers: readonly string[];
}

/** Services that have just ended may still be seen for a moment. */
const LEAVING_MS_MAX = 3_000;
const POLL_MS = 100;

/** Where a log is carried is changed here, with the rights of the role that owns the log; nobody appends meanwhile. */
export class HandOver {
  readonly #pool: Pool;

  constructor(private readonly options: HandOverOptions) {
    this.#pool = createPool({ url: options.migrateUrl, size: 1, applicationName: 'khamrap hand over log' });
  }

  /** Whether anybody is connected who appends to this database or sequences into it. Waits a moment for those who leave. */
  async isInUse(): Promise<boolean> {
    const until = performance.now() + LEAVING_MS_MAX;
    for (;;) {
      const [found] = await this.#query<{ used: boolean }>(IN_USE, [this.options.writers]);
      if (found?.used !== true) return false;
      if (performance.now() > until) return true;
      await delay(POLL_MS);
    }
  }

  /** From now on nobody may begin to append; who has begun before is seen by `isInUse`. */
  async forbidAppends(): Promise<void> {
    await this.#query('SELECT ledger.forbid_own_appends()');
  }

  /** Gives the right to append back, unless the log is carried elsewhere. */
  async allowAppends(): Promise<void> {
    await this.#query('SELECT ledger.allow_own_appends()');
  }

  /**
   * Has the log carried by the store from now on, from this event on.
   * @returns whether it is so; not where the database has another number of events
   */
  async handOver({ logId }: Pick<LogIdentity, 'logId'>, { size, eventId, place }: EndOfWalk): Promise<boolean> {
    const [row] = await this.#query<{ done: boolean }>('SELECT ledger.hand_over($1, $2, $3, $4, $5) AS done', [
      logId,
      size,
      eventId,
      place.commit,
      place.prepare,
    ]);
    return row?.done === true;
  }

  /** Forgets the sequenced copy of a log that is carried by a store, and fences off whoever sequences. */
  async dropCopy(): Promise<void> {
    await this.#query('SELECT ledger.drop_copy()');
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}

const IN_USE = `
  SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = ANY ($1)) AS used`;
