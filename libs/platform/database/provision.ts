import { escapeIdentifier, escapeLiteral, type Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseUrl } from './database-url';
import { ROLE_KINDS, ROLE_SETTINGS, rolePassword, scramVerifier, type RoleKind, type RoleNames } from './roles';
import { requireDurability } from './server-check';
import { sqlState, withClient } from './sessions';

/** Among all advisory locks of the database: the bytes of 'khamrap' as one number, and 1. */
const SETUP_LOCK = '30232590165369201';
const ATTEMPTS_MAX = 20;
const RETRY_PAUSE_MS = 50;

const DUPLICATE_OBJECT = '42710';
const UNIQUE_VIOLATION = '23505';
const INTERNAL_ERROR = 'XX000';
const INVALID_PASSWORD = '28P01';

interface RoleRow {
  readonly rolname: string;
  readonly unsafe: string[];
  readonly rolcanlogin: boolean;
  readonly rolconfig: string[] | null;
}

export interface ProvisionOptions {
  readonly admin: DatabaseUrl;
  readonly roles: RoleNames;
  readonly allowUnsafeDurability: boolean;
}

/**
 * Makes the roles and takes from everybody else what PostgreSQL gives by default. Changes only what is not so yet.
 *
 * @param client a session of the administrator on the database, for this and nothing after
 * @throws UnsafeDurability when the role that appends would not wait for the disk
 * @throws Error when the administrator may not do this
 */
export async function provision(client: Client, options: ProvisionOptions): Promise<void> {
  await client.query(`SET statement_timeout = '60s'; SET lock_timeout = '60s'`);
  // Ends with the session. Holds off other instances on this database; roles belong to the server, where there may be more.
  await client.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK]);
  await retryConflicts(() => ensureRoles(client, options));
  await restrictDatabase(client, options);
  await restrictLargeObjects(client);
  await ensureLogins(client, options);
}

async function retryConflicts(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isConflict =
        [DUPLICATE_OBJECT, UNIQUE_VIOLATION].includes(sqlState(error)) ||
        (sqlState(error) === INTERNAL_ERROR && /tuple concurrently/.test((error as Error).message));
      if (!isConflict || attempt === ATTEMPTS_MAX) throw error;
      await pause(RETRY_PAUSE_MS * Math.random() * attempt);
    }
  }
}

async function ensureRoles(client: Client, { admin, roles }: ProvisionOptions): Promise<void> {
  const { rows } = await client.query<RoleRow>(
    `SELECT rolname, rolcanlogin, rolconfig,
            array_remove(ARRAY[CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
                               CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
                               CASE WHEN rolreplication THEN 'REPLICATION' END], NULL) AS unsafe
     FROM pg_roles WHERE rolname = ANY ($1)`,
    [Object.values(roles)],
  );
  for (const kind of ROLE_KINDS) {
    const existing = rows.find(({ rolname }) => rolname === roles[kind]);
    const statements = roleStatements(kind, roles[kind], existing, rolePassword(admin, roles[kind]));
    for (const statement of statements) await client.query(statement);
  }
}

function roleStatements(kind: RoleKind, name: string, existing: RoleRow | undefined, password: string): string[] {
  const role = escapeIdentifier(name);
  const statements: string[] = [];
  if (existing === undefined) statements.push(`CREATE ROLE ${role} LOGIN PASSWORD '${scramVerifier(password)}'`);
  else if (!existing.rolcanlogin) statements.push(`ALTER ROLE ${role} LOGIN`);
  // Named only where needed: naming them at all is reserved to superusers.
  for (const attribute of existing?.unsafe ?? []) statements.push(`ALTER ROLE ${role} NO${attribute}`);
  for (const [setting, value] of Object.entries(ROLE_SETTINGS[kind])) {
    if (existing?.rolconfig?.includes(`${setting}=${value}`)) continue;
    statements.push(`ALTER ROLE ${role} SET ${setting} = ${escapeLiteral(value)}`);
  }
  return statements;
}

async function restrictDatabase(client: Client, { admin, roles }: ProvisionOptions): Promise<void> {
  const database = escapeIdentifier(admin.databaseName);
  const [migrate, ...others] = ROLE_KINDS.map((kind) => escapeIdentifier(roles[kind]));
  await client.query(`
    BEGIN;
    REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${database} TO ${[migrate, ...others].join(', ')};
    GRANT CREATE, TEMPORARY ON DATABASE ${database} TO ${migrate} WITH GRANT OPTION;
    GRANT USAGE ON SCHEMA public TO ${others.join(', ')};
    GRANT USAGE, CREATE ON SCHEMA public TO ${migrate};
    COMMIT`);
  // A role that does not own the database is only warned that it revoked nothing.
  const { rows } = await client.query<{ open: boolean }>(
    `SELECT has_database_privilege('public', current_database(), 'CONNECT') OR has_schema_privilege('public', 'public', 'CREATE')
            OR NOT has_schema_privilege($1, 'public', 'CREATE') AS open`,
    [roles.migrate],
  );
  if (rows[0]?.open) {
    throw new Error(`The role ${admin.role} must own the database ${admin.databaseName} to close it to others.`);
  }
}

/**
 * PostgreSQL lets everybody make large objects, which no other grant holds off. Who is no superuser cannot take that away and is
 * only warned: then a role may still fill the disk, and reads no more by it.
 */
async function restrictLargeObjects(client: Client): Promise<void> {
  const { rows } = await client.query<{ open: boolean }>(
    `SELECT has_function_privilege('public', 'pg_catalog.lo_create(oid)', 'EXECUTE') AS open`,
  );
  if (!rows[0]?.open) return;
  await client.query(
    `REVOKE EXECUTE ON FUNCTION pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid), pg_catalog.lo_from_bytea(oid, bytea)
     FROM PUBLIC`,
  );
}

/** Logs in as each role; where the administrator's password has changed since, the role's follows. */
async function ensureLogins(client: Client, options: ProvisionOptions): Promise<void> {
  const attempts = ROLE_KINDS.map((kind) =>
    logIn(kind, options).then(
      () => [],
      (error: unknown) => {
        if (sqlState(error) === INVALID_PASSWORD) return [kind];
        throw error;
      },
    ),
  );
  for (const kind of (await Promise.all(attempts)).flat()) {
    const name = options.roles[kind];
    const verifier = scramVerifier(rolePassword(options.admin, name));
    await retryConflicts(async () => {
      await client.query(`ALTER ROLE ${escapeIdentifier(name)} PASSWORD '${verifier}'`);
    });
    await logIn(kind, options);
  }
}

function logIn(kind: RoleKind, options: ProvisionOptions): Promise<void> {
  const name = options.roles[kind];
  const url = options.admin.withLogin(name, rolePassword(options.admin, name));
  return withClient(url, (session) => settle(session, kind, options));
}

async function settle(session: Client, kind: RoleKind, { allowUnsafeDurability }: ProvisionOptions): Promise<void> {
  if (kind === 'append' && !allowUnsafeDurability) await requireDurability(session);
  if (kind === 'migrate') {
    // PostgreSQL lets everybody call a new function, also one that acts with its owner's rights.
    await session.query('ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC');
  }
}
