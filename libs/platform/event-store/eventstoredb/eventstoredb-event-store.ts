import { LEDGER_STREAM, NO_STREAM, type Position, type Revision, type StreamName } from '@khamrap/kernel';
import { createPool } from '@khamrap/platform/database';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { checkAppend } from '../append-check';
import {
  isStoreAway,
  LogDamaged,
  StoreUnavailable,
  type AppendOutcome,
  type AppendRequest,
  type EventStore,
  type LogHead,
  type LogIdentity,
  type RecordedEvent,
  type StoreCondition,
  type StoredEvent,
  type SubscribeOptions,
} from '../event-store';
import { ledgerOpening, readLedgerOpened } from '../ledger-opened';
import { RecordedLog, type RecordedLogOptions } from '../postgres/recorded-log';
import { Appender } from './appender';
import { beCarried, CarriedElsewhere, OWN_LOG, readCarrier } from './carrier';
import { Claims } from './claims';
import { credentialsIn } from './client';
import { LearnedPositions } from './learned-positions';
import { Sequencer, type SequencerLog } from './sequencer';
import { mayCut } from './guard-store';
import { StoreConnection, type StoreConnectionOptions } from './store-connection';
import { StoreWatch } from './store-watch';
import { StoredForm, type StoreEvent } from './stored-form';

export interface EventStoreDbOptions extends RecordedLogOptions, Omit<StoreConnectionOptions, 'onAnswer'> {
  /** Name of the ledger among those that share the store: `a-z`, `0-9` and `_`. */
  readonly ledger: string;
  /** Connection of the appending role of the database with the copy. */
  readonly appendUrl: string;
  /** Connection of the role that sequences; absent where this instance does not. */
  readonly projectUrl?: string;
  /** What the log is to be called, if it has to be opened; an opened log keeps its name. */
  readonly origin: string;
  readonly clock: LogIdentity['clock'];
  readonly log: SequencerLog;
  /** How long an answer waits for the position of its events. */
  readonly learnForMs?: number;
}

const LEARN_FOR_MS = 2_000;
const OPENED_MS_MAX = 30_000;
const POLL_MS = 50;
const WHOLE_ATTEMPT_COUNT_MAX = 5;
const FIRST_SIMULATED_MS = 1;

