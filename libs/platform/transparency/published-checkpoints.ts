import type { Position } from '@khamrap/kernel';
import type { Pool } from 'pg';
import type { KeptCheckpoint, LogHealth, SignedCheckpoint } from './checkpoints';
import { readCheckpoint } from './proof';

interface KeptRow {
  readonly note: string;
  readonly witnessed: boolean;
  readonly keptAt: Date;
}

const KEPT = `SELECT note, witnessed, kept_at AS "keptAt" FROM transparency.kept_checkpoint`;

/** Reads what the log has signed: connections of the role that reads. */
export class PublishedCheckpoints {
  /** The largest that was seen: what it covers is covered for ever. */
  #seenSize = 0;
  #asked: Promise<SignedCheckpoint | undefined> | undefined;

  constructor(private readonly pool: Pool) {}

  /** Those who ask at the same moment are answered by one look. */
  latest(): Promise<SignedCheckpoint | undefined> {
    this.#asked ??= this.#read().finally(() => (this.#asked = undefined));
    return this.#asked;
  }

  /** Whether what is published is large enough; the database is asked only when what was seen last is not. */
  async covers(isLargeEnough: (size: number) => boolean): Promise<boolean> {
    return isLargeEnough(this.#seenSize) || isLargeEnough((await this.latest())?.size ?? 0);
  }

  async held(after: number, countMax: number): Promise<readonly KeptCheckpoint[]> {
    const text = `${KEPT} WHERE size > $1 ORDER BY size, kept_at LIMIT $2`;
    return this.#kept({ name: 'kept-checkpoints', text, values: [after, countMax] });
  }

  async heldOf(size: number): Promise<readonly KeptCheckpoint[]> {
    return this.#kept({
      name: 'kept-checkpoint',
      text: `${KEPT} WHERE size = $1 ORDER BY kept_at, origin`,
      values: [size],
    });
  }

  async witnessedCovering(position: Position): Promise<KeptCheckpoint | undefined> {
    const text = `${KEPT} WHERE witnessed AND size > $1 ORDER BY size, kept_at DESC LIMIT 1`;
    return (await this.#kept({ name: 'witnessed-checkpoint', text, values: [position] }))[0];
  }

  async health(): Promise<LogHealth> {
    const { rows } = await this.pool.query<LogHealth>({
      name: 'log-health',
      text: `SELECT state.size, coalesce(published.size, 0) AS "publishedSize", state.trouble
             FROM transparency.state LEFT JOIN transparency.published ON true`,
    });
    return rows[0] as LogHealth;
  }

  async #read(): Promise<SignedCheckpoint | undefined> {
    const { rows } = await this.pool.query<{ note: string }>({
      name: 'published-checkpoint',
      text: 'SELECT note FROM transparency.published',
    });
    if (!rows[0]) return undefined;
    const { note } = rows[0];
    const { checkpoint } = readCheckpoint(note);
    this.#seenSize = checkpoint.size;
    return { ...checkpoint, note };
  }

  async #kept(query: { name: string; text: string; values: unknown[] }): Promise<readonly KeptCheckpoint[]> {
    const { rows } = await this.pool.query<KeptRow>(query);
    return rows.map(({ note, witnessed, keptAt }) => ({
      ...readCheckpoint(note).checkpoint,
      note,
      witnessed,
      keptAt: keptAt.getTime(),
    }));
  }
}
