import type { DatabaseLog } from './database-log';
import { DatabaseUrl } from './database-url';
import { attachEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres';
import { provision } from './provision';
import { ROLE_KINDS, roleNames, rolePassword, type RoleKind, type RoleNames } from './roles';
import { requireDurability, requireServerVersion } from './server-check';
import { withClient } from './sessions';

const EMBEDDED_DATABASE = 'khamrap';

export interface OpenDatabaseOptions {
  /** `postgresql://user:password@host:port/database` of a role that may make roles and owns the database. Without it
   * PostgreSQL is started in the data folder. */
  readonly externalUrl?: string;
  readonly dataFolder: string;
  /** Before `_migrate`, `_append`, `_project` and `_read`; `khamrap_<database>` unless given. */
  readonly rolePrefix?: string;
  /** For databases whose loss does not matter, such as those of tests. */
  readonly allowUnsafeDurability: boolean;
  readonly log: DatabaseLog;
}

export interface Database {
  /** One address for each role; they hold passwords. */
  readonly urls: Readonly<Record<RoleKind, string>>;
  /** The roles' names, for GRANT and for messages. */
  readonly roles: RoleNames;
  readonly embedded: boolean;
  /** Stops the embedded server; leaves an external one alone. Close every connection before. */
  close(): Promise<void>;
  /** Resolves with the reason when the embedded server ends by itself; stays pending otherwise. */
  readonly failed: Promise<Error>;
}

/**
 * Starts or reaches PostgreSQL and makes the roles that this program works with.
 *
 * @throws DataFolderInUse when another process runs the database of the data folder
 * @throws UnsafeDurability when the server acknowledges before it has flushed, unless that is allowed
 * @throws Error when the server cannot be reached, is too old, or its role may not do what is needed
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  if (options.externalUrl !== undefined) {
    const admin = new DatabaseUrl(options.externalUrl);
    await prepare(admin, options);
    return describe(admin, options.rolePrefix, { embedded: false, close: () => Promise.resolve(), failed: never() });
  }
  const server = await startEmbeddedPostgres(options);
  try {
    const admin = await createEmbeddedDatabase(server);
    await prepare(admin, options);
    return describe(admin, options.rolePrefix, { embedded: true, close: () => server.stop(), failed: server.exited });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * The database as the process that opened it left it; nothing is started, changed or checked.
 *
 * @returns undefined when it would be the embedded one and no process of this machine runs it
 */
export async function attachDatabase(
  options: Pick<OpenDatabaseOptions, 'externalUrl' | 'dataFolder' | 'rolePrefix'>,
): Promise<Database | undefined> {
  const embedded = options.externalUrl === undefined;
  const admin = embedded ? await embeddedAdmin(options.dataFolder) : new DatabaseUrl(options.externalUrl);
  return admin && describe(admin, options.rolePrefix, { embedded, close: () => Promise.resolve(), failed: never() });
}

async function embeddedAdmin(dataFolder: string): Promise<DatabaseUrl | undefined> {
  const address = await attachEmbeddedPostgres(dataFolder);
  return address && new DatabaseUrl(address.adminUrl).withDatabase(EMBEDDED_DATABASE);
}

async function createEmbeddedDatabase(server: EmbeddedPostgres): Promise<DatabaseUrl> {
  const maintenance = new DatabaseUrl(server.adminUrl);
  await withClient(maintenance.href, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [EMBEDDED_DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${EMBEDDED_DATABASE}`);
    // Our roles have no business in the other databases of a server that is all ours.
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
  });
  return maintenance.withDatabase(EMBEDDED_DATABASE);
}

async function prepare(admin: DatabaseUrl, options: OpenDatabaseOptions): Promise<void> {
  const { allowUnsafeDurability, rolePrefix } = options;
  await withClient(admin.href, async (client) => {
    await requireServerVersion(client);
    if (!allowUnsafeDurability) await requireDurability(client);
    await provision(client, { admin, roles: roleNames(admin.databaseName, rolePrefix), allowUnsafeDurability });
  });
}

function describe(
  admin: DatabaseUrl,
  rolePrefix: string | undefined,
  server: Pick<Database, 'embedded' | 'close' | 'failed'>,
): Database {
  const roles = roleNames(admin.databaseName, rolePrefix);
  const urlOf = (kind: RoleKind) => admin.withLogin(roles[kind], rolePassword(admin, roles[kind]));
  const urls = Object.fromEntries(ROLE_KINDS.map((kind) => [kind, urlOf(kind)])) as Record<RoleKind, string>;
  return { urls, roles, ...server };
}

function never(): Promise<Error> {
  return new Promise(() => undefined);
}
