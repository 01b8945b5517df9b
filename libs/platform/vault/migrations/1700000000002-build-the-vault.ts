import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the log must not hold: private values with their salts, which person a pseudonym stands for, and the secrets that key
 * digests. Only the appending role reaches it, and erases nothing: erasure is a decision with an event of its own.
 */
export class BuildTheVault1700000000002 implements MigrationInterface {
  readonly name = 'BuildTheVault1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the vault cannot be taken back: the log commits to what it holds');
  }
}

const STATEMENTS = [
  `CREATE SCHEMA vault`,
  `CREATE TABLE vault.private_value (
     digest     text COLLATE "C" NOT NULL PRIMARY KEY,
     event_id   uuid NOT NULL,
     path       text COLLATE "C" NOT NULL,
     disclosure text COLLATE "C" NOT NULL,
     kept_at    timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE INDEX private_value_event ON vault.private_value (event_id)`,
  `CREATE TABLE vault.pseudonym (
     issuer    text COLLATE "C" NOT NULL,
     subject   text COLLATE "C" NOT NULL,
     pseudonym uuid NOT NULL UNIQUE,
     PRIMARY KEY (issuer, subject)
   )`,
  `CREATE TABLE vault.secret (name text COLLATE "C" NOT NULL PRIMARY KEY, bytes bytea NOT NULL)`,
  // A value whose append never came about belongs to no event. The delay leaves time for an append that is still under way.
  `CREATE FUNCTION vault.sweep_orphans() RETURNS bigint
   LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
     WITH swept AS (
       DELETE FROM vault.private_value
       WHERE kept_at < now() - interval '1 hour'
         AND NOT EXISTS (SELECT FROM ledger.event WHERE event.event_id = private_value.event_id)
       RETURNING 1)
     SELECT count(*) FROM swept
   $$`,
  `DO $$
   DECLARE writer text := current_setting('khamrap.append_role');
   BEGIN
     REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
     EXECUTE format('GRANT USAGE ON SCHEMA vault TO %I', writer);
     EXECUTE format('GRANT SELECT, INSERT ON vault.private_value, vault.pseudonym, vault.secret TO %I', writer);
     EXECUTE format('GRANT EXECUTE ON FUNCTION vault.sweep_orphans TO %I', writer);
   END $$`,
];
