import { createPool } from '@khamrap/platform/database';
import type { EventStore, LogIdentity } from './event-store';
import { CarriedElsewhere, readCarrier } from './eventstoredb/carrier';
import { openEventStoreDb } from './eventstoredb/eventstoredb-event-store';
import type { SequencerLog } from './eventstoredb/sequencer';
import { openPostgresEventStore } from './postgres/postgres-event-store';

export interface OpenEventStoreOptions {
  /** Connections of the database: of the log itself, or of its copy. */
  readonly urls: { readonly append: string; readonly read: string; readonly project: string };
  /** Where the log is carried by EventStoreDB: its address, and the name of this ledger in it. */
  readonly carrier?: { readonly url: string; readonly ledger: string };
  /** Whether this instance may number the events of EventStoreDB. */
  readonly sequences: boolean;
  /** What the log is to be called, if it has to be opened; an opened log keeps its name. */
  readonly origin: string;
  readonly clock: LogIdentity['clock'];
  readonly log: SequencerLog;
  /** How long an append of unknown outcome is submitted again before the caller is told. */
  readonly resubmitForMs?: number;
}

/**
 * Opens the log where it is: in the database, or in EventStoreDB.
 * @throws CarriedElsewhere when the database says that it is not where the settings look for it
 */
export async function openEventStore(options: OpenEventStoreOptions): Promise<EventStore> {
  const { urls, carrier, sequences, origin, clock, log, resubmitForMs } = options;
  const inDatabase = { appendUrl: urls.append, readUrl: urls.read, origin, clock };
  const ofSequencer = { log, ...(sequences && { projectUrl: urls.project }) };
  if (carrier) {
    const insisting = resubmitForMs === undefined ? {} : { insistForMs: resubmitForMs };
    return openEventStoreDb({ ...inDatabase, ...carrier, ...ofSequencer, ...insisting });
  }
  await requireOwnLog(urls.read);
  return openPostgresEventStore({ ...inDatabase, ...(resubmitForMs !== undefined && { resubmitForMs }) });
}

async function requireOwnLog(readUrl: string): Promise<void> {
  const pool = createPool({ url: readUrl, size: 1, applicationName: 'khamrap open log' });
  try {
    if (await readCarrier(pool))
      throw new CarriedElsewhere('the log of this database is carried by EventStoreDB: set EVENTSTORE_URL');
  } finally {
    await pool.end();
  }
}
