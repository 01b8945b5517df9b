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
  // Whether an event in the log commits to the value is found out once, by the sweep.
  `CREATE TABLE vault.private_value (
     digest     text COLLATE "C" NOT NULL PRIMARY KEY,
     event_id   uuid NOT NULL,
     path       text COLLATE "C" NOT NULL,
     disclosure text COLLATE "C" NOT NULL,
     kept_at    timestamptz NOT NULL DEFAULT now(),
     stands     boolean NOT NULL DEFAULT false
   )`,
  `CREATE INDEX private_value_event ON vault.private_value (event_id)`,
  `CREATE INDEX private_value_unjudged ON vault.private_value (kept_at) WHERE NOT stands`,
  `CREATE TABLE vault.pseudonym (
     issuer    text COLLATE "C" NOT NULL,
     subject   text COLLATE "C" NOT NULL,
     pseudonym uuid NOT NULL UNIQUE,
     PRIMARY KEY (issuer, subject)
   )`,
  `CREATE TABLE vault.secret (name text COLLATE "C" NOT NULL PRIMARY KEY, bytes bytea NOT NULL)`,
  // A value whose append never came about stands in no event: none has its id, or the one that has was decided again, here or
  // on another instance, and commits to another text or another salt. The delay leaves time for an append under way.
  `CREATE FUNCTION vault.sweep_orphans(count_max integer, OUT judged integer, OUT swept integer)
   LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
     WITH due AS (
       SELECT digest, event_id FROM vault.private_value
       WHERE NOT stands AND kept_at < now() - interval '1 hour'
       ORDER BY kept_at LIMIT count_max FOR UPDATE SKIP LOCKED),
     verdict AS (
       SELECT digest, EXISTS (
         SELECT FROM ledger.event WHERE event.event_id = due.event_id AND strpos(event.body, due.digest) > 0
       ) AS stands FROM due),
     kept AS (
       UPDATE vault.private_value SET stands = true FROM verdict
       WHERE private_value.digest = verdict.digest AND verdict.stands),
     removed AS (
       DELETE FROM vault.private_value USING verdict
       WHERE private_value.digest = verdict.digest AND NOT verdict.stands RETURNING 1)
     SELECT (SELECT count(*) FROM verdict)::integer, (SELECT count(*) FROM removed)::integer
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
