import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPool } from '@khamrap/platform/database';
import { createTestDatabase, requireTestDatabase } from './index';
import { withMaintenance } from './maintenance';

class KeepNotes1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE note (id bigint PRIMARY KEY)');
    await runner.query(`DO $$ BEGIN
      EXECUTE format('GRANT SELECT, INSERT ON note TO %I', current_setting('khamrap.append_role'));
      EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), current_setting('khamrap.project_role'));
    END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note');
  }
}

async function select<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const pool = createPool({ url, size: 1, applicationName: 'spec' });
  try {
    return (await pool.query<Row>(sql)).rows;
  } finally {
    await pool.end();
  }
}

describe('createTestDatabase', () => {
  it('makes databases that do not see each other, with the migrations and what they granted', async () => {
    const made = await Promise.all([1, 2].map(() => createTestDatabase({ migrations: [KeepNotes1700000000001] })));
    const [first, second] = made.map(({ database }) => database);

    await select(first!.urls.append, 'INSERT INTO note VALUES (1)');
    expect(await select(first!.urls.append, 'SELECT id FROM note')).toEqual([{ id: 1 }]);
    expect(await select(second!.urls.append, 'SELECT id FROM note')).toEqual([]);
    expect(
      await select(second!.urls.project, `SELECT has_database_privilege(current_database(), 'CREATE') AS may`),
    ).toEqual([{ may: true }]);

    await Promise.all(made.map(({ drop }) => drop()));
    await expect(select(first!.urls.append, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it('makes an empty one, whose name says that it may be lost', async () => {
    const { database, drop } = await createTestDatabase();
    const [row] = await select<{ name: string }>(database.urls.read, 'SELECT current_database() AS name');
    expect(() => requireTestDatabase(row!.name)).not.toThrow();
    await drop();
  });

  it('leaves no template behind that is not whole', async () => {
    class FailToMigrate1700000000002 implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('CREATE TABLE half_made (id int)');
        throw new Error('failed as asked');
      }
      async down(): Promise<void> {
        return;
      }
    }
    const names = () =>
      withMaintenance((client) => client.query(`SELECT datname FROM pg_database WHERE datname ~ '_draft_'`));
    await expect(createTestDatabase({ migrations: [FailToMigrate1700000000002] })).rejects.toThrow('failed as asked');
    expect((await names()).rows).toEqual([]);
  });
});

describe('requireTestDatabase', () => {
  it.each(['khamrap', 'postgres', 'protes'])('refuses %s', (name) => {
    expect(() => requireTestDatabase(name)).toThrow(/erase only databases with "test"/);
  });
});
