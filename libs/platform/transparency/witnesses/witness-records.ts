import type { Pool } from 'pg';

/** What is known of one witness; `null` of what it has not done yet. */
export interface WitnessRecord {
  readonly vkey: string;
  readonly origin: string | null;
  readonly cosignedSize: number | null;
  readonly cosignedAt: Date | null;
  /** Whether it holds against the log that what it was shown is not a continuation of what it had cosigned. */
  readonly refused: boolean;
  /** Why it has not cosigned what it was asked to; null when it has. */
  readonly trouble: string | null;
}

/** A branch of the log that a witness has refused to cosign. */
export interface RefusedBranch {
  readonly vkey: string;
  readonly origin: string;
  /** 409: the witness has cosigned more events than there are. 422: other ones. */
  readonly status: 409 | 422;
  /** How many events the witness has cosigned. */
  readonly witnessSize: number;
  /** What it was asked to cosign. */
  readonly refusedNote: string;
  /** What it has cosigned, where it shows it: signed by the log, it contradicts the other note. */
  readonly cosignedNote: string | null;
}

/** Writes what witnesses say: connections of the projecting role, or of the reading one where it only reads. */
export class WitnessRecords {
  constructor(private readonly pool: Pool) {}

  async all(): Promise<readonly WitnessRecord[]> {
    const { rows } = await this.pool.query<WitnessRecord>({
      name: 'witnesses',
      text: `SELECT vkey, origin, cosigned_size AS "cosignedSize", cosigned_at AS "cosignedAt", refused, trouble
             FROM transparency.witness`,
    });
    return rows;
  }

  async tell({ vkey, origin, cosignedSize, cosignedAt, refused, trouble }: WitnessRecord): Promise<void> {
    await this.pool.query({
      name: 'tell-witness',
      text: `INSERT INTO transparency.witness (vkey, origin, cosigned_size, cosigned_at, refused, trouble)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (vkey) DO UPDATE
             SET origin = excluded.origin, cosigned_size = excluded.cosigned_size, cosigned_at = excluded.cosigned_at,
                 refused = excluded.refused, trouble = excluded.trouble`,
      values: [vkey, origin, cosignedSize, cosignedAt, refused, trouble],
    });
  }

  /** @returns false when the same was held against the log before */
  async keepRefused(branch: RefusedBranch): Promise<boolean> {
    const { vkey, origin, status, witnessSize, refusedNote, cosignedNote } = branch;
    const { rowCount } = await this.pool.query({
      name: 'keep-refused-branch',
      text: `INSERT INTO transparency.refused_branch (vkey, origin, status, witness_size, refused_note, cosigned_note)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      values: [vkey, origin, status, witnessSize, refusedNote, cosignedNote],
    });
    return rowCount === 1;
  }

  async refusedBranches(): Promise<readonly RefusedBranch[]> {
    const { rows } = await this.pool.query<RefusedBranch>(
      `SELECT vkey, origin, status, witness_size AS "witnessSize", refused_note AS "refusedNote",
              cosigned_note AS "cosignedNote" FROM transparency.refused_branch ORDER BY found_at`,
    );
    return rows;
  }
}
