import { LEDGER_STREAM, type Position } from '@khamrap/kernel';
import { createPool } from '@khamrap/platform/database';
import { AppendTooLarge, LogDamaged, type LogHead, type LogIdentity, type RecordedEvent } from '../../event-store';
import { readLedgerOpened } from '../../ledger-opened';
import { RecordedLog } from '../../postgres/recorded-log';
import { sqlStateOf } from '../../postgres/server-error';
import { ANOTHER_LOG, CarriedElsewhere, readCarrier, type KnownCarrier } from '../carrier';
import { NOTHING_REACHED, type Reached } from '../in-order';
import { StoreConnection } from '../store-connection';
import { StoredForm, type EventToStore, type Place } from '../stored-form';
import { Walk, type WalkedPage } from '../walk';
import { appendsOf } from './appends-of-page';
import { differenceOf, LogsDiffer } from './difference';
import { StoreClock } from './store-clock';

export interface CopiedLogOptions {
  /** Connection of a role that may read the log. */
  readonly readUrl: string;
  /** The store, as for EVENTSTORE_URL. */
  readonly url: string;
  /** Name of the ledger among those that share the store. */
  readonly ledger: string;
}

/** What is the same in the database and in the store. */
export interface ComparedPage {
  /** As read from the database. */
  readonly inDatabase: readonly RecordedEvent[];
  /** As derived from $all and nothing else. */
  readonly inStore: readonly RecordedEvent[];
  /** How far the store was walked through; undefined before the ledger's first event. */
  readonly end: EndOfWalk | undefined;
}

/** The event at which a walk has ended. */
export interface EndOfWalk {
  readonly size: number;
  readonly eventId: string;
  readonly place: Place;
}

const PAGE_COUNT = 1_000;
const UNDEFINED_TABLE = '42P01';

/**
 * A log that stands in a database and in a store: one of them made from the other. Compares them event by event, each read from
 * where it stands, and adds to the store what it lacks.
 */
export class CopiedLog {
  readonly #log: RecordedLog;
  readonly #connection: StoreConnection;
  readonly #form: StoredForm;
  #identity: LogIdentity | undefined;
  /** The last event that was appended. */
  #added: RecordedEvent | undefined;

  private constructor(private readonly options: CopiedLogOptions) {
    this.#log = new RecordedLog(options);
    this.#connection = new StoreConnection({ url: options.url });
    this.#form = new StoredForm(options.ledger);
  }

