import type { Position, Revision, StreamName } from '@khamrap/kernel';
import { checkAppend } from '../append-check';
import { readLedgerOpened } from '../ledger-opened';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  LogHead,
  LogIdentity,
  RecordedEvent,
  StoreCondition,
  SubscribeOptions,
} from '../event-store';
import { AppendConnection } from './append-connection';
import { AppendQueue } from './append-queue';
import { openLog } from './open-log';
import { RecordedLog, type RecordedLogOptions } from './recorded-log';

export interface PostgresEventStoreOptions extends RecordedLogOptions {
  /** Connection of the role that may append. */
  readonly appendUrl: string;
  /** What the log is to be called, if it has to be opened; an opened log keeps its name. */
  readonly origin: string;
  readonly clock: 'system' | 'simulated';
  /** How long an append of unknown outcome is submitted again before the caller is told. */
  readonly resubmitForMs?: number;
}

const RESUBMIT_FOR_MS = 10_000;
const CONDITION: StoreCondition = {
  engine: 'postgresql',
  takesAppends: true,
  completeUntil: null,
  trouble: null,
};

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
  readonly #queue: AppendQueue<AppendRequest, AppendOutcome>;
  readonly #log: RecordedLog;
  #identity: LogIdentity | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: PostgresEventStoreOptions) {
    this.#connection = new AppendConnection(options.appendUrl, options.resubmitForMs ?? RESUBMIT_FOR_MS);
    this.#queue = new AppendQueue((batch) => this.#connection.submit(batch));
    this.#log = new RecordedLog(options);
  }

  async open(options: PostgresEventStoreOptions): Promise<void> {
    let [opened] = await this.readLog(0, 1);
    if (!opened) {
      await openLog(options);
      [opened] = await this.readLog(0, 1);
    }
    this.#identity = readLedgerOpened(opened);
    await this.#log.listen();
  }

  identity(): LogIdentity {
    if (!this.#identity) throw new Error('the log is not open');
    return this.#identity;
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    checkAppend(request, this.identity());
    const outcome = await this.#queue.submit(request);
    if (outcome.kind === 'appended' && outcome.firstPosition !== null) {
      this.#log.advance(outcome.firstPosition + request.events.length - 1);
    }
    return outcome;
  }

  readStream(stream: StreamName, from: Revision, countMax: number): Promise<readonly RecordedEvent[]> {
    return this.#log.readRecorded(stream, from, countMax);
  }

  readRecorded(stream: StreamName, from: Revision, countMax: number): Promise<readonly RecordedEvent[]> {
    return this.#log.readRecorded(stream, from, countMax);
  }

  readLog(from: Position, countMax: number): Promise<readonly RecordedEvent[]> {
    return this.#log.readLog(from, countMax);
  }

  readEvent(eventId: string): Promise<RecordedEvent | undefined> {
    return this.#log.readEvent(eventId);
  }

  head(): Promise<LogHead> {
    return this.#log.head();
  }

  positionAt(recordedAt: number): Promise<Position> {
    return this.#log.positionAt(recordedAt);
  }

  positionOf(after: string): Promise<Position | undefined> {
    return this.#log.positionOf(after);
  }

  condition(): StoreCondition {
    return CONDITION;
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.#log.subscribe(options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    await Promise.all([this.#connection.close(), this.#log.close()]);
  }
}
