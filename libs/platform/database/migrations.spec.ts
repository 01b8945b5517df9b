import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { runMigrations } from './migrations';
import { createPool } from './pool';
import { readDataSource } from './read-data-source';

abstract class Irreversible implements MigrationInterface {
  abstract up(runner: QueryRunner): Promise<void>;

  async down(): Promise<void> {
    throw new Error('an event once written is never altered');
  }
}

class KeepNotes1700000000001 extends Irreversible {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE note (id bigint PRIMARY KEY, text text NOT NULL)');
    await runner.query(`DO $$ BEGIN
      EXECUTE format('GRANT INSERT ON note TO %I', current_setting('khamrap.append_role'));
      EXECUTE format('GRANT SELECT ON note TO %I, %I', current_setting('khamrap.project_role'), current_setting('khamrap.read_role'));
    END $$`);
  }
}

class FailHalfway1700000000002 extends Irreversible {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half_made (id int)');
    await runner.query('SELECT 1 / 0');
  }
}

@Entity('note')
class Note {
  @PrimaryColumn('bigint')
  id: number;

  @Column('text')
  text: string;
}

describe('runMigrations', () => {
  let test: TestDatabase;

  beforeEach(async () => {
    test = await createTestDatabase();
  });

  afterEach(() => test.drop());

  it('runs each once, however many instances start together', async () => {
    const { database } = test;
    const migrations = [KeepNotes1700000000001];
    const ran = await Promise.all([1, 2, 3].map(() => runMigrations({ database, migrations })));
    expect(ran.flat()).toEqual(['KeepNotes1700000000001']);
    expect(await runMigrations({ database, migrations })).toEqual([]);
  });

  it('undoes one that fails and keeps those before it', async () => {
    const { database } = test;
    const migrations = [KeepNotes1700000000001, FailHalfway1700000000002];
    await expect(runMigrations({ database, migrations })).rejects.toThrow(/division by zero/);
    const pool = createPool({ url: database.urls.read, size: 1, applicationName: 'spec' });
    const { rows } = await pool.query(`SELECT to_regclass('note') AS kept, to_regclass('half_made') AS undone`);
    await pool.end();
    expect(rows).toEqual([{ kept: 'note', undone: null }]);
  });

  it('prepares what TypeORM reads, and only reads', async () => {
    const { database } = test;
    await runMigrations({ database, migrations: [KeepNotes1700000000001] });
    const pool = createPool({ url: database.urls.append, size: 1, applicationName: 'spec' });
    await pool.query(`INSERT INTO note VALUES (7, 'ส่งแล้ว')`);
    await pool.end();

    const dataSource = await readDataSource({ database, entities: [Note], poolSize: 2 });
    const notes = dataSource.getRepository(Note);
    expect(await notes.find()).toEqual([{ id: 7, text: 'ส่งแล้ว' }]);
    expect(await notes.createQueryBuilder('note').select('note.id', 'id').getRawMany()).toEqual([{ id: 7 }]);
    await expect(notes.insert({ id: 8, text: 'no' })).rejects.toThrow(/permission denied|read-only transaction/);
    await dataSource.destroy();
  });
});
