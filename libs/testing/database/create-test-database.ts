import { createHash, randomBytes } from 'node:crypto';
import { DatabaseError, escapeIdentifier, type Client } from 'pg';
import {
  attachDatabase,
  openDatabase,
  runMigrations,
  type Database,
  type MigrationClass,
} from '@khamrap/platform/database';
import { addressOf, databaseNameInRun, dropDatabase, withMaintenance } from './maintenance';
import { TEST_ROLE_PREFIX } from './run-environment';

/** Among the advisory locks of the server's own database: the bytes of 'template' as one number, cut to 63 bits. */
const TEMPLATE_LOCK = '8387787987466974309';

const DEPENDENT_OBJECTS_STILL_EXIST = '2BP01';

const SILENT = { log: () => undefined, warn: () => undefined };

export interface TestDatabaseOptions {
  /** Run in the new database, once for all tests of the run that name the same classes. */
  readonly migrations?: readonly MigrationClass[];
  /** Begins the names of roles that no other database has; those of all tests unless given. Takes seconds: nothing is copied. */
  readonly rolePrefix?: string;
}

export interface TestDatabase {
  readonly database: Database;
  drop(): Promise<void>;
}

/**
 * A fresh database with this program's roles, copied from a template that already has the migrations. Sets of migrations
 * are told apart by the names and the text of their classes: two that differ only in variables around them look the same.
 */
export async function createTestDatabase({
  migrations = [],
  rolePrefix,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const databaseName = databaseNameInRun(randomBytes(6).toString('hex'));
  if (rolePrefix !== undefined) return createWithRoles(databaseName, migrations, rolePrefix);
  await withMaintenance(async (client) => {
    const template = await ensureTemplate(client, migrations);
    // On a server that does not wait for the disk, copying files is several times faster than logging every page.
    const copying = `TEMPLATE ${escapeIdentifier(template)} STRATEGY file_copy`;
    await client.query(`CREATE DATABASE ${escapeIdentifier(databaseName)} ${copying}`);
    await copyDatabaseGrants(client, template, databaseName);
  });
  const database = await attachDatabase(placeOf(databaseName));
  if (database === undefined) throw new Error(`${databaseName} was made and is not there.`);
  return { database, drop: () => withMaintenance((client) => dropDatabase(client, databaseName)) };
}

function placeOf(databaseName: string, rolePrefix = TEST_ROLE_PREFIX) {
  return { externalUrl: addressOf(databaseName), dataFolder: '', rolePrefix };
}

async function createWithRoles(
  databaseName: string,
  migrations: readonly MigrationClass[],
  rolePrefix: string,
): Promise<TestDatabase> {
  await withMaintenance((client) => client.query(`CREATE DATABASE ${escapeIdentifier(databaseName)}`));
  const database = await openDatabase({
    ...placeOf(databaseName, rolePrefix),
    allowUnsafeDurability: true,
    log: SILENT,
  });
  await runMigrations({ database, migrations });
  const drop = (): Promise<void> =>
    withMaintenance(async (client) => {
      await dropDatabase(client, databaseName);
      for (const role of Object.values(database.roles)) await dropRoleOfNobody(client, role);
    });
  return { database, drop };
}

/** Another database with the same roles drops them later. */
async function dropRoleOfNobody(client: Client, role: string): Promise<void> {
  await client.query(`DROP ROLE IF EXISTS ${escapeIdentifier(role)}`).catch((error: unknown) => {
    if (!(error instanceof DatabaseError) || error.code !== DEPENDENT_OBJECTS_STILL_EXIST) throw error;
  });
}

async function ensureTemplate(client: Client, migrations: readonly MigrationClass[]): Promise<string> {
  const template = databaseNameInRun(`template_${digestOf(migrations)}`);
  if (await exists(client, template)) return template;
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if (!(await exists(client, template))) await makeTemplate(client, template, migrations);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
  return template;
}

async function makeTemplate(client: Client, template: string, migrations: readonly MigrationClass[]): Promise<void> {
  const draft = databaseNameInRun(`draft_${randomBytes(6).toString('hex')}`);
  await client.query(`CREATE DATABASE ${escapeIdentifier(draft)}`);
  try {
    const database = await openDatabase({ ...placeOf(draft), allowUnsafeDurability: true, log: SILENT });
    await runMigrations({ database, migrations });
    // The last step: whoever finds the template finds it whole.
    await client.query(`ALTER DATABASE ${escapeIdentifier(draft)} RENAME TO ${escapeIdentifier(template)}`);
  } catch (error) {
    await dropDatabase(client, draft);
    throw error;
  }
}

async function exists(client: Client, databaseName: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [databaseName]);
  return rowCount === 1;
}

/** PostgreSQL copies what is in a database, not what was granted on it: a copy would be open to everybody. */
async function copyDatabaseGrants(client: Client, template: string, copy: string): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `SELECT format('GRANT %s ON DATABASE %I TO %s', privilege_type, $2::text, grantee::regrole)
              || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS statement
     FROM pg_database, aclexplode(datacl) WHERE datname = $1 AND grantee NOT IN (0, datdba)`,
    [template, copy],
  );
  const closing = `REVOKE ALL ON DATABASE ${escapeIdentifier(copy)} FROM PUBLIC`;
  await client.query([closing, ...rows.map(({ statement }) => statement)].join(';'));
}

function digestOf(migrations: readonly MigrationClass[]): string {
  const hash = createHash('sha256');
  for (const migration of migrations) hash.update(`${migration.name}\n${migration.toString()}\n`);
  return hash.digest('hex').slice(0, 16);
}
