import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { OutcomeUnknown, StoreUnavailable, type AppendOutcome, type AppendRequest } from '../event-store';
import { appendStatement, outcomesOf, type OutcomeRow } from './append-statement';
import { isConnectionLoss, isPassing } from './server-error';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * The one connection that appends. When it breaks before the answer came, the outcome is unknown: the same batch is submitted
 * again over a new connection until the store says what became of it, or the time is up.
 */
export class AppendConnection {
  #client: Client | undefined;

  constructor(
    private readonly url: string,
    private readonly resubmitForMs: number,
  ) {}

  /**
   * @throws OutcomeUnknown when an attempt was sent and nobody knows what became of it
   * @throws StoreUnavailable when nothing stands
   * @throws DatabaseError when the server refused the statement, so that nothing stands
   */
  async submit(batch: readonly AppendRequest[]): Promise<readonly AppendOutcome[]> {
    const statement = appendStatement(batch);
    const endsAt = performance.now() + this.resubmitForMs;
    let mayStand = false;
    for (let attempt = 1; ; attempt++) {
      let client: Client | undefined;
      try {
        client = await this.#connected(endsAt);
        const bounded = { ...statement, query_timeout: millisecondsUntil(endsAt) };
        return outcomesOf(await client.query<OutcomeRow>(bounded), batch);
      } catch (error) {
        const wasRefused = client !== undefined && !isConnectionLoss(error);
        if (wasRefused && !isPassing(error)) throw error;
        this.#discard();
        mayStand ||= client !== undefined && !wasRefused;
        // A refusal that passes says nothing of an attempt before it that was lost: only a later answer does.
        if ((wasRefused && !mayStand) || performance.now() >= endsAt) throw givenUp(mayStand, error);
        await delay(Math.min(20 * attempt, 250));
      }
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connected(endsAt: number): Promise<Client> {
    if (this.#client) return this.#client;
    const client = new Client({
      connectionString: this.url,
      application_name: 'khamrap append',
      keepAlive: true,
      connectionTimeoutMillis: Math.min(CONNECT_TIMEOUT_MS, millisecondsUntil(endsAt)),
    });
    // Without a listener a lost connection would end the process.
    client.on('error', () => this.#client === client && this.#discard());
    await client.connect();
    this.#client = client;
    return client;
  }

  #discard(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.end().catch(() => undefined);
  }
}

/** At least one, because none means no limit. */
function millisecondsUntil(endsAt: number): number {
  return Math.max(1, Math.ceil(endsAt - performance.now()));
}

function givenUp(mayStand: boolean, cause: unknown): Error {
  return mayStand
    ? new OutcomeUnknown('the store did not answer', { cause })
    : new StoreUnavailable('the store does not take appends now', { cause });
}
