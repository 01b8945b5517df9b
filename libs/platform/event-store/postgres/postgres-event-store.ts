import { Pool, type QueryResult } from 'pg';
import { PositionWatch } from '@khamrap/platform/database';
import { BEFORE_FIRST, LEDGER_STREAM, NO_STREAM, type Position, type Revision, type StreamName } from '@khamrap/kernel';
import { ledgerOpening, readLedgerOpened } from '../ledger-opened';
import {
  LogDamaged,
  type AppendOutcome,
  type AppendRequest,
  type EventStore,
  type LogHead,
  type LogIdentity,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store';
import { AppendConnection } from './append-connection';
import { AppendQueue } from './append-queue';

export interface PostgresEventStoreOptions {
  /** Connection of the role that may append. */
  readonly appendUrl: string;
  /** Connection of a role that may read the log. */
  readonly readUrl: string;
  /** What the log is to be called, if it has to be opened; an opened log keeps its name. */
  readonly origin: string;
  readonly clock: 'system' | 'simulated';
  /** How long an append of unknown outcome is submitted again before the caller is told. */
  readonly resubmitForMs?: number;
}

const RESUBMIT_FOR_MS = 10_000;
const READ_CONNECTION_COUNT_MAX = 6;
const EVENT_COUNT_MAX = 1_000;
const FIRST_SIMULATED_MS = 1;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const COLUMNS = `position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash`;

type EventRow = [string, string, StreamName, number, string, string, number, string, Buffer, Buffer];

/** Opens the log in a migrated database, and writes its first event where there is none. */
export async function openPostgresEventStore(options: PostgresEventStoreOptions): Promise<EventStore> {
  const store = new PostgresEventStore(options);
  try {
    await store.open(options);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

class PostgresEventStore implements EventStore {
  readonly #connection: AppendConnection;
  readonly #queue: AppendQueue;
  readonly #watch: PositionWatch;
  readonly #readers: Pool;
  #identity: LogIdentity | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: PostgresEventStoreOptions) {
    this.#connection = new AppendConnection(options.appendUrl, options.resubmitForMs ?? RESUBMIT_FOR_MS);
    this.#queue = new AppendQueue((batch) => this.#connection.submit(batch));
    this.#watch = new PositionWatch(options.readUrl, 'khamrap_ledger');
    this.#readers = new Pool({
      connectionString: options.readUrl,
      max: READ_CONNECTION_COUNT_MAX,
      application_name: 'khamrap read log',
    });
    // Without a listener a connection that breaks while idle would end the process.
    this.#readers.on('error', () => undefined);
  }

  async open(options: PostgresEventStoreOptions): Promise<void> {
    let [opened] = await this.readLog(0, 1);
    if (!opened) {
      await this.#chooseClock(options);
      // Two instances may open at once: one of them finds the stream taken, and reads what the other wrote.
      await this.#queue.submit({
        stream: LEDGER_STREAM,
        expectedRevision: NO_STREAM,
        events: [ledgerOpening(options)],
        // A simulated log begins before every time that may be supplied to it.
        ...(options.clock === 'simulated' && { recordedAt: FIRST_SIMULATED_MS }),
      });
      [opened] = await this.readLog(0, 1);
    }
    this.#identity = readLedgerOpened(opened);
    await this.#watch.listen();
  }

  async #chooseClock({ appendUrl, clock }: PostgresEventStoreOptions): Promise<void> {
    const pool = new Pool({ connectionString: appendUrl, max: 1 });
    try {
      await pool.query('SELECT ledger.choose_clock($1)', [clock]);
    } finally {
      await pool.end();
    }
  }

  identity(): LogIdentity {
    if (!this.#identity) throw new Error('the log is not open');
    return this.#identity;
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    const { events, recordedAt } = request;
    if (events.length === 0 || events.length > EVENT_COUNT_MAX)
      throw new RangeError(`an append holds 1 to ${EVENT_COUNT_MAX} events`);
    if (recordedAt !== undefined && this.identity().clock !== 'simulated')
      throw new RangeError('this log reads its own clock');
    for (const { eventId } of events) {
      if (!UUID.test(eventId)) throw new RangeError(`"${eventId}" is not a UUID`);
    }
    const outcome = await this.#queue.submit(request);
    if (outcome.kind === 'appended' && outcome.firstPosition !== null) {
      this.#watch.advance(outcome.firstPosition + events.length - 1);
    }
    return outcome;
  }

  async readStream(stream: StreamName, from: Revision, countMax: number): Promise<readonly RecordedEvent[]> {
    const events = await this.#read('read-stream', 'stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3', [
      stream,
      from,
      countMax,
    ]);
    events.forEach((event, index) => {
      if (event.revision !== from + index)
        throw new LogDamaged(`${stream} has revision ${event.revision} where ${from + index} belongs`);
    });
    return events;
  }

  async readLog(from: Position, countMax: number): Promise<readonly RecordedEvent[]> {
    const events = await this.#read('read-log', 'position >= $1 ORDER BY position LIMIT $2', [from, countMax]);
    events.forEach((event, index) => {
      if (event.position !== from + index)
        throw new LogDamaged(`position ${event.position} stands where ${from + index} belongs`);
    });
    return events;
  }

  async readEvent(eventId: string): Promise<RecordedEvent | undefined> {
    return (await this.#read('read-event', 'event_id = $1', [eventId]))[0];
  }

  async head(): Promise<LogHead> {
    const result: QueryResult<[string, string]> = await this.#readers.query({
      name: 'read-head',
      text: 'SELECT next_position - 1, recorded_at_ms FROM ledger.head',
      rowMode: 'array',
    });
    const [position, recordedAt] = result.rows[0] as [string, string];
    return { position: Number(position), recordedAt: Number(recordedAt) };
  }

  async positionAt(recordedAt: number): Promise<Position> {
    const result: QueryResult<[string]> = await this.#readers.query({
      name: 'position-at',
      text: 'SELECT ledger.position_at($1)',
      values: [recordedAt],
      rowMode: 'array',
    });
    return Number(result.rows[0]?.[0] ?? BEFORE_FIRST);
  }

  async *subscribe({ after, batchCountMax, signal }: SubscribeOptions): AsyncGenerator<readonly RecordedEvent[]> {
    let seen = after;
    while (!signal.aborted) {
      const batch = await this.readLog(seen + 1, batchCountMax);
      const last = batch.at(-1);
      if (last) {
        seen = last.position;
        yield batch;
      } else {
        await this.#watch.beyond(seen, signal);
      }
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    await Promise.all([this.#connection.close(), this.#watch.close(), this.#readers.end()]);
  }

  async #read(name: string, condition: string, values: readonly unknown[]): Promise<RecordedEvent[]> {
    const result: QueryResult<EventRow> = await this.#readers.query({
      name,
      text: `SELECT ${COLUMNS} FROM ledger.event WHERE ${condition}`,
      values: [...values],
      rowMode: 'array',
    });
    return result.rows.map(recordedEvent);
  }
}

function recordedEvent(row: EventRow): RecordedEvent {
  const [position, recordedAt, stream, revision, eventId, type, schemaVersion, body, salt, bodyHash] = row;
  return {
    position: Number(position),
    recordedAt: Number(recordedAt),
    stream,
    revision,
    eventId,
    type,
    schemaVersion,
    body,
    salt,
    bodyHash,
  };
}
