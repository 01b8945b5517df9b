import { generateKeyPairSync } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { MigrationClass } from '@khamrap/platform/database';
import { createTestDatabase } from '../database/create-test-database';
import { addressOf } from '../database/maintenance';

/** Variables of the environment, as a start of the service reads them. */
export type Variables = Readonly<Record<string, string>>;

export interface ServiceEnvironmentOptions {
  /** All migrations of the program: the database has them already, so that a start has nothing to make. */
  readonly migrations: readonly MigrationClass[];
  /** Over those that every test wants. */
  readonly variables?: Variables;
}

/** Everything that a service needs to start: a database and a data folder of its own, any free port. */
export interface ServiceEnvironment {
  readonly variables: Variables;
  readonly dataFolder: string;
  /** Drops the database, also under a service that still runs. */
  dropDatabase(): Promise<void>;
  /** Drops the database and removes the data folder. */
  remove(): Promise<void>;
}

/** An environment on a fresh database of the run's shared server, with the embedded issuer and without demonstration. */
export async function makeServiceEnvironment({
  migrations,
  variables = {},
}: ServiceEnvironmentOptions): Promise<ServiceEnvironment> {
  const { database, drop } = await createTestDatabase({ migrations });
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
      ...variables,
    },
    dropDatabase: drop,
    remove: async () => {
      await drop();
      removeDataFolder(dataFolder);
    },
  };
}

/** An environment as a first start on somebody's own machine has it: PostgreSQL comes with the program. */
export function makeEmbeddedEnvironment(variables: Variables = {}): Pick<
  ServiceEnvironment,
  'variables' | 'dataFolder'
> & {
  remove(): void;
} {
  const dataFolder = makeDataFolder();
  return {
    dataFolder,
    variables: { ...COMMON, KHAMRAP_DATA: path.join(dataFolder, 'data'), KHAMRAP_DEMONSTRATION: 'no', ...variables },
    remove: () => removeDataFolder(dataFolder),
  };
}

/** Tests ask as often as they like; those of the limits set their own. */
const COMMON: Variables = {
  PORT: '0',
  HOST: '127.0.0.1',
  KHAMRAP_LOG_LEVEL: 'error',
  KHAMRAP_RATE_LIMITS: 'off',
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
