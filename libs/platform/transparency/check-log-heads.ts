import type { StreamName } from '@khamrap/kernel';
import type { Pool } from 'pg';
import type { StreamTip } from './leaves';

/** A stream of which the log keeps another last event than the rows have. */
export interface WrongHead {
  readonly position: number;
  readonly what: string;
}

interface HeadRow {
  readonly stream: StreamName;
  readonly reference: string;
  readonly revision: number;
  readonly position: number;
  readonly leafHash: Buffer;
}

const FETCH_COUNT = 5_000;
const HEADS = `DECLARE heads NO SCROLL CURSOR FOR
  SELECT stream, encode(reference, 'hex') AS reference, revision, position, leaf_hash AS "leafHash"
  FROM transparency.stream_head`;

/**
 * Holds the last leaf of every stream, as the log keeps it to go on from, against what the rows make. Streams that have
 * gone on since may have a later one.
 * @param size how many events the rows were read of
 * @returns the one with the lowest position, if there is any
 */
export async function wrongHead(
  pool: Pool,
  tips: ReadonlyMap<StreamName, StreamTip>,
  size: number,
): Promise<WrongHead | undefined> {
  const client = await pool.connect();
  const seen = new Set<StreamName>();
  let first: WrongHead | undefined;
  const take = (found: WrongHead | undefined): void => {
    if (found && !(first && first.position <= found.position)) first = found;
  };
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: states } = await client.query<{ size: number }>('SELECT size FROM transparency.state');
    await client.query(HEADS);
    for (;;) {
      const { rows } = await client.query<HeadRow>(`FETCH ${FETCH_COUNT} FROM heads`);
      for (const row of rows) {
        seen.add(row.stream);
        take(problemOf(row, tips.get(row.stream), size, states[0]?.size ?? 0));
      }
      if (rows.length < FETCH_COUNT) break;
    }
  } finally {
    await client.query('ROLLBACK').finally(() => client.release());
  }
  for (const [stream, { position }] of tips)
    if (!seen.has(stream)) take({ position, what: 'the log keeps no end of its stream' });
  return first;
}

function problemOf(head: HeadRow, tip: StreamTip | undefined, size: number, sizeNow: number): WrongHead | undefined {
  const hasGoneOn = head.position >= size && head.position < sizeNow && head.revision > (tip?.revision ?? -1);
  const isSame =
    tip !== undefined &&
    head.position === tip.position &&
    head.revision === tip.revision &&
    head.leafHash.equals(tip.leafHash);
  const isNamedSo = tip === undefined || head.reference === tip.reference;
  if (isNamedSo && (isSame || hasGoneOn)) return undefined;
  return { position: tip?.position ?? head.position, what: 'the log keeps another end of its stream' };
}
