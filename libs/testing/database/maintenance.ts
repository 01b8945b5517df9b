import { Client, escapeIdentifier } from 'pg';
import { readRunVariable, TEST_DATABASE_URL, TEST_RUN } from './run-environment';

const DATABASE_NAME_PREFIX = 'khamrap_test';

/** @throws Error unless the name says that what is in the database may be lost */
export function requireTestDatabase(databaseName: string): void {
  if (!/test/i.test(databaseName)) {
    throw new Error(`Tests erase only databases with "test" in their names, and this one is called ${databaseName}.`);
  }
}

export function databaseNameInRun(label: string): string {
  return `${DATABASE_NAME_PREFIX}_${readRunVariable(TEST_RUN)}_${label}`;
}

export async function dropDatabase(client: Client, databaseName: string): Promise<void> {
  requireTestDatabase(databaseName);
  await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(databaseName)} WITH (FORCE)`);
}

export async function dropDatabasesOfRun(): Promise<void> {
  await withMaintenance(async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [databaseNameInRun('')],
    );
    for (const { datname } of rows) await dropDatabase(client, datname);
  });
}

/** A session of the superuser, on the database of the given address itself. */
export async function withMaintenance<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({
    connectionString: readRunVariable(TEST_DATABASE_URL),
    application_name: 'khamrap tests',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function addressOf(databaseName: string): string {
  const url = new URL(readRunVariable(TEST_DATABASE_URL));
  url.pathname = `/${encodeURIComponent(databaseName)}`;
  return url.href;
}
