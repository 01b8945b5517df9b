import type { Pool } from 'pg';
import { createPool, PositionWatch } from '@khamrap/platform/database';
import { BEFORE_FIRST, NO_STREAM, type Position, type Revision, type StreamName } from '@khamrap/kernel';
import { readLedgerOpened } from '../ledger-opened';
import {
  APPEND_EVENT_COUNT_MAX,
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
import { openLog } from './open-log';
import { unavailableOr } from './server-error';
import { SharedTail } from './shared-tail';

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
  /** How long a read waits for an answer before the store counts as unavailable. */
  readonly readTimeoutMs?: number;
}

const RESUBMIT_FOR_MS = 10_000;
// Longer than the server lets a reading role run a statement: a server that is only slow answers by itself.
const READ_TIMEOUT_MS = 35_000;
const READ_CONNECTION_COUNT_MAX = 6;
const REVISION_MAX = 2 ** 31 - 1 - APPEND_EVENT_COUNT_MAX;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const COLUMNS = `position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash`;

type EventRow = [number, number, StreamName, number, string, string, number, string, Buffer, Buffer];

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
  readonly #tail = new SharedTail((from, countMax) => this.readLog(from, countMax));
  readonly #readTimeoutMs: number;
  #identity: LogIdentity | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: PostgresEventStoreOptions) {
    this.#connection = new AppendConnection(options.appendUrl, options.resubmitForMs ?? RESUBMIT_FOR_MS);
    this.#queue = new AppendQueue((batch) => this.#connection.submit(batch));
    this.#watch = new PositionWatch(options.readUrl, 'khamrap_ledger');
    this.#readers = createPool({
      url: options.readUrl,
      size: READ_CONNECTION_COUNT_MAX,
      applicationName: 'khamrap read log',
    });
    this.#readTimeoutMs = options.readTimeoutMs ?? READ_TIMEOUT_MS;
  }

  async open(options: PostgresEventStoreOptions): Promise<void> {
    let [opened] = await this.readLog(0, 1);
    if (!opened) {
      await openLog(options);
      [opened] = await this.readLog(0, 1);
    }
    this.#identity = readLedgerOpened(opened);
    await this.#watch.listen();
  }

  identity(): LogIdentity {
    if (!this.#identity) throw new Error('the log is not open');
    return this.#identity;
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    this.#check(request);
    const outcome = await this.#queue.submit(request);
    if (outcome.kind === 'appended' && outcome.firstPosition !== null) {
      this.#watch.advance(outcome.firstPosition + request.events.length - 1);
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
    const sql = 'SELECT next_position - 1, recorded_at_ms FROM ledger.head';
    const [position, recordedAt] = (await this.#query<[number, number]>('read-head', sql, []))[0] as [number, number];
    return { position, recordedAt };
  }

  async positionAt(recordedAt: number): Promise<Position> {
    const [row] = await this.#query<[number]>('position-at', 'SELECT ledger.position_at($1)', [recordedAt]);
    return row?.[0] ?? BEFORE_FIRST;
  }

  async *subscribe({ after, batchCountMax, signal }: SubscribeOptions): AsyncGenerator<readonly RecordedEvent[]> {
    let seen = after;
    while (!signal.aborted) {
      const batch = await this.#tail.readFrom(seen + 1, batchCountMax);
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

  /** What would go wrong for the whole batch is refused before it joins one. */
  #check({ events, expectedRevision, recordedAt }: AppendRequest): void {
    if (events.length === 0 || events.length > APPEND_EVENT_COUNT_MAX)
      throw new RangeError(`an append holds 1 to ${APPEND_EVENT_COUNT_MAX} events`);
    if (!Number.isInteger(expectedRevision) || expectedRevision < NO_STREAM || expectedRevision > REVISION_MAX)
      throw new RangeError(`${expectedRevision} is not a revision`);
    for (const { eventId } of events) {
      if (!UUID.test(eventId)) throw new RangeError(`"${eventId}" is not a UUID`);
    }
    if (recordedAt === undefined) return;
    if (this.identity().clock !== 'simulated') throw new RangeError('this log reads its own clock');
    if (!Number.isSafeInteger(recordedAt) || recordedAt <= 0) throw new RangeError(`${recordedAt} is not a time`);
  }

  async #read(name: string, condition: string, values: readonly unknown[]): Promise<RecordedEvent[]> {
    const rows = await this.#query<EventRow>(name, `SELECT ${COLUMNS} FROM ledger.event WHERE ${condition}`, values);
    return rows.map(recordedEvent);
  }

  async #query<Row extends unknown[]>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const statement = {
      name,
      text,
      values: [...values],
      rowMode: 'array' as const,
      query_timeout: this.#readTimeoutMs,
    };
    try {
      return (await this.#readers.query<Row>(statement)).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}

function recordedEvent(row: EventRow): RecordedEvent {
  const [position, recordedAt, stream, revision, eventId, type, schemaVersion, body, salt, bodyHash] = row;
  return { position, recordedAt, stream, revision, eventId, type, schemaVersion, body, salt, bodyHash };
}