/**
 * Opens a log that EventStoreDB carries, in a migrated database, and writes its first event where there is none. While the store
 * is away a log that was opened before is read all the same.
 * @throws CarriedElsewhere, LogDamaged, StoreUnavailable
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const store = new EventStoreDbEventStore(options);
  try {
    await store.open(options);
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

class EventStoreDbEventStore implements EventStore {
  readonly #connection: StoreConnection;
  readonly #form: StoredForm;
  readonly #log: RecordedLog;
  readonly #pool: Pool;
  readonly #claims: Claims;
  readonly #watch: StoreWatch;
  readonly #appender: Appender;
  readonly #inFlight = new Set<Promise<unknown>>();
  #sequencer: Sequencer | undefined;
  #identity: LogIdentity | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: EventStoreDbOptions) {
    this.#form = new StoredForm(options.ledger);
    this.#pool = createPool({ url: options.appendUrl, size: 1, applicationName: 'khamrap watch store' });
    this.#watch = new StoreWatch(() => this.#connection, this.#pool);
    this.#connection = new StoreConnection({ ...options, onAnswer: (answered) => this.#watch.answered(answered) });
    this.#log = new RecordedLog(options);
    this.#claims = new Claims(options.appendUrl);
    this.#appender = new Appender({
      connection: this.#connection,
      form: this.#form,
      claims: this.#claims,
      log: this.#log,
      positions: new LearnedPositions(this.#log, options.learnForMs ?? LEARN_FOR_MS),
      onStored: () => this.#sequencer?.ring(),
    });
  }

  async open(options: EventStoreDbOptions): Promise<void> {
    this.#identity = await this.#identify(options);
    const { projectUrl, log } = options;
    if (projectUrl !== undefined) {
      const { clock } = this.#identity;
      this.#sequencer = new Sequencer({ connection: this.#connection, form: this.#form, clock, projectUrl, log });
      this.#sequencer.start();
    }
    if (projectUrl !== undefined) void this.#tellRights(options);
    this.#watch.start();
    await this.#log.listen();
    await this.#untilSequenced();
  }

  identity(): LogIdentity {
    if (!this.#identity) throw new Error('the log is not open');
    return this.#identity;
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    if (this.#closing) throw new StoreUnavailable('the store is closing');
    checkAppend(request, this.identity());
    if (this.#watch.stopped !== null) throw new StoreUnavailable(`the log is not sequenced: ${this.#watch.stopped}`);
    const appending = this.#appender.append(request);
    this.#inFlight.add(appending);
    try {
      return await appending;
    } finally {
      this.#inFlight.delete(appending);
    }
  }

  async readStream(stream: StreamName, from: Revision, countMax: number): Promise<readonly StoredEvent[]> {
    const events = await this.#readWhole(stream, from, countMax);
    return events.map((event, index) => {
      const stored = this.#form.fromStore(event);
      if (stored.revision !== from + index)
        throw new LogDamaged(`${stream} has revision ${stored.revision} where ${from + index} belongs`);
      return stored;
    });
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
    return this.#watch.condition();
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.#log.subscribe(options);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // What was accepted is answered, with its position where somebody sequences.
    await Promise.allSettled(this.#inFlight);
    await this.#watch.stop();
    await this.#sequencer?.stop();
    await this.#connection.close();
    await Promise.all([this.#claims.close(), this.#log.close(), this.#pool.end()]);
  }

  /** An append may be seen while only its first events can be read. */
  async #readWhole(stream: StreamName, from: Revision, countMax: number): Promise<readonly StoreEvent[]> {
    for (let attempt = 1; ; attempt++) {
      const events = await this.#connection.readStream(this.#form.streamId(stream), from, countMax);
      const last = events.length < countMax ? events.at(-1) : undefined;
      const part = last && this.#form.partOf(last);
      const isWhole = !part || part.index + 1 === part.of;
      // A stream that was deleted or cut looks like one that has not begun; what was recorded of it tells.
      const isShown = events.length > 0 || (await this.#log.readRecorded(stream, from, 1)).length === 0;
      if (isWhole && isShown) return events;
      if (attempt === WHOLE_ATTEMPT_COUNT_MAX)
        throw new LogDamaged(
          part
            ? `${stream} ends with ${part.index + 1} events of an append of ${part.of}`
            : `${stream} has recorded events that the store shows no more`,
        );
      await delay(POLL_MS);
    }
  }

  async #identify(options: EventStoreDbOptions): Promise<LogIdentity> {
    const carrier = await readCarrier(this.#pool);
    const [recorded] = await this.#log.readLog(0, 1);
    if (recorded && !carrier) throw new CarriedElsewhere(OWN_LOG);
    try {
      const identity = (await this.#opened()) ?? (await this.#openLog(options, carrier !== undefined));
      await beCarried(this.#pool, identity);
      return identity;
    } catch (error) {
      if (!isStoreAway(error) || !recorded) throw error;
      this.#watch.answered(false);
      return readLedgerOpened(recorded);
    }
  }

  async #opened(): Promise<LogIdentity | undefined> {
    const [opened] = await this.#connection.readStream(this.#form.streamId(LEDGER_STREAM), 0, 1);
    return opened && readLedgerOpened({ ...this.#form.fromStore(opened), position: 0, recordedAt: 0 });
  }

  /** Several instances may open the log at once: the first one's wishes are carried out, and the others find it opened. */
  async #openLog({ origin, clock }: EventStoreDbOptions, wasOpened: boolean): Promise<LogIdentity> {
    if (wasOpened)
      throw new CarriedElsewhere('EVENTSTORE_URL leads to a store without a log, and this database has one');
    const opening = this.#form.toStore(
      ledgerOpening({ origin, clock }),
      { index: 0, of: 1 },
      clock === 'simulated' ? FIRST_SIMULATED_MS : undefined,
    );
    await this.#connection.append(this.#form.streamId(LEDGER_STREAM), NO_STREAM, [opening]);
    const identity = await this.#opened();
    if (!identity) throw new LogDamaged('the log was opened and is not there');
    return identity;
  }

  /** What a store without rights lets everybody do, its operators should know. */
  async #tellRights({ url, log }: EventStoreDbOptions): Promise<void> {
    if (!credentialsIn(url))
      return log.info('the store has no users: whoever reaches it can change and delete the log');
    const isOpen = await mayCut(this.#connection, this.#form).catch(() => false);
    if (isOpen)
      log.error('the store lets this service cut and delete its streams: run `npm run khamrap -- guard-store`');
  }

  /** Whoever reads the log finds at least how it begins. */
  async #untilSequenced(): Promise<void> {
    const until = performance.now() + OPENED_MS_MAX;
    while ((await this.#log.head()).position < 0) {
      if (performance.now() > until)
        throw new StoreUnavailable('no instance sequences the log: start one with KHAMRAP_ROLE=all or projector');
      await delay(POLL_MS);
    }
  }
}
