import type { Pool } from 'pg';
import { queryEntitled } from '@khamrap/platform/database';
import { unavailableOr } from '@khamrap/platform/event-store';

/** So many each may keep. */
const COUNT_MAX = 200;

/** A question that somebody keeps. */
export interface SavedQuery {
  /** UUID. */
  readonly queryId: string;
  /** Pseudonym of who keeps it. */
  readonly owner: string;
  readonly title: string;
  /** Path and parameters, such as `/v1/standings/due?province=TH-54`. */
  readonly address: string;
  /** Whether others are shown it. */
  readonly shared: boolean;
  /** Milliseconds since 1970. */
  readonly savedAtMs: number;
}

interface Row {
  readonly query_id: string;
  readonly owner: string;
  readonly title: string;
  readonly address: string;
  readonly shared: boolean;
  readonly saved_at: Date;
}

/** Keeps questions for people. All throw StoreUnavailable while the database cannot be reached. */
export class SavedQueries {
  /** @param pool connections of the appending role */
  constructor(private readonly pool: Pool) {}

  /**
   * Keeps one, once however often it is asked for.
   * @returns what is kept under this id, which is something else where the id is taken; `tooMany` where no more are taken
   */
  async save(query: Omit<SavedQuery, 'savedAtMs'>): Promise<SavedQuery | 'tooMany'> {
    const { queryId, owner, title, address, shared } = query;
    await this.#query(
      owner,
      `INSERT INTO saved_queries.query (query_id, owner, title, address, shared)
       SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM saved_queries.query WHERE owner = $2) < $6
       ON CONFLICT DO NOTHING`,
      [queryId, owner, title, address, shared, COUNT_MAX],
    );
    return (await this.find(queryId, owner)) ?? 'tooMany';
  }

  /** One of theirs or a shared one; undefined where there is none for them. */
  async find(queryId: string, reader: string): Promise<SavedQuery | undefined> {
    const [row] = await this.#query(reader, `SELECT ${COLUMNS} FROM saved_queries.query WHERE query_id = $1`, [
      queryId,
    ]);
    return row;
  }

  /** Their own and the shared ones, the newest first, so many and one more at the most, behind a place in that order. */
  list(reader: string, before: { readonly savedAtMs: number; readonly queryId: string } | undefined, countMax: number) {
    return this.#query(
      reader,
      `SELECT ${COLUMNS} FROM saved_queries.query
       WHERE $1::bigint IS NULL OR (floor(extract(epoch FROM saved_at) * 1000)::bigint, query_id) < ($1, $2::uuid)
       ORDER BY floor(extract(epoch FROM saved_at) * 1000)::bigint DESC, query_id DESC LIMIT $3`,
      [before?.savedAtMs, before?.queryId, countMax + 1],
    );
  }

  /** All of theirs: for telling them. */
  ofOwner(owner: string): Promise<readonly SavedQuery[]> {
    return this.#query(owner, `SELECT ${COLUMNS} FROM saved_queries.query WHERE owner = $1 ORDER BY saved_at`, [owner]);
  }

  /** Ends one of theirs. @returns whether there was one */
  async end(queryId: string, owner: string): Promise<boolean> {
    const ended = await this.#query(owner, `DELETE FROM saved_queries.query WHERE query_id = $1 RETURNING ${COLUMNS}`, [
      queryId,
    ]);
    return ended.length > 0;
  }

  /** Ends all of theirs: titles are words of their own, and go with their identity. */
  async endAllOf(owner: string): Promise<void> {
    await this.#query(owner, 'DELETE FROM saved_queries.query WHERE owner = $1', [owner]);
  }

  async #query(pseudonym: string, text: string, values: readonly unknown[]): Promise<readonly SavedQuery[]> {
    const rows = await queryEntitled<Row & Record<string, unknown>>(this.pool, { pseudonym }, text, values).catch(
      (error: unknown) => {
        throw unavailableOr(error);
      },
    );
    return rows.map(({ query_id: queryId, owner, title, address, shared, saved_at: savedAt }) => ({
      queryId,
      owner,
      title,
      address,
      shared,
      savedAtMs: savedAt.getTime(),
    }));
  }
}

const COLUMNS = 'query_id, owner, title, address, shared, saved_at';
