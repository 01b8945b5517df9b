import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { DatabaseUrl } from './database-url';

/** What each connection may do is decided by migrations, which grant to these roles; nothing is granted by default. */
export const ROLE_KINDS = ['migrate', 'append', 'project', 'read'] as const;
export type RoleKind = (typeof ROLE_KINDS)[number];

/** PostgreSQL cuts longer names off (NAMEDATALEN in src/include/pg_config_manual.h). */
const NAME_BYTES_MAX = 63;
const SCRAM_ITERATIONS = 4_096;

export type RoleNames = Readonly<Record<RoleKind, string>>;

/** How long each role may run a statement, wait for a lock and sit in an open transaction, and how it sees the world. */
export const ROLE_SETTINGS: Readonly<Record<RoleKind, Readonly<Record<string, string>>>> = {
  migrate: {
    statement_timeout: '1h',
    lock_timeout: '30s',
    idle_in_transaction_session_timeout: '10min',
    timezone: 'UTC',
  },
  append: {
    statement_timeout: '10s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '10s',
    timezone: 'UTC',
  },
  project: {
    statement_timeout: '10min',
    lock_timeout: '10s',
    idle_in_transaction_session_timeout: '1min',
    timezone: 'UTC',
  },
  read: {
    statement_timeout: '30s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '30s',
    timezone: 'UTC',
    default_transaction_read_only: 'on',
  },
};

/** Roles belong to the whole server, so their names tell which database of ours they are for. */
export function roleNames(databaseName: string, prefix = `khamrap_${databaseName}`): RoleNames {
  const names = Object.fromEntries(ROLE_KINDS.map((kind) => [kind, `${prefix}_${kind}`])) as RoleNames;
  if (Buffer.byteLength(names.migrate) > NAME_BYTES_MAX) {
    throw new Error(`The role name ${names.migrate} is longer than PostgreSQL allows: set a shorter role prefix.`);
  }
  return names;
}

/** The same on every instance that knows the administrator's password, so that no further secret is handed around. */
export function rolePassword(admin: DatabaseUrl, roleName: string): string {
  return createHmac('sha256', admin.password).update(`khamrap role ${roleName}`).digest('base64url');
}

/**
 * What the server keeps to check a password (RFC 5803, as PostgreSQL writes it). Sent in the password's place, so that
 * no server log holds the password.
 */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, 32, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const storedKey = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${storedKey}:${key('Server Key').toString('base64')}`;
}
