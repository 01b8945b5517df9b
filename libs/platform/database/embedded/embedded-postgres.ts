import { createServer, type AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseLog } from '../database-log';
import { accountForPostgres } from './account';
import { prepareBinaries } from './binaries';
import { createCluster, findCluster, makeDataFolder, SUPERUSER } from './cluster';
import { stopOrphans } from './orphans';
import { findOwner, takeOwnerLock } from './owner-lock';
import { LISTEN_HOST, PortTaken, startPostmaster, type Postmaster, type PostmasterOptions } from './postmaster';
import { readIfPresent, writePrivateFile } from '@khamrap/platform/private-files';

const PORT_ATTEMPTS_MAX = 5;

export interface EmbeddedPostgresOptions {
  /** Made when it does not exist. Holds all that there is to keep, except as root under a folder closed to others. */
  readonly dataFolder: string;
  /** PostgreSQL's own settings by name, over the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log: DatabaseLog;
}

/** How to reach the embedded database as its superuser. */
export interface EmbeddedAddress {
  readonly host: string;
  readonly port: number;
  /** Of the superuser, on the database `postgres`; holds the password. */
  readonly adminUrl: string;
}

export interface EmbeddedPostgres extends EmbeddedAddress {
  /** Stops the server and gives the data folder free. */
  stop(): Promise<void>;
  /** Resolves with the reason when PostgreSQL ends without `stop()`; never rejects. */
  readonly exited: Promise<Error>;
}

/**
 * Starts PostgreSQL on the data folder, which this process owns from then on. What a killed owner left is taken over.
 *
 * @throws DataFolderInUse when another process lives that owns it
 * @throws Error with the end of PostgreSQL's log when it does not start
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataFolder = await makeDataFolder(options.dataFolder);
  const lock = await takeOwnerLock(dataFolder);
  const giveFree = async () => {
    await rm(connectionFile(dataFolder), { force: true });
    await lock.release();
  };
  try {
    await rm(connectionFile(dataFolder), { force: true });
    const { postmaster, address } = await startServer(dataFolder, options);
    return { ...address, exited: postmaster.exited, stop: () => postmaster.stop().then(giveFree) };
  } catch (error) {
    await giveFree();
    throw error;
  }
}

/** The address of the database that another process of this machine runs on the data folder; undefined when none does. */
export async function attachEmbeddedPostgres(dataFolder: string): Promise<EmbeddedAddress | undefined> {
  if ((await findOwner(dataFolder)) === undefined) return undefined;
  const text = await readIfPresent(connectionFile(dataFolder));
  return text === undefined ? undefined : (JSON.parse(text) as EmbeddedAddress);
}

function connectionFile(dataFolder: string): string {
  return path.join(dataFolder, 'connection.json');
}

interface Server {
  readonly postmaster: Postmaster;
  readonly address: EmbeddedAddress;
}

async function startServer(dataFolder: string, { settings = {}, log }: EmbeddedPostgresOptions): Promise<Server> {
  const existing = await findCluster(dataFolder);
  const account = await accountForPostgres(existing?.folder);
  const binaries = await prepareBinaries(account);
  const cluster =
    existing ?? (await createCluster({ dataFolder, account, binaries, unsynced: settings.fsync === 'off' }));
  await stopOrphans(cluster.folder, log);
  const { postgres } = binaries;
  const { port, postmaster } = await startOnFreePort({
    postgres,
    clusterFolder: cluster.folder,
    account,
    settings,
    log,
  });
  const adminUrl = `postgresql://${SUPERUSER}:${cluster.password}@${LISTEN_HOST}:${port}/postgres`;
  const address = { host: LISTEN_HOST, port, adminUrl };
  try {
    await writePrivateFile(connectionFile(dataFolder), JSON.stringify(address, null, 2));
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
  return { postmaster, address };
}

/** A port is only known to be free until somebody takes it: in between another program may have. */
export async function startOnFreePort(
  options: Omit<PostmasterOptions, 'port'>,
  choosePort: () => Promise<number> = findFreePort,
): Promise<{ readonly port: number; readonly postmaster: Postmaster }> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort();
    try {
      return { port, postmaster: await startPostmaster({ ...options, port }) };
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === PORT_ATTEMPTS_MAX) throw error;
    }
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, LISTEN_HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
