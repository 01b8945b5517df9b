import { Client, DatabaseError } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../testing/database';

const INSUFFICIENT_PRIVILEGE = '42501';

/** A ledger and a read model as the migrations of this program grant them. */
class OpenSmallLedger1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE entry (position bigint PRIMARY KEY, body text NOT NULL);
      CREATE TABLE standing (office text PRIMARY KEY, score int NOT NULL);
      INSERT INTO entry VALUES (0, 'first');
      CREATE FUNCTION erase() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'DELETE FROM entry';
      DO $$ BEGIN
        EXECUTE format('GRANT SELECT, INSERT ON entry TO %I', current_setting('khamrap.append_role'));
        EXECUTE format('GRANT SELECT ON entry TO %I, %I', current_setting('khamrap.project_role'), current_setting('khamrap.read_role'));
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON standing TO %I', current_setting('khamrap.project_role'));
        EXECUTE format('GRANT SELECT ON standing TO %I', current_setting('khamrap.read_role'));
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION erase; DROP TABLE standing, entry');
  }
}

const ROLES = ['append', 'project', 'read'] as const;
type Role = (typeof ROLES)[number];

const ATTACKS_OF_EVERYONE = [
  `UPDATE entry SET body = 'other'`,
  `UPDATE entry SET body = body WHERE false`,
  `DELETE FROM entry`,
  `TRUNCATE entry`,
  `DROP TABLE entry`,
  `DROP SCHEMA public CASCADE`,
  `ALTER TABLE entry ADD COLUMN extra int`,
  `ALTER TABLE entry DISABLE TRIGGER ALL`,
  `ALTER TABLE entry OWNER TO CURRENT_USER`,
  `CREATE INDEX ON entry (body)`,
  `CREATE TRIGGER t BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
  `CREATE RULE r AS ON INSERT TO entry DO INSTEAD NOTHING`,
  `LOCK TABLE entry IN ACCESS EXCLUSIVE MODE; SELECT 1`,
  `INSERT INTO entry VALUES (0, 'x') ON CONFLICT (position) DO UPDATE SET body = 'x'`,
  `SELECT erase()`,
  `SELECT * FROM khamrap_migrations`,
  `CREATE TABLE public.mine (id int)`,
  `CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  `CREATE TEMPORARY TABLE mine (id int)`,
  `CREATE SCHEMA mine`,
  `CREATE EXTENSION citext`,
  `SET ROLE %migrate`,
  `SET SESSION AUTHORIZATION %migrate`,
  `SET session_replication_role = replica`,
  `GRANT %migrate TO CURRENT_USER`,
  `ALTER ROLE %migrate PASSWORD 'guess'`,
  `ALTER ROLE CURRENT_USER SUPERUSER`,
  `CREATE ROLE mine`,
  `CREATE DATABASE mine`,
  `DROP DATABASE %database`,
  `ALTER DATABASE %database SET synchronous_commit = off`,
  `ALTER SYSTEM SET fsync = off`,
  `COPY entry TO PROGRAM 'cat'`,
  `COPY entry TO 'entries.csv'`,
  `SELECT pg_read_file('postgresql.conf')`,
  `SELECT rolpassword FROM pg_authid`,
  `SELECT lo_import('/etc/passwd')`,
];

const ATTACKS: Readonly<Record<Role, readonly string[]>> = {
  append: ['SELECT * FROM standing', `INSERT INTO standing VALUES ('a', 1)`],
  project: [`INSERT INTO entry VALUES (1, 'x')`, 'TRUNCATE standing', 'DROP TABLE standing'],
  read: [`INSERT INTO entry VALUES (1, 'x')`, `INSERT INTO standing VALUES ('a', 1)`, 'DELETE FROM standing'],
};

const WORK: Readonly<Record<Role, readonly string[]>> = {
  append: [`INSERT INTO entry VALUES (1, 'second')`, 'SELECT * FROM entry'],
  project: [`INSERT INTO standing VALUES ('a', 1)`, 'UPDATE standing SET score = 2', 'SELECT * FROM entry'],
  read: ['SELECT * FROM entry', 'SELECT * FROM standing'],
};

describe.each(ROLES)('the role %s', (role) => {
  let test: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [OpenSmallLedger1700000000001] });
    client = new Client(test.database.urls[role]);
    await client.connect();
    // An attacker would begin with this; what holds are privileges, not a setting of the session.
    await client.query('SET default_transaction_read_only = off');
  });

  afterAll(async () => {
    await client.end();
    await test.drop();
  });

  it.each([...ATTACKS_OF_EVERYONE, ...ATTACKS[role]])('may not %s', async (attack) => {
    const database = new URL(test.database.urls.read).pathname.slice(1);
    const sql = attack.replace('%migrate', test.database.roles.migrate).replace('%database', database);
    const refusal = await client.query(sql).then(
      () => 'allowed',
      (error: unknown) => (error instanceof DatabaseError ? error.code : String(error)),
    );
    expect(refusal).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each(WORK[role])('may %s', async (statement) => {
    await client.query(statement);
  });

  it('cannot pass on what it has not got', async () => {
    const grants = `SELECT relname, relacl::text FROM pg_class WHERE relname IN ('entry', 'standing') ORDER BY relname`;
    const before = (await client.query(grants)).rows;
    // PostgreSQL answers these with a warning only.
    await client.query('GRANT ALL ON entry TO PUBLIC').catch(() => undefined);
    await client.query('GRANT ALL ON standing TO PUBLIC').catch(() => undefined);
    expect((await client.query(grants)).rows).toEqual(before);
  });

  it('has no power beside what it was granted, and no patience without end', async () => {
    const { rows } = await client.query(
      `SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication AS power,
              (SELECT count(*)::int FROM pg_auth_members WHERE member = pg_roles.oid) AS memberships,
              current_setting('statement_timeout') <> '0' AND current_setting('lock_timeout') <> '0'
                AND current_setting('idle_in_transaction_session_timeout') <> '0' AS bounded
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(rows).toEqual([{ power: false, memberships: 0, bounded: true }]);
  });
});
