import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A second wall around the vault: even the appending role, which has to read it, is answered only with what its transaction
 * names (`khamrap.entitled_…`), so no statement lists it, by mistake or on purpose. And the one way to erase from it: what an
 * event of the log decides to be erased, word for word.
 */
export class WallTheVault1700000000005 implements MigrationInterface {
  readonly name = 'WallTheVault1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the wall around the vault is not taken down');
  }
}

const STATEMENTS = [
  // Of values whose events have not come about nobody knows the stream; the sweep finds it out, or removes them.
  `ALTER TABLE vault.private_value ADD COLUMN stream text COLLATE "C"`,
  `UPDATE vault.private_value SET stream = event.stream FROM ledger.event WHERE event.event_id = private_value.event_id`,
  `ALTER TABLE vault.private_value ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY one_stream ON vault.private_value FOR SELECT
   USING (stream = current_setting('khamrap.entitled_stream', true))`,
  `CREATE POLICY added ON vault.private_value FOR INSERT WITH CHECK (true)`,
  `ALTER TABLE vault.pseudonym ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY one_person ON vault.pseudonym FOR SELECT USING (
     (issuer = current_setting('khamrap.entitled_issuer', true) AND subject = current_setting('khamrap.entitled_subject', true))
     OR pseudonym::text = current_setting('khamrap.entitled_pseudonym', true))`,
  `CREATE POLICY added ON vault.pseudonym FOR INSERT WITH CHECK (true)`,
  `ALTER TABLE vault.secret ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY one_purpose ON vault.secret FOR SELECT USING (name = current_setting('khamrap.entitled_secret', true))`,
  `CREATE POLICY added ON vault.secret FOR INSERT WITH CHECK (true)`,
  `CREATE OR REPLACE FUNCTION vault.sweep_orphans(count_max integer, OUT judged integer, OUT swept integer)
   LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
     WITH due AS (
       SELECT digest, event_id FROM vault.private_value
       WHERE NOT stands AND kept_at < now() - interval '1 hour'
       ORDER BY kept_at LIMIT count_max FOR UPDATE SKIP LOCKED),
     verdict AS (
       SELECT digest, (
         SELECT event.stream FROM ledger.event WHERE event.event_id = due.event_id AND strpos(event.body, due.digest) > 0
       ) AS stream FROM due),
     kept AS (
       UPDATE vault.private_value SET stands = true, stream = verdict.stream FROM verdict
       WHERE private_value.digest = verdict.digest AND verdict.stream IS NOT NULL),
     removed AS (
       DELETE FROM vault.private_value USING verdict
       WHERE private_value.digest = verdict.digest AND verdict.stream IS NULL RETURNING 1)
     SELECT (SELECT count(*) FROM verdict)::integer, (SELECT count(*) FROM removed)::integer
   $$`,
  // What was erased, when, and by which event: commitments and pseudonyms, nothing of what they stood for.
  `CREATE TABLE vault.erasure (
     decision  uuid NOT NULL,
     what      text COLLATE "C" NOT NULL,
     erased_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (decision, what)
   )`,
  // How far the log was read for decisions to erase. It lies in the vault so that a vault that is restored from a backup is
  // behind, and the decisions since are carried out on it again.
  `CREATE TABLE vault.erasure_progress (
     only_row boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
     position bigint NOT NULL
   )`,
  `INSERT INTO vault.erasure_progress (position) VALUES (-1)`,
  // Twice is once: what is gone stays gone. The identity gives way to a random one, and the pseudonym in the log to nobody.
  `CREATE FUNCTION vault.carry_out_erasure(decided uuid, OUT value_count integer, OUT identity_count integer)
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
   DECLARE from_vault jsonb;
   BEGIN
     SELECT event.body::jsonb #> '{data,fromVault}' INTO from_vault FROM ledger.event WHERE event.event_id = decided;
     IF from_vault IS NULL THEN
       RAISE EXCEPTION 'no event of the log decides this' USING ERRCODE = 'KL003';
     END IF;
     WITH named AS (SELECT DISTINCT jsonb_array_elements_text(from_vault -> 'commitments') AS digest),
     noted AS (INSERT INTO vault.erasure (decision, what) SELECT decided, digest FROM named ON CONFLICT DO NOTHING),
     removed AS (DELETE FROM vault.private_value USING named WHERE private_value.digest = named.digest RETURNING 1)
     SELECT count(*) INTO value_count FROM removed;
     WITH removed AS (
       UPDATE vault.pseudonym SET issuer = 'urn:khamrap:erased', subject = gen_random_uuid()::text
       WHERE pseudonym::text = from_vault ->> 'pseudonym' AND issuer <> 'urn:khamrap:erased' RETURNING pseudonym),
     noted AS (
       INSERT INTO vault.erasure (decision, what) SELECT decided, pseudonym::text FROM removed ON CONFLICT DO NOTHING)
     SELECT count(*) INTO identity_count FROM removed;
   END $$`,
  `CREATE FUNCTION vault.note_erasure_progress(reached bigint) RETURNS void
   LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$ UPDATE vault.erasure_progress SET position = reached WHERE position < reached $$`,
  `DO $$
   DECLARE writer text := current_setting('khamrap.append_role');
   BEGIN
     REVOKE ALL ON FUNCTION vault.carry_out_erasure, vault.note_erasure_progress FROM PUBLIC;
     EXECUTE format('GRANT SELECT ON vault.erasure_progress TO %I', writer);
     EXECUTE format('GRANT EXECUTE ON FUNCTION vault.carry_out_erasure, vault.note_erasure_progress TO %I', writer);
   END $$`,
];