  /**
   * @param original where the log is carried: there it is asked what it is
   * @throws LogDamaged when there is no log, CarriedElsewhere when it is carried elsewhere, StoreUnavailable
   */
  static async open(options: CopiedLogOptions, original: 'database' | 'store'): Promise<CopiedLog> {
    const log = new CopiedLog(options);
    try {
      await log.#identify(original);
      return log;
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  identity(): LogIdentity {
    if (!this.#identity) throw new Error('the log is not open');
    return this.#identity;
  }

  /** The last event that the database has now. */
  head(): Promise<LogHead> {
    return this.#log.head();
  }

  /**
   * Walks through $all from its start and through the database beside it, as far as the store has events of this ledger, in
   * pages.
   * @param isAhead whether the store may have more events than the database: then what both have is compared
   * @throws LogsDiffer naming the first position where they differ
   * @throws LogDamaged when what the store has is no log, or was cut; StoreUnavailable
   */
  async *compared(signal: AbortSignal, isAhead = false): AsyncGenerator<ComparedPage> {
    for await (const { recorded: inStore, reached } of this.#walked(signal)) {
      const inDatabase = inStore[0] ? await this.#log.readLog(inStore[0].position, inStore.length) : [];
      requireSame(inDatabase, inStore, isAhead);
      yield { inDatabase, inStore: inStore.slice(0, inDatabase.length), end: endOf(reached) };
      if (inDatabase.length < inStore.length) return;
    }
  }

  /** How many events the store has of this ledger, each whole and in order. @throws LogDamaged, StoreUnavailable */
  async sizeOfStore(signal: AbortSignal): Promise<number> {
    let size = 0;
    for await (const { reached } of this.#walked(signal)) size = reached.nextPosition;
    return size;
  }

  /**
   * Appends to the store what the database has from a position up to a size, in order, one append after the other: they would
   * not come to stand in order if several were on their way.
   * @throws LogsDiffer when something else writes to these streams, or an event would get another time
   */
  async *added(from: number, size: number, signal: AbortSignal): AsyncGenerator<number> {
    const clock = new StoreClock(() => this.#writtenAt());
    for (let next = from; next < size;) {
      const events = await this.#log.readLog(next, Math.min(PAGE_COUNT, size - next));
      if (events.length === 0) throw new LogDamaged(`the database has no event at position ${next}`);
      const appends = [...appendsOf(events)];
      // The last one may go on in the next page, unless it fills this one.
      if (next + events.length < size && appends.length > 1) appends.pop();
      for (const append of appends) {
        signal.throwIfAborted();
        await this.#waitFor(clock, append, signal);
        const isFirst = this.#added === undefined;
        await this.#append(append);
        if (isFirst) await this.#requireTime(append);
      }
      next += appends.flat().length;
      yield next;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#connection.close(), this.#log.close()]);
  }

  async #identify(original: 'database' | 'store'): Promise<void> {
    const carrier = await this.#carrier();
    if (original === 'database') {
      if (carrier) throw new CarriedElsewhere('the log of this database is carried by EventStoreDB already');
      this.#identity = readLedgerOpened((await this.#log.readLog(0, 1))[0]);
      return;
    }
    if (!carrier)
      throw new CarriedElsewhere('this database carries its log itself: there is nothing to derive it from');
    const [opened] = await this.#connection.readStream(this.#form.streamId(LEDGER_STREAM), 0, 1);
    if (!opened) throw new CarriedElsewhere('EVENTSTORE_URL leads to a store without a log of this ledger');
    this.#identity = readLedgerOpened({ ...this.#form.fromStore(opened), position: 0, recordedAt: 0 });
    if (this.#identity.logId !== carrier.logId) throw new CarriedElsewhere(ANOTHER_LOG);
  }

  async #carrier(): Promise<KnownCarrier | undefined> {
    const pool = createPool({ url: this.options.readUrl, size: 1, applicationName: 'khamrap read log' });
    try {
      return await readCarrier(pool);
    } catch (error) {
      if (sqlStateOf(error) !== UNDEFINED_TABLE) throw error;
      throw new LogDamaged('the database has no log, or that of an older version: start its service once', {
        cause: error,
      });
    } finally {
      await pool.end();
    }
  }

  /** Pages of $all from its start. */
  async *#walked(signal: AbortSignal): AsyncGenerator<WalkedPage> {
    const walk = new Walk(this.#connection, this.#form, this.identity().clock, NOTHING_REACHED);
    for (let next = 0; ;) {
      signal.throwIfAborted();
      const page = await readFrom(next, () => walk.next());
      const [harm] = page.harm;
      if (harm !== undefined) throw new LogDamaged(`in the store ${harm}`);
      yield page;
      if (page.isLast) return;
      next = page.reached.nextPosition;
      walk.go(page);
    }
  }

  async #waitFor(clock: StoreClock, [first]: readonly RecordedEvent[], signal: AbortSignal): Promise<void> {
    if (this.identity().clock === 'simulated' || !first) return;
    if (await clock.hasPassed(first.recordedAt, signal)) return;
    throw new LogsDiffer(
      first.position,
      `it was recorded ahead of the store's clock, which is behind that of the database`,
    );
  }

  /** Nothing is known of the store's clock before the first append. */
  async #requireTime([first]: readonly RecordedEvent[]): Promise<void> {
    const writtenAt = await this.#writtenAt();
    if (this.identity().clock === 'simulated' || !first || writtenAt === undefined || writtenAt >= first.recordedAt)
      return;
    throw new LogsDiffer(
      first.position,
      "the store's clock is behind that of the database, and has dated the event before it was recorded, for ever: set the " +
        'clock right, and copy into a store without this ledger',
    );
  }

  async #append(events: readonly RecordedEvent[]): Promise<void> {
    const { recordedAt } = events[0] as RecordedEvent;
    const of = events.length;
    const toStore = events.map((event, index) => this.#form.toStore(event, { index, of }, recordedAt));
    try {
      // The store takes what has come of an append for the whole when the connection breaks at the wrong moment: then the rest
      // is still to come, as a part of the same.
      for (let done = 0; done < of;) done += await this.#appendRest(events.slice(done), toStore.slice(done));
      this.#added = events.at(-1);
    } catch (error) {
      if (!(error instanceof AppendTooLarge)) throw error;
      if (of === 1)
        throw new LogsDiffer(
          (events[0] as RecordedEvent).position,
          'it is larger than the store takes at once (its MaxAppendSize)',
        );
      const middle = Math.ceil(of / 2);
      await this.#append(events.slice(0, middle));
      await this.#append(events.slice(middle));
    }
  }

  /** @returns how many of the events stand now */
  async #appendRest(events: readonly RecordedEvent[], toStore: readonly EventToStore[]): Promise<number> {
    const { stream, revision, position } = events[0] as RecordedEvent;
    const answer = await this.#connection.append(this.#form.streamId(stream), revision - 1, toStore);
    const actual = answer.kind === 'appended' ? answer.lastRevision : answer.actualRevision;
    const count = actual - revision + 1;
    if (count >= 1 && count <= events.length) return count;
    throw new LogsDiffer(position, `something else writes to ${stream} in the store, which is at revision ${actual}`);
  }

  /** When the store wrote what was appended last. */
  async #writtenAt(): Promise<number | undefined> {
    if (!this.#added) return undefined;
    const { stream, revision } = this.#added;
    const [event] = await this.#connection.readStream(this.#form.streamId(stream), revision, 1);
    return event?.created.getTime();
  }
}

async function readFrom<Result>(position: Position, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof LogDamaged)) throw error;
    throw new LogDamaged(`from position ${position} on the store cannot be read: ${error.message}`, { cause: error });
  }
}

function requireSame(
  inDatabase: readonly RecordedEvent[],
  inStore: readonly RecordedEvent[],
  isStoreAhead: boolean,
): void {
  for (const [index, event] of inStore.entries()) {
    const known = inDatabase[index];
    if (!known && isStoreAhead) return;
    const what = known ? differenceOf(known, event) : 'the store has an event there, and the database has none';
    if (what !== undefined) throw new LogsDiffer(event.position, what);
  }
}

function endOf({ nextPosition, last }: Reached): EndOfWalk | undefined {
  return last && { size: nextPosition, ...last };
}
