import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** A leader that is silent for so long is taken for dead: the server ends its session, and with it the leadership. */
const SILENCE_MS_MAX = 20_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** How often one who is not elected stands again. */
export const STANDBY_MS = 500;

export interface Candidacy {
  /** Address of the role that stands. */
  readonly url: string;
  /** What is led: names the advisory lock. */
  readonly name: string;
  readonly applicationName: string;
  readonly silenceMsMax?: number;
  /** Stands by until this while another one leads; without it, there is one try. */
  readonly until?: AbortSignal;
}

/**
 * Does the work of a leader once no other instance leads. The lock belongs to a connection of its own, so whoever loses the
 * connection loses the lead; `lost` tells the work to end.
 */
export async function leadIfElected(
  { url, name, applicationName, silenceMsMax = SILENCE_MS_MAX, until }: Candidacy,
  work: (lost: AbortSignal) => Promise<void>,
): Promise<void> {
  const heartbeatMs = silenceMsMax / 4;
  const session = new Client({
    connectionString: url,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: heartbeatMs,
  });
  const lost = new AbortController();
  session.on('error', () => lost.abort());
  session.on('end', () => lost.abort());
  let heartbeat: NodeJS.Timeout | undefined;
  try {
    await session.connect();
    // A process that stands still keeps its connections open, and would lead for ever.
    await session.query(`SET idle_session_timeout = ${silenceMsMax}`);
    // Over the one connection: a server makes a process for each that is opened.
    while (!(await isElected(session, name))) {
      if (!until || until.aborted) return;
      await delay(STANDBY_MS, undefined, { signal: until }).catch(() => undefined);
    }
    heartbeat = setInterval(() => void session.query('SELECT').catch(() => lost.abort()), heartbeatMs);
    await work(lost.signal);
  } finally {
    clearInterval(heartbeat);
    await session.end().catch(() => undefined);
  }
}

async function isElected(session: Client, name: string): Promise<boolean> {
  const { rows } = await session.query<{ elected: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS elected',
    [name],
  );
  return rows[0]?.elected === true;
}
