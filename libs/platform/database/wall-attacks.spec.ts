import { Client, type DatabaseError } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { OpenTheLog1700000000001 } from '../event-store';
import { KeepEvidence1700000000004, WallEvidence1700000000007 } from '../files';
import { KeepProjections1700000000003 } from '../projections';
import { BuildTheVault1700000000002, WallTheVault1700000000005 } from '../vault';

// What each role could try against the log, the vault and the evidence as this program makes them; role-attacks.spec.ts tries
// what holds of any table. An attack fails when the server refuses it, or when reading or changing reaches no row.

const ROLES = ['append', 'project', 'read'] as const;
type Role = (typeof ROLES)[number];
/** Insufficient privilege; or, of a function that the role may call: no event of the log decides this. */
const REFUSED = /^(?:42501|KL003)$/;

const LOG = ['ledger.event', 'ledger.head'];
const VAULT = ['vault.private_value', 'vault.pseudonym', 'vault.secret', 'vault.erasure', 'vault.erasure_progress'];
const EVIDENCE = ['evidence.file', 'evidence.upload', 'evidence.chunk', 'evidence.uploader'];
const TABLES = [...LOG, ...VAULT, ...EVIDENCE];
const COLUMN: Readonly<Record<string, string>> = {
  'ledger.event': `body = '{}'`,
  'ledger.head': 'next_position = 0',
  'vault.private_value': `stream = 'x-y'`,
  'vault.pseudonym': `subject = 'x'`,
  'vault.secret': `name = 'x'`,
  'vault.erasure': `what = 'x'`,
  'vault.erasure_progress': 'position = 9',
  'evidence.file': `media_type = 'text/html'`,
  'evidence.upload': 'begun_at = now()',
  'evidence.chunk': `bytes = 'x'`,
  'evidence.uploader': `pseudonym = 'x'`,
};
/** Read by the appending role, as far as its transaction names it; listed by nobody. */
const WALLED = ['vault.private_value', 'vault.pseudonym', 'vault.secret', 'evidence.chunk', 'evidence.uploader'];
const UNREADABLE = ['evidence.upload', 'vault.erasure'];

const changing = (table: string): readonly string[] => [
  `UPDATE ${table} SET ${COLUMN[table]}`,
  `UPDATE ${table} SET ${COLUMN[table]} WHERE false`,
  `DELETE FROM ${table}`,
  `TRUNCATE ${table} CASCADE`,
  `DROP TABLE ${table} CASCADE`,
  `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
  `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} OWNER TO CURRENT_USER`,
  `ALTER TABLE ${table} RENAME TO mine`,
  `CREATE POLICY mine ON ${table} USING (true)`,
  `CREATE TRIGGER mine BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
  `COPY ${table} TO PROGRAM 'cat'`,
  `COPY ${table} TO '/var/lib/khamrap-attack.csv'`,
  `COPY ${table} FROM PROGRAM 'cat /etc/passwd'`,
  `COPY ${table} FROM '/etc/passwd'`,
];
const reading = (table: string): readonly string[] => [
  `SELECT 1 FROM ${table}`,
  `COPY ${table} TO STDOUT`,
  `SET row_security = off; SELECT 1 FROM ${table}`,
  `SELECT 1 FROM ${table} WHERE ${COLUMN[table]} OR true`,
  `SELECT 1 FROM pg_catalog.pg_class CROSS JOIN LATERAL (SELECT 1 FROM ${table}) AS found`,
];

