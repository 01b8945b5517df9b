import { generateKeyPairSync } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { MigrationClass } from '@khamrap/platform/database';
import { createTestDatabase } from '../database/create-test-database';
import { addressOf } from '../database/maintenance';
import { freshLedger, isStoreGiven, storeUnderTest, type StoreUnderTest } from '../eventstoredb/under-test';

/** Variables of the environment, as a start of the service reads them. */
export type Variables = Readonly<Record<string, string>>;

export interface ServiceEnvironmentOptions {
  /** All migrations of the program: the database has them already, so that a start has nothing to make. */
  readonly migrations: readonly MigrationClass[];
  /** Over those that every test wants. */
  readonly variables?: Variables;
  /** Which engine carries the log; that of the run unless given. */
  readonly engine?: Engine;
  /** Another environment, on EventStoreDB: the new one has the same ledger, and a database of its own without a copy of it. */
  readonly ledgerOf?: ServiceEnvironment;
}

/** What may carry a log. */
export type Engine = 'postgresql' | 'eventstoredb';

/** The engine for services of tests that ask for none: PostgreSQL, unless KHAMRAP_TEST_ENGINE=eventstoredb is set for the run. */
export function engineOfRun(): Engine {
  return process.env['KHAMRAP_TEST_ENGINE'] === 'eventstoredb' ? 'eventstoredb' : 'postgresql';
}

/** Everything that a service needs to start: a database and a data folder of its own, any free port. */
export interface ServiceEnvironment {
  readonly variables: Variables;
  readonly dataFolder: string;
  /** Absent where PostgreSQL carries the log. */
  readonly carrier?: StoreUnderTest;
  /** Drops the database, also under a service that still runs. */
  dropDatabase(): Promise<void>;
  /** Drops the database and removes the data folder. */
  remove(): Promise<void>;
}

/** An environment on a fresh database of the run's shared server, with the embedded issuer and without demonstration. */
export async function makeServiceEnvironment(options: ServiceEnvironmentOptions): Promise<ServiceEnvironment> {
  const { migrations, variables = {}, engine = engineOfRun(), ledgerOf } = options;
  const carrier = ledgerOf?.carrier ?? (engine === 'eventstoredb' ? await storeUnderTest() : undefined);
  const rolePrefix = ledgerOf?.variables['KHAMRAP_ROLE_PREFIX'] ?? freshLedger();
  // In a store that is shared with others the ledger needs a name of its own, which is that of the roles.
  const ofItsOwn = carrier && isStoreGiven() && { rolePrefix };
  const { database, drop } = await createTestDatabase({ migrations, ...ofItsOwn }).catch(async (error: unknown) => {
    await carrier?.stop();
    throw error;
  });
  const databaseName = new URL(database.urls.read).pathname.slice(1);
  const dataFolder = makeDataFolder();
  return {
    dataFolder,
    variables: {
      ...COMMON,
      KHAMRAP_DATA: dataFolder,
      DATABASE_URL: addressOf(databaseName),
      KHAMRAP_ROLE_PREFIX: database.roles.read.replace(/_read$/, ''),
      KHAMRAP_ALLOW_UNSAFE_DURABILITY: 'yes',
      KHAMRAP_EMBEDDED_ISSUER: 'yes',
      KHAMRAP_SIGNER_FOLDER: path.join(dataFolder, 'signer'),
      KHAMRAP_LOG_KEY: LOG_KEY,
      ...(carrier && { EVENTSTORE_URL: carrier.url }),
      ...variables,
    },
    ...(carrier && { carrier }),
    dropDatabase: drop,
    remove: async () => {
      await drop();
      if (!ledgerOf) await carrier?.stop();
      removeDataFolder(dataFolder);
    },
  };
}

/** An environment as a first start on somebody's own machine has it: PostgreSQL comes with the program. */
export async function makeEmbeddedEnvironment(variables: Variables = {}): Promise<EmbeddedEnvironment> {
  const carrier = engineOfRun() === 'eventstoredb' ? await storeUnderTest() : undefined;
  const dataFolder = makeDataFolder();
  return {
    dataFolder,
    variables: {
      ...COMMON,
      KHAMRAP_DATA: path.join(dataFolder, 'data'),
      KHAMRAP_DEMONSTRATION: 'no',
      ...(carrier && { EVENTSTORE_URL: carrier.url, KHAMRAP_ROLE_PREFIX: freshLedger() }),
      ...variables,
    },
    remove: async () => {
      removeDataFolder(dataFolder);
      await carrier?.stop();
    },
  };
}

/** What a service with a PostgreSQL of its own needs to start. */
export interface EmbeddedEnvironment {
  readonly variables: Variables;
  readonly dataFolder: string;
  remove(): Promise<void>;
}

/** Tests ask as often as they like; those of the limits set their own. */
const COMMON: Variables = {
  PORT: '0',
  HOST: '127.0.0.1',
  KHAMRAP_LOG_LEVEL: 'error',
  KHAMRAP_RATE_LIMITS: 'off',
  // Tests count what is in the log; those of the seals set it.
  KHAMRAP_ACCESS_SEAL_HOURS: '0',
};

/** The log of every service on the shared server is signed with it, as an operator supplies one. */
const LOG_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function makeDataFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-service-'));
  // The embedded PostgreSQL may run as another user, who has to pass through.
  fs.chmodSync(folder, 0o711);
  return folder;
}

function removeDataFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}
