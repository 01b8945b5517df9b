import type { EventStore } from '@khamrap/platform/event-store';
import { nodeDigest } from '@khamrap/platform/transparency';
import { areEqual, Frontier, hexOf } from '@khamrap/platform/transparency/proof';
import type { Pool } from 'pg';
import { accessLeafHash } from './access-entry';
import type { AccessReview } from './access-review';
import type { RecordedSeal } from './access-seals';

const READ_COUNT = 1_000;

/** What a check of the whole access log found. */
export interface AccessLogCheck {
  readonly size: number;
  /** How many of the rows a seal in the ledger covers. */
  readonly sealedSize: number;
  /** The first row that is not what it was; absent where all are. */
  readonly found?: { readonly number: number; readonly what: string };
}

export interface CheckAccessLogOptions {
  readonly store: Pick<EventStore, 'identity'>;
  readonly review: AccessReview;
  /** In the order of the log. */
  readonly seals: readonly RecordedSeal[];
  /** Connections of the appending role, which may read the leaves. */
  readonly pool: Pool;
}

/**
 * Makes every leaf again from its row, compares it with the one that was kept when the row was made, and the tree at each seal
 * with what the ledger says. A row that was altered together with its leaf is found at the first seal that covers it.
 */
export async function checkAccessLog({ store, review, seals, pool }: CheckAccessLogOptions): Promise<AccessLogCheck> {
  const { logId } = store.identity();
  const frontier = new Frontier(0, [], nodeDigest);
  const sealedSize = seals.at(-1)?.size ?? 0;
  const due = [...seals];
  const result = (found?: AccessLogCheck['found']): AccessLogCheck => ({
    size: frontier.size,
    sealedSize,
    ...(found && { found }),
  });
  let sealedBefore = 0;
  for (;;) {
    const rows = await review.from(frontier.size, READ_COUNT);
    const leaves = await leavesFrom(pool, frontier.size, READ_COUNT);
    for (let index = 0; index < Math.max(rows.length, leaves.length); index++) {
      const [row, leaf] = [rows[index], leaves[index]];
      const number = frontier.size;
      if (row?.number !== number || leaf?.number !== number) return result({ number, what: 'is missing' });
      const hash = accessLeafHash(row, logId);
      if (!areEqual(hash, leaf.hash)) return result({ number, what: 'is not what it was when it was made' });
      frontier.append(hash);
      while (due[0]?.size === frontier.size) {
        const { root, position, size } = due.shift() as RecordedSeal;
        if (hexOf(frontier.root()) !== root)
          return result({
            number: sealedBefore,
            what: `or one up to ${size - 1} is not what was sealed at position ${position}`,
          });
        sealedBefore = size;
      }
    }
    if (rows.length < READ_COUNT) break;
  }
  if (frontier.size < sealedSize) return result({ number: frontier.size, what: 'is missing, and was sealed' });
  return result();
}

async function leavesFrom(
  pool: Pool,
  first: number,
  count: number,
): Promise<readonly { readonly number: number; readonly hash: Buffer }[]> {
  const { rows } = await pool.query<{ number: number; hash: Buffer }>(
    'SELECT number, hash FROM access_log.leaf WHERE number >= $1 ORDER BY number LIMIT $2',
    [first, count],
  );
  return rows;
}
