import { readCheckpoint } from './proof';
import type { Pool } from 'pg';

/** The channel that is told the size of what was published. */
export const LOG_CHANNEL = 'khamrap_log';

/** A signed checkpoint of the log, as it is handed out. */
export interface SignedCheckpoint {
  readonly origin: string;
  /** How many events it covers. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** The signed note, byte for byte. */
  readonly note: string;
}

/** A checkpoint that the log keeps for those who come later. */
export interface KeptCheckpoint extends SignedCheckpoint {
  /** Whether its cosignatures reached the quorum of the policy that stood then. */
  readonly witnessed: boolean;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

/** How the verifiable log is. */
export interface LogHealth {
  /** How many events have a leaf. */
  readonly size: number;
  /** How many of them are covered by a signed checkpoint; 0 before the first. */
  readonly publishedSize: number;
  /** Why nothing new is built or published, as a sentence; null while all is well. */
  readonly trouble: string | null;
}

// Checkpoints between two minutes are published, and kept only when somebody has witnessed them.
const PUBLISH = `
WITH mine AS (
  SELECT FROM transparency.state WHERE epoch = $1 AND size >= $2
), shown AS (
  INSERT INTO transparency.published AS published (size, origin, note) SELECT $2::bigint, $3::text, $4::text FROM mine
  ON CONFLICT (only_row) DO UPDATE
  SET size = excluded.size, origin = excluded.origin, note = excluded.note, published_at = excluded.published_at
  WHERE published.origin <> excluded.origin OR published.size <= excluded.size
  RETURNING true
), kept AS (
  INSERT INTO transparency.kept_checkpoint (size, origin, note) SELECT $2::bigint, $3::text, $4::text FROM shown
  WHERE NOT EXISTS (SELECT FROM transparency.kept_checkpoint WHERE kept_at > now() - interval '1 minute')
  ON CONFLICT DO NOTHING
)
SELECT pg_notify('${LOG_CHANNEL}', $2::bigint::text) FROM shown`;

const KEEP_WITNESSED = `
WITH kept AS (
  INSERT INTO transparency.kept_checkpoint AS kept (size, origin, note, witnessed) VALUES ($1, $2, $3, $4)
  ON CONFLICT (size, origin) DO UPDATE SET note = excluded.note, witnessed = kept.witnessed OR excluded.witnessed
)
UPDATE transparency.published SET note = $3 WHERE size = $1 AND origin = $2`;

/** Writes what the log has signed and what witnesses have added to it: connections of the projecting role. */
export class Checkpoints {
  constructor(private readonly pool: Pool) {}

  /**
   * Shows a signed checkpoint to everybody.
   * @param epoch of the builder whose tree it is
   * @returns false when another builder has taken over or a larger one is shown already: nothing has changed
   */
  async publish(epoch: number, note: string): Promise<boolean> {
    const { origin, size } = readCheckpoint(note).checkpoint;
    const { rowCount } = await this.pool.query({
      name: 'publish-checkpoint',
      text: PUBLISH,
      values: [epoch, size, origin, note],
    });
    return rowCount === 1;
  }

  /**
   * Keeps a checkpoint with the cosignatures of witnesses. The caller has verified them, and joined them with those that were
   * there before; while the checkpoint is the one that is shown, they are shown with it.
   * @param isWitnessed whether they reach the quorum of the policy
   */
  async keepCosigned(note: string, isWitnessed: boolean): Promise<void> {
    const { origin, size } = readCheckpoint(note).checkpoint;
    await this.pool.query({
      name: 'keep-checkpoint',
      text: KEEP_WITNESSED,
      values: [size, origin, note, isWitnessed],
    });
  }
}
