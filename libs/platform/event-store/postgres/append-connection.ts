import { Client, type QueryResult } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import {
  OutcomeUnknown,
  StoreUnavailable,
  type AppendOutcome,
  type AppendRequest,
  type NewEvent,
} from '../event-store';
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from '@khamrap/platform/database';

const APPEND = {
  name: 'append-batch',
  text: `SELECT outcome, actual_revision, first_position, recorded_at_ms
         FROM ledger.append_batch($1::text[], $2::int4[], $3::int4[], $4::int8[], $5::int4[], $6::text[], $7::int4[], $8::uuid[],
                                  $9::text[], $10::int4[], $11::text[], $12::bytea[], $13::bytea[])`,
  rowMode: 'array' as const,
};

type OutcomeRow = [
  outcome: 'appended' | 'repeated' | 'conflict' | 'eventIdTaken',
  actual: number,
  first: string,
  recordedAt: string,
];

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

  async submit(batch: readonly AppendRequest[]): Promise<readonly AppendOutcome[]> {
    const values = parametersOf(batch);
    const deadline = Date.now() + this.resubmitForMs;
    let sent = false;
    for (let attempt = 1; ; attempt++) {
      try {
        const client = await this.#connected();
        sent = true;
        const result: QueryResult<OutcomeRow> = await client.query<OutcomeRow>({ ...APPEND, values });
        return result.rows.map((row, index) => outcomeOf(row, batch[index] as AppendRequest));
      } catch (error) {
        if (!isConnectionLoss(error)) throw statementError(error);
        this.#discard();
        if (Date.now() >= deadline) {
          const reason = { cause: error };
          throw sent
            ? new OutcomeUnknown('the store did not answer', reason)
            : new StoreUnavailable('the store cannot be reached', reason);
        }
        await delay(Math.min(20 * attempt, 250));
      }
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#discard();
    await client?.end().catch(() => undefined);
  }

  async #connected(): Promise<Client> {
    if (this.#client) return this.#client;
    const client = new Client({
      connectionString: this.url,
      application_name: 'khamrap append',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
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

function parametersOf(batch: readonly AppendRequest[]): Buffer[] {
  const events: NewEvent[] = [];
  const numbers: number[] = [];
  const streams: string[] = [];
  const revisions: number[] = [];
  batch.forEach((request, index) => {
    request.events.forEach((event, eventIndex) => {
      events.push(event);
      numbers.push(index + 1);
      streams.push(request.stream);
      revisions.push(request.expectedRevision + 1 + eventIndex);
    });
  });
  return [
    textArray(batch.map((request) => request.stream)),
    int4Array(batch.map((request) => request.expectedRevision)),
    int4Array(batch.map((request) => request.events.length)),
    int8Array(batch.map((request) => request.recordedAt ?? 0)),
    int4Array(numbers),
    textArray(streams),
    int4Array(revisions),
    uuidArray(events.map((event) => event.eventId)),
    textArray(events.map((event) => event.type)),
    int4Array(events.map((event) => event.schemaVersion)),
    textArray(events.map((event) => event.body)),
    byteaArray(events.map((event) => event.salt)),
    byteaArray(events.map((event) => event.bodyHash)),
  ];
}

function outcomeOf([outcome, actualRevision, first, recordedAt]: OutcomeRow, request: AppendRequest): AppendOutcome {
  if (outcome === 'conflict') return { kind: 'conflict', actualRevision };
  if (outcome === 'eventIdTaken') return { kind: 'eventIdTaken' };
  const firstPosition = Number(first);
  return {
    kind: 'appended',
    repeated: outcome === 'repeated',
    firstRevision: request.expectedRevision + 1,
    firstPosition,
    after: String(firstPosition + request.events.length - 1),
    recordedAt: Number(recordedAt),
  };
}

/** SQLSTATE classes 08 (connection), 57P (server going away), and whatever is no answer of the server at all. */
function isConnectionLoss(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return true;
  return code.startsWith('08') || code.startsWith('57P') || code === 'EPIPE';
}

/** SQLSTATE class 53 (disk full, out of memory, too many connections), 55P03 and 57014 (a time limit): nothing was stored. */
function statementError(error: unknown): unknown {
  const code = (error as { code: string }).code;
  if (code.startsWith('53') || code === '55P03' || code === '57014') {
    return new StoreUnavailable('the store does not take appends now', { cause: error });
  }
  return error;
}
