import { openPostgresEventStore, type EventStore, type PostgresEventStoreOptions } from '@khamrap/platform/event-store';
import { SeededRandom } from '@khamrap/testing';
import { EventStoreClient } from './event-store-client';
import { journalFileOf, runLoad, unfinishedOperations } from './run-load';

/** Everything that the program is told: JSON in the environment, because addresses hold passwords. */
export interface LoadProgramOptions {
  readonly log: PostgresEventStoreOptions;
  readonly journalFolder: string;
  readonly clientCount: number;
  /** Counts the starts of this program on one log, from 1. */
  readonly life: number;
  readonly seed: number;
}

/** Longer than an append takes, shorter than a restart: this store tells of unknown outcomes instead of settling them. */
const IMPATIENT_MS = 200;
const options = JSON.parse(process.env['CRASH_LOOP_LOAD'] ?? '{}') as LoadProgramOptions;

/** One store tells its callers at once when an outcome is unknown; the other submits again by itself first. */
async function openStores(): Promise<readonly EventStore[]> {
  return [
    await openPostgresEventStore({ ...options.log, resubmitForMs: IMPATIENT_MS }),
    await openPostgresEventStore(options.log),
  ];
}

async function runClient(client: number, store: EventStore, signal: AbortSignal): Promise<void> {
  const { journalFolder, life, seed } = options;
  const random = new SeededRandom(seed).branch(`client ${client}, life ${life}`);
  await runLoad({
    client: new EventStoreClient(`client-${client}`, store, random.branch('requests')),
    journalFile: journalFileOf(journalFolder, client, life),
    unfinished: await unfinishedOperations(journalFolder, client, life),
    random: random.branch('pauses'),
    signal,
  });
}

async function main(): Promise<void> {
  const enough = new AbortController();
  process.once('SIGTERM', () => enough.abort());
  const stores = await openStores();
  const clients = Array.from({ length: options.clientCount }, (_, client) =>
    runClient(client, stores[client % stores.length] as EventStore, enough.signal),
  );
  console.log('load is running');
  await Promise.all(clients);
  for (const store of stores) await store.close();
  console.log('load has ended');
}

// A failure ends the process with it: a client that has stopped must not look like one that has nothing to do.
void main().then(() => process.exit(0));