const OF_EVERYONE: readonly string[] = [
  ...TABLES.flatMap(changing),
  ...[...WALLED, ...UNREADABLE].flatMap(reading),
  'SET session_replication_role = replica',
  'SET ROLE %migrate',
  'SET ROLE %other',
  'SET SESSION AUTHORIZATION %other',
  'GRANT %other TO CURRENT_USER',
  'ALTER ROLE CURRENT_USER BYPASSRLS',
  ...['ledger', 'vault', 'evidence', 'projections', 'public', 'pg_catalog'].flatMap((schema) => [
    `CREATE FUNCTION ${schema}.mine() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
    `CREATE VIEW ${schema}.mine AS SELECT 1 AS one`,
    `GRANT CREATE ON SCHEMA ${schema} TO CURRENT_USER; CREATE TABLE ${schema}.mine (id int)`,
  ]),
  `CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
  `ALTER FUNCTION ledger.refuse_change() OWNER TO CURRENT_USER`,
  `CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  `CREATE TEMPORARY TABLE event (id int)`,
  `GRANT SELECT, UPDATE ON vault.secret TO CURRENT_USER; UPDATE vault.secret SET name = 'x'`,
  'SELECT vault.carry_out_erasure(gen_random_uuid())',
  `SELECT rolpassword FROM pg_authid`,
  `SELECT * FROM pg_shadow`,
  `SELECT * FROM pg_statistic`,
  `SELECT * FROM pg_file_settings`,
  `SELECT * FROM pg_hba_file_rules`,
  `SELECT pg_read_file('postgresql.conf')`,
  `SELECT pg_read_binary_file('PG_VERSION')`,
  `SELECT pg_ls_dir('.')`,
  `SELECT pg_stat_file('PG_VERSION')`,
  `SELECT pg_reload_conf()`,
  `SELECT pg_rotate_logfile()`,
  `SELECT pg_switch_wal()`,
  `SELECT pg_create_physical_replication_slot('mine')`,
  `SELECT pg_terminate_backend(%migratePid)`,
  `SELECT pg_cancel_backend(%migratePid)`,
  `SELECT lo_import('/etc/passwd')`,
  `SELECT lo_export(1, '/var/lib/khamrap-attack')`,
  `SELECT lo_create(0)`,
  `SELECT lo_creat(-1)`,
  `SELECT lo_from_bytea(0, 'x')`,
  'CREATE EXTENSION dblink',
  'CREATE EXTENSION postgres_fdw',
  'CREATE EXTENSION file_fdw',
  'CREATE FOREIGN DATA WRAPPER mine',
  'CREATE LANGUAGE plperl',
  `CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION ledger.refuse_change()`,
  'CREATE PUBLICATION mine FOR ALL TABLES',
  `CREATE SUBSCRIPTION mine CONNECTION 'host=localhost' PUBLICATION mine WITH (connect = false)`,
  `ALTER DATABASE %database SET row_security = off`,
  `ALTER ROLE %migrate SET row_security = off`,
  `LOAD '/var/lib/mine.so'`,
  'CHECKPOINT',
  'COMMENT ON TABLE ledger.event IS $$mine$$',
  'ALTER TABLE ledger.event SET (autovacuum_enabled = off)',
  'REINDEX TABLE ledger.event',
  'CLUSTER ledger.event USING event_pkey',
  'LOCK TABLE ledger.event IN ACCESS EXCLUSIVE MODE',
];

const OF_ROLE: Readonly<Record<Role, readonly string[]>> = {
  append: [
    `INSERT INTO ledger.event SELECT * FROM ledger.event`,
    `INSERT INTO evidence.file (sha256, byte_count, chunk_count, media_type, upload_id) VALUES (repeat('a', 64), 1, 1, '', gen_random_uuid())`,
    `INSERT INTO vault.erasure (decision, what) VALUES (gen_random_uuid(), 'x')`,
    `INSERT INTO vault.secret (name, bytes) VALUES ('request-hash', 'x') ON CONFLICT (name) DO UPDATE SET bytes = 'x'`,
    `INSERT INTO vault.pseudonym (issuer, subject, pseudonym) VALUES ('i', 's', gen_random_uuid()) RETURNING pseudonym`,
    `INSERT INTO evidence.uploader (sha256, pseudonym) VALUES (repeat('a', 64), 'x') RETURNING uploaded_at`,
    `SELECT 1 FROM projections.build`,
    `SELECT 1 FROM vault.private_value WHERE stream = current_setting('khamrap.entitled_stream', true)`,
    `SELECT set_config('khamrap.entitled_stream', '%', false); SELECT 1 FROM vault.private_value`,
  ],
  project: [...VAULT, ...EVIDENCE]
    .flatMap(reading)
    .concat([
      `SELECT projections.make_schema('vault')`,
      `SELECT projections.drop_schema('ledger')`,
      `SELECT projections.drop_schema('vault_build_1"; DROP SCHEMA vault; --')`,
      `SELECT ledger.choose_clock('simulated')`,
      `INSERT INTO ledger.event SELECT * FROM ledger.event`,
      `SELECT vault.sweep_orphans(1)`,
      `TRUNCATE projections.build`,
    ]),
  read: [...VAULT, ...EVIDENCE]
    .flatMap(reading)
    .concat([
      `INSERT INTO ledger.event SELECT * FROM ledger.event`,
      `SELECT ledger.choose_clock('simulated')`,
      `UPDATE projections.build SET position = 0`,
      `CREATE VIEW read_model.mine AS SELECT 1 AS one`,
      `SELECT projections.make_schema('mine_build_1')`,
      `SELECT projections.drop_schema('mine_build_1')`,
      `SELECT evidence.erase_file('x')`,
      `SELECT vault.sweep_orphans(1)`,
    ]),
};

const HASH = 'ab'.repeat(32);
/** One of each, put there by the owner, so that there is something to be read and to be lost. */
const SEED = `
  INSERT INTO ledger.event VALUES (0, 0, 'tally-one', 0, gen_random_uuid(), 'Something', 1, '{}',
    decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'));
  INSERT INTO vault.private_value (digest, event_id, path, disclosure, stream) VALUES ('d', gen_random_uuid(), '/n', 'x', 'tally-one');
  INSERT INTO vault.pseudonym VALUES ('issuer', 'subject', gen_random_uuid());
  INSERT INTO vault.secret VALUES ('request-hash', 'secret');
  INSERT INTO vault.erasure (decision, what) VALUES (gen_random_uuid(), 'd');
  WITH upload AS (INSERT INTO evidence.upload VALUES (gen_random_uuid()) RETURNING upload_id),
  chunk AS (INSERT INTO evidence.chunk SELECT upload_id, 0, 'bytes' FROM upload)
  INSERT INTO evidence.file (sha256, byte_count, chunk_count, media_type, upload_id) SELECT '${HASH}', 5, 1, 'text/plain', upload_id FROM upload;
  INSERT INTO evidence.uploader VALUES ('${HASH}', 'someone')`;
const STATE = `SELECT ${TABLES.map((table) => `(SELECT jsonb_agg(t) FROM ${table} AS t)`).join(', ')},
  (SELECT array_agg(format('%s %s %s %s', relname, relowner, relrowsecurity, relacl) ORDER BY oid) FROM pg_class
   WHERE relnamespace = ANY ('{ledger,vault,evidence,projections}'::regnamespace[]))`;

describe.each(ROLES)('the role %s', (role) => {
  let testDatabase: TestDatabase;
  let owner: Client;
  let client: Client;
  let replacements: Readonly<Record<string, string>>;
  const allowed: string[] = [];

  beforeAll(async () => {
    testDatabase = await createTestDatabase({
      migrations: [
        OpenTheLog1700000000001,
        BuildTheVault1700000000002,
        KeepProjections1700000000003,
        KeepEvidence1700000000004,
        WallTheVault1700000000005,
        WallEvidence1700000000007,
      ],
    });
    const { urls, roles } = testDatabase.database;
    owner = new Client(urls.migrate);
    await owner.connect();
    await owner.query(SEED);
    client = new Client(urls[role]);
    await client.connect();
    // An attacker would begin with these; what holds are privileges and policies, not settings of the session.
    await client.query('SET default_transaction_read_only = off; SET statement_timeout = 5000');
    const { rows } = await owner.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    replacements = {
      '%migratePid': String(rows[0]?.pid),
      '%migrate': roles.migrate,
      '%other': roles[role === 'append' ? 'project' : 'append'],
      '%database': new URL(urls.read).pathname.slice(1),
    };
  });

  afterAll(async () => {
    await client.end();
    await owner.end();
    await testDatabase.drop();
  });

  /** Whether the server did what was asked and it came to anything; an attack that fails for another reason proves nothing. */
  async function succeeds(attack: string): Promise<boolean> {
    const sql = Object.entries(replacements).reduce((text, [mark, value]) => text.replace(mark, value), attack);
    try {
      await client.query('BEGIN');
      const answer = (await client.query(sql)) as unknown as
        { rowCount: number | null } | { rowCount: number | null }[];
      const last = Array.isArray(answer) ? answer.at(-1) : answer;
      return last?.rowCount !== 0;
    } catch (error) {
      expect([sql, (error as DatabaseError).code]).toEqual([sql, expect.stringMatching(REFUSED)]);
      return false;
    } finally {
      await client.query('ROLLBACK');
    }
  }

  it('reaches nothing by any of the attacks, and leaves all as it was', async () => {
    const attacks = [...OF_EVERYONE, ...OF_ROLE[role]];
    const before = (await owner.query(STATE)).rows;
    for (const attack of attacks) if (await succeeds(attack)) allowed.push(attack);
    console.log(`${role}: attempts ${attacks.length}, allowed ${allowed.length}`);
    expect(allowed).toEqual([]);
    expect((await owner.query(STATE)).rows).toEqual(before);
  }, 60_000);

  it('would be found out if one of them went through', async () => {
    expect(await succeeds('SELECT 1 FROM ledger.event')).toBe(true);
    expect(await succeeds(`SELECT set_config('khamrap.entitled_stream', 'tally-one', true)`)).toBe(true);
    const entitled = `SELECT set_config('khamrap.entitled_stream', 'tally-one', true); SELECT 1 FROM vault.private_value`;
    expect(await succeeds(entitled)).toBe(role === 'append');
  });
});
