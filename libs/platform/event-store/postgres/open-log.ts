import { Client } from 'pg';
import { LEDGER_STREAM, NO_STREAM } from '@khamrap/kernel';
import type { AppendRequest, LogIdentity } from '../event-store';
import { ledgerOpening } from '../ledger-opened';
import { appendStatement } from './append-statement';

const FIRST_SIMULATED_MS = 1;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Chooses the clock and writes the first event, both or neither. Several instances may open the log at once, with different
 * wishes: the first one's are carried out, and the others find the log opened.
 */
export async function openLog({
  appendUrl,
  origin,
  clock,
}: Pick<LogIdentity, 'origin' | 'clock'> & { readonly appendUrl: string }): Promise<void> {
  const opening: AppendRequest = {
    stream: LEDGER_STREAM,
    expectedRevision: NO_STREAM,
    events: [ledgerOpening({ origin, clock })],
    // A simulated log begins before every time that may be supplied to it.
    ...(clock === 'simulated' && { recordedAt: FIRST_SIMULATED_MS }),
  };
  const client = new Client({
    connectionString: appendUrl,
    application_name: 'khamrap open log',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // Without a listener a lost connection would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN');
    // Locks the head row until the end: who comes second waits here, and has nothing left to choose.
    const { rows } = await client.query<{ chosen: boolean | null }>('SELECT ledger.choose_clock($1) AS chosen', [
      clock,
    ]);
    if (rows[0]?.chosen) await client.query(appendStatement([opening]));
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
