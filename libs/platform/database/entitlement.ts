import { escapeLiteral, type Pool, type QueryResultRow } from 'pg';

/** What row-level security compares with; `khamrap.entitled_<name>` in the policies. */
export type EntitlementName = 'evidence' | 'issuer' | 'places' | 'pseudonym' | 'secret' | 'stream' | 'subject';

/**
 * Runs one statement in a transaction that says what it is entitled to. The policies of the tables hold back everything else, so
 * a statement that forgets to say it is answered with nothing. What was said ends with the transaction: the next one on the
 * same connection begins with nothing.
 * @throws what pg throws
 */
export async function queryEntitled<Row extends QueryResultRow>(
  pool: Pool,
  entitled: Readonly<Partial<Record<EntitlementName, string>>>,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const client = await pool.connect();
  try {
    // In one message, which has no parameters.
    const telling = Object.entries(entitled).map(
      ([name, value]) => `set_config('khamrap.entitled_${name}', ${escapeLiteral(value)}, true)`,
    );
    await client.query(`BEGIN; SELECT ${telling.join(', ')}`);
    const { rows } = await client.query<Row>(text, [...values]);
    await client.query('COMMIT');
    client.release();
    return rows;
  } catch (error) {
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}
