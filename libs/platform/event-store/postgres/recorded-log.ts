import type { Pool } from 'pg';
import { createPool, PositionWatch } from '@khamrap/platform/database';
import { BEFORE_FIRST, type Position, type Revision, type StreamName } from '@khamrap/kernel';
import { readAfterToken } from '../after-token';
import { LogDamaged, type LogHead, type RecordedEvent, type SubscribeOptions } from '../event-store';
import { unavailableOr } from './server-error';
import { SharedTail } from './shared-tail';

export interface RecordedLogOptions {
  /** Connection of a role that may read the log. */
  readonly readUrl: string;
  /** How long a read waits for an answer before the store counts as unavailable. */
  readonly readTimeoutMs?: number;
}

// Longer than the server lets a reading role run a statement: a server that is only slow answers by itself.
const READ_TIMEOUT_MS = 35_000;
const READ_CONNECTION_COUNT_MAX = 6;

const COLUMNS = `position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash`;

type EventRow = [number, number, StreamName, number, string, string, number, string, Buffer, Buffer];

/**
 * The log by position, as PostgreSQL holds it: the log itself where it is kept there, the sequenced copy where another engine
 * carries it. Everything throws StoreUnavailable while the database cannot be reached.
 */
export class RecordedLog {
  readonly #watch: PositionWatch;
  readonly #readers: Pool;
  readonly #tail = new SharedTail((from, countMax) => this.readLog(from, countMax));
  readonly #readTimeoutMs: number;

  constructor({ readUrl, readTimeoutMs }: RecordedLogOptions) {
    this.#watch = new PositionWatch(readUrl, 'khamrap_ledger');
    this.#readers = createPool({
      url: readUrl,
      size: READ_CONNECTION_COUNT_MAX,
      applicationName: 'khamrap read log',
    });
    this.#readTimeoutMs = readTimeoutMs ?? READ_TIMEOUT_MS;
  }

  listen(): Promise<void> {
    return this.#watch.listen();
  }

  /** The log is known to have reached this position. */
  advance(reached: Position): void {
    this.#watch.advance(reached);
  }

  /** Resolves when the log may be beyond `seen`, after a moment in any case. */
  beyond(seen: Position, signal: AbortSignal): Promise<void> {
    return this.#watch.beyond(seen, signal);
  }

  async readRecorded(stream: StreamName, from: Revision, countMax: number): Promise<readonly RecordedEvent[]> {
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

  /** Those of these events that are recorded, in no order. */
  readEvents(eventIds: readonly string[]): Promise<readonly RecordedEvent[]> {
    return this.#read('read-events', 'event_id = ANY ($1)', [eventIds]);
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

  async positionOf(after: string): Promise<Position | undefined> {
    const token = readAfterToken(after);
    if (!token) return undefined;
    return 'position' in token ? token.position : (await this.readEvent(token.eventId))?.position;
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

  async close(): Promise<void> {
    await Promise.all([this.#watch.close(), this.#readers.end()]);
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
