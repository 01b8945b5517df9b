import type { Config } from '@khamrap/platform/config';
import { attachDatabase, createPool, type Database } from '@khamrap/platform/database';
import { openEventStore, type CommandContext, type EventStore } from '@khamrap/platform/event-store';
import { Vault } from '@khamrap/platform/vault';
import { logOfCommand } from '../composition/log-of';

/**
 * The database of the settings as the service that runs on it has left it; undefined, after saying so, where none runs.
 * @param thenWhat what to do once it runs, to end a sentence with
 */
export async function attached(config: Config, thenWhat: string): Promise<Database | undefined> {
  const database = await attachDatabase({
    ...(config.database.kind === 'external' && { externalUrl: config.database.url }),
    dataFolder: config.dataFolder,
    rolePrefix: config.database.rolePrefix,
  });
  if (!database) process.stderr.write(`No service runs on ${config.dataFolder}: start it, then ${thenWhat}.\n`);
  return database;
}

/** Does a piece of work on the log and the vault of a database, and closes both. */
export async function onLogAndVault<Result>(
  { urls }: Database,
  config: Config,
  purpose: string,
  work: (store: EventStore, vault: Vault) => Promise<Result>,
): Promise<Result> {
  const store = await openEventStore(logOfCommand(config, urls));
  const pool = createPool({ url: urls.append, size: 1, applicationName: `khamrap ${purpose}` });
  try {
    return await work(store, new Vault(pool));
  } finally {
    await Promise.all([store.close(), pool.end()]);
  }
}

/** Does a piece of work on the log and with connections that read its database, and closes both. */
export async function onLogAndReader<Result>(
  { urls }: Database,
  config: Config,
  purpose: string,
  work: (store: EventStore, pool: ReturnType<typeof createPool>) => Promise<Result>,
): Promise<Result> {
  const store = await openEventStore(logOfCommand(config, urls));
  const pool = createPool({ url: urls.read, size: 2, applicationName: `khamrap ${purpose}` });
  try {
    return await work(store, pool);
  } finally {
    await Promise.all([store.close(), pool.end()]);
  }
}

/** A log with a simulated clock goes on from its last moment, and what is to hold today is not decided after today. */
export async function timesOf(store: EventStore): Promise<Pick<CommandContext, 'decidedAt' | 'recordedAt'>> {
  const now = Date.now();
  if (store.identity().clock === 'system') return { decidedAt: new Date(now).toISOString() };
  const { recordedAt } = await store.head();
  return { decidedAt: new Date(Math.min(now, recordedAt)).toISOString(), recordedAt };
}
