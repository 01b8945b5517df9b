import type { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type MigrationInterface } from 'typeorm';
import type { Database } from './open-database';
import { withClient } from './sessions';

/** Among all advisory locks of the database: the bytes of 'khamrap' as one number, and 2; 1 is the lock of the setup. */
const MIGRATION_LOCK = '30232590165369202';
const POLL_INTERVAL_MS = 50;
/** Another instance may be building an index over the whole log. */
const WAIT_MS = 60 * 60_000;

export type MigrationClass = new () => MigrationInterface;

export interface RunMigrationsOptions {
  readonly database: Pick<Database, 'urls' | 'roles'>;
  /** Classes whose names end in a time in milliseconds, as TypeORM orders them. */
  readonly migrations: readonly MigrationClass[];
}

/**
 * Runs what has not run yet, each in a transaction of its own, once however many instances start together. Migrations
 * name whom they grant to by `current_setting('khamrap.append_role')`, `khamrap.project_role` and `khamrap.read_role`.
 *
 * @returns the names of those that ran now
 */
export async function runMigrations({ database, migrations }: RunMigrationsOptions): Promise<readonly string[]> {
  return withClient(database.urls.migrate, async (client) => {
    await waitForLock(client);
    const dataSource = new DataSource({
      type: 'postgres',
      url: database.urls.migrate,
      applicationName: 'khamrap migrate',
      migrations: [...migrations],
      migrationsTableName: 'khamrap_migrations',
      migrationsTransactionMode: 'each',
      synchronize: false,
      logging: false,
      // The default one prints why a migration failed, which whoever called us learns anyway.
      logger: 'debug',
      installExtensions: false,
      extra: { options: sessionOptions(database.roles) },
    });
    await dataSource.initialize();
    try {
      return (await dataSource.runMigrations()).map(({ name }) => name);
    } finally {
      await dataSource.destroy();
    }
  });
}

/** Asks again and again: a session that waits inside the lock would hold up CREATE INDEX CONCURRENTLY of the one that has it. */
async function waitForLock(client: Client): Promise<void> {
  const until = performance.now() + WAIT_MS;
  while (performance.now() < until) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      MIGRATION_LOCK,
    ]);
    if (rows[0]?.locked) return;
    await pause(POLL_INTERVAL_MS);
  }
  throw new Error(`Another instance has been changing the database for more than ${WAIT_MS} ms.`);
}

function sessionOptions(roles: Database['roles']): string {
  const granted = ['append', 'project', 'read'] as const;
  return granted.map((kind) => `-c khamrap.${kind}_role=${escapeOption(roles[kind])}`).join(' ');
}

/** The server splits the options at blanks, unless a backslash stands before (pg_split_opts in postinit.c). */
function escapeOption(value: string): string {
  return value.replace(/[\s\\]/g, '\\$&');
}
