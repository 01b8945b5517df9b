import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Questions that people keep: an address, under a title. The database shows nobody the ones of others unless they are shared, and
 * lets nobody end them but their owner.
 */
export class SaveQueries1700000000012 implements MigrationInterface {
  readonly name = 'SaveQueries1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA saved_queries CASCADE');
  }
}

const OWN = `owner = current_setting('khamrap.entitled_pseudonym', true)`;

const STATEMENTS = [
  `CREATE SCHEMA saved_queries`,
  `CREATE TABLE saved_queries.query (
     query_id uuid NOT NULL PRIMARY KEY,
     owner    text COLLATE "C" NOT NULL,
     title    text NOT NULL,
     address  text NOT NULL,
     shared   boolean NOT NULL,
     saved_at timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX query_owner ON saved_queries.query (owner)`,
  `ALTER TABLE saved_queries.query ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY seen ON saved_queries.query FOR SELECT USING (shared OR ${OWN})`,
  `CREATE POLICY added ON saved_queries.query FOR INSERT WITH CHECK (${OWN})`,
  `CREATE POLICY ended ON saved_queries.query FOR DELETE USING (${OWN})`,
  `DO $$
   BEGIN
     EXECUTE format('GRANT USAGE ON SCHEMA saved_queries TO %I', current_setting('khamrap.append_role'));
     EXECUTE format('GRANT SELECT, INSERT, DELETE ON saved_queries.query TO %I', current_setting('khamrap.append_role'));
   END $$`,
];
