import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A wall of its own around the bytes: even the appending role reads those of one file at a time, of the file that its
 * transaction names (`khamrap.entitled_evidence`). And who has uploaded a file is kept: those people may see it again.
 */
export class WallEvidence1700000000007 implements MigrationInterface {
  readonly name = 'WallEvidence1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the wall around evidence is not taken down');
  }
}

const STATEMENTS = [
  // Of the same bytes there can be several: each has shown that they had them. Files from before name nobody.
  `CREATE TABLE evidence.uploader (
     sha256      text COLLATE "C" NOT NULL REFERENCES evidence.file,
     pseudonym   text COLLATE "C" NOT NULL,
     uploaded_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (sha256, pseudonym)
   )`,
  `CREATE INDEX uploader_pseudonym ON evidence.uploader (pseudonym)`,
  `ALTER TABLE evidence.uploader ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY one_file_or_one_person ON evidence.uploader FOR SELECT USING (
     sha256 = current_setting('khamrap.entitled_evidence', true)
     OR pseudonym = current_setting('khamrap.entitled_pseudonym', true))`,
  `CREATE POLICY added ON evidence.uploader FOR INSERT WITH CHECK (true)`,
  `ALTER TABLE evidence.chunk ENABLE ROW LEVEL SECURITY`,
  // The upload of the file is looked up once for a statement.
  `CREATE POLICY one_file ON evidence.chunk FOR SELECT USING (upload_id = (
     SELECT file.upload_id FROM evidence.file WHERE file.sha256 = current_setting('khamrap.entitled_evidence', true)))`,
  `CREATE POLICY added ON evidence.chunk FOR INSERT WITH CHECK (true)`,
  `DROP FUNCTION evidence.finish_upload(uuid, text, text)`,
  // Of two uploads of the same file one becomes it, and the other one is taken back; both have shown that they had its bytes.
  `CREATE FUNCTION evidence.finish_upload(finished uuid, hash text, type text, sender text) RETURNS boolean
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
   DECLARE is_file boolean;
   BEGIN
     INSERT INTO evidence.file (sha256, byte_count, chunk_count, media_type, upload_id)
     SELECT hash, sum(length(bytes)), count(*), type, finished FROM evidence.chunk WHERE upload_id = finished
     ON CONFLICT (sha256) DO NOTHING;
     is_file := FOUND;
     INSERT INTO evidence.uploader (sha256, pseudonym) VALUES (hash, sender) ON CONFLICT DO NOTHING;
     IF NOT is_file THEN PERFORM evidence.abandon_upload(finished); END IF;
     RETURN is_file;
   END $$`,
  `DO $$
   DECLARE writer text := current_setting('khamrap.append_role');
   BEGIN
     REVOKE ALL ON FUNCTION evidence.finish_upload FROM PUBLIC;
     EXECUTE format('GRANT SELECT, INSERT ON evidence.uploader TO %I', writer);
     EXECUTE format('GRANT EXECUTE ON FUNCTION evidence.finish_upload TO %I', writer);
   END $$`,
];
