import { BuildTheVault1700000000002, WallTheVault1700000000005 } from '@khamrap/platform/vault';
import type { StreamName } from '@khamrap/kernel';
import { createPool, type Database } from '@khamrap/platform/database';
import { eventually } from '@khamrap/testing';
import { createTestDatabase } from '../../../../testing/database';
import type { ProposedEvent, StoreState } from '../../../../testing/eventstoredb';
import { freshLedger } from '../../../../testing/eventstoredb/under-test';
import type { EventStore, LogIdentity, NewEvent, RecordedEvent } from '../../event-store';
import { OpenTheLog1700000000001 } from '../../postgres/migrations/1700000000001-open-the-log';
import { openEventStoreDb, type EventStoreDbOptions } from '../eventstoredb-event-store';
import type { SequencerLog } from '../sequencer';
import { StoredForm } from '../stored-form';
import { CarryTheLog1700000000010 } from '../migrations/1700000000010-carry-the-log';

const MIGRATIONS = [
  OpenTheLog1700000000001,
  BuildTheVault1700000000002,
  WallTheVault1700000000005,
  CarryTheLog1700000000010,
];
const PAGE_COUNT = 1_000;

/** What a test says of an instance; all else is as it would be. */
export type InstanceOptions = Partial<EventStoreDbOptions> & { readonly sequences?: boolean };

/** One ledger in a store, and as many databases and instances as a test asks for. */
export class CarriedBench {
  readonly ledger = freshLedger();
  /** What instances have told operators: `info: …` and `error: …`. */
  readonly messages: string[] = [];
  readonly log: SequencerLog = {
    info: (message) => this.messages.push(`info: ${message}`),
    error: (message) => this.messages.push(`error: ${message}`),
  };
  readonly #closings: (() => Promise<unknown>)[] = [];

  constructor(
    readonly url: string,
    private readonly clock: LogIdentity['clock'] = 'system',
  ) {}

  /** An empty database, migrated. */
  async database(): Promise<Database> {
    const { database, drop } = await createTestDatabase({ migrations: MIGRATIONS });
    this.#closings.push(drop);
    return database;
  }

  /** Another instance, as another process would have it. */
  async instance(database: Database, { sequences = true, ...given }: InstanceOptions = {}): Promise<EventStore> {
    const { append: appendUrl, read: readUrl, project: projectUrl } = database.urls;
    const store = await openEventStoreDb({
      url: this.url,
      ledger: this.ledger,
      appendUrl,
      readUrl,
      ...(sequences && { projectUrl }),
      origin: 'faults.test/log',
      clock: this.clock,
      log: this.log,
      ...given,
    });
    this.closing(() => store.close());
    return store;
  }

  /** What the database says of how far it has come, 64-bit numbers as text. */
  async carrier({ urls }: Database): Promise<Readonly<Record<'epoch' | 'commit' | 'prepare', string>>> {
    const pool = createPool({ url: urls.read, size: 1, applicationName: 'spec' });
    try {
      const sql = 'SELECT epoch::text, last_commit::text AS commit, last_prepare::text AS prepare FROM ledger.carrier';
      const { rows } = await pool.query<Record<'epoch' | 'commit' | 'prepare', string>>(sql);
      return rows[0]!;
    } finally {
      await pool.end();
    }
  }

  /** Ends something with the test, before what was begun earlier. */
  closing(close: () => Promise<unknown>): void {
    this.#closings.push(close);
  }

  /** The whole log as another, empty database comes to it, which knows nothing but the store. */
  async derivedAnew(): Promise<readonly RecordedEvent[]> {
    const store = await this.instance(await this.database());
    const events = await wholeLog(store);
    await store.close();
    return events;
  }

  async close(): Promise<void> {
    for (const close of this.#closings.splice(0).toReversed()) await close();
  }
}

/** Everything that an instance has by position, once it knows of nothing more. */
export async function wholeLog(store: EventStore): Promise<readonly RecordedEvent[]> {
  const askedAt = Date.now();
  await eventually(
    'a complete copy',
    () => ((store.condition().completeUntil ?? 0) > askedAt ? true : undefined),
    20_000,
  );
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readLog(events.length, PAGE_COUNT);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/**
 * Puts events behind a stream of the ledger, as an instance would that nobody sees.
 * @param of how many were to be appended together, where the store took only these
 */
export function writeDirectly(
  state: StoreState,
  ledger: string,
  stream: StreamName,
  events: readonly NewEvent[],
  of = events.length,
): void {
  const form = new StoredForm(ledger);
  state.append(form.streamId(stream), 'any', events.map(proposed));

  function proposed(event: NewEvent, index: number): ProposedEvent {
    const { metadata, ...stored } = form.toStore(event, { index, of });
    return { ...stored, isJson: false, metadata: Buffer.from(JSON.stringify(metadata)) };
  }
}
