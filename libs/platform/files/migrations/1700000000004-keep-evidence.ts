import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The bytes of evidence, in chunks, under their hash. Only the appending role reaches them. It adds chunks to uploads and
 * nothing else; what makes an upload a file, takes one back or erases one is done by functions.
 */
export class KeepEvidence1700000000004 implements MigrationInterface {
  readonly name = 'KeepEvidence1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('evidence cannot be taken back: events name it by its hash');
  }
}

const STATEMENTS = [
  `CREATE SCHEMA evidence`,
  `CREATE TABLE evidence.upload (
     upload_id uuid NOT NULL PRIMARY KEY,
     begun_at  timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE evidence.chunk (
     upload_id uuid NOT NULL REFERENCES evidence.upload ON DELETE CASCADE,
     number    integer NOT NULL CHECK (number >= 0),
     bytes     bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
     PRIMARY KEY (upload_id, number)
   )`,
  // Scans and pictures are compressed already; and a part of what is stored as it is can be read without the rest.
  `ALTER TABLE evidence.chunk ALTER COLUMN bytes SET STORAGE EXTERNAL`,
  // The hash stays when the bytes are erased. Chunks added to an upload after it became a file are none of the file's.
  `CREATE TABLE evidence.file (
     sha256      text COLLATE "C" NOT NULL PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
     byte_count  integer NOT NULL CHECK (byte_count > 0),
     chunk_count integer NOT NULL CHECK (chunk_count > 0),
     media_type  text COLLATE "C" NOT NULL,
     uploaded_at timestamptz NOT NULL DEFAULT now(),
     upload_id   uuid UNIQUE REFERENCES evidence.upload,
     erased_at   timestamptz,
     CHECK ((upload_id IS NULL) = (erased_at IS NOT NULL))
   )`,
  // Of two uploads of the same file one becomes it, and the other one is taken back. An upload becomes one file, once.
  `CREATE FUNCTION evidence.finish_upload(finished uuid, hash text, type text) RETURNS boolean
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
   BEGIN
     INSERT INTO evidence.file (sha256, byte_count, chunk_count, media_type, upload_id)
     SELECT hash, sum(length(bytes)), count(*), type, finished FROM evidence.chunk WHERE upload_id = finished
     ON CONFLICT (sha256) DO NOTHING;
     IF FOUND THEN RETURN true; END IF;
     PERFORM evidence.abandon_upload(finished);
     RETURN false;
   END $$`,
  `CREATE FUNCTION evidence.abandon_upload(abandoned uuid) RETURNS void
   LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
     DELETE FROM evidence.upload WHERE upload_id = abandoned
       AND NOT EXISTS (SELECT FROM evidence.file WHERE file.upload_id = abandoned)
   $$`,
  // No request lasts an hour, so an upload of that age is one that nobody will finish.
  `CREATE FUNCTION evidence.sweep_uploads(count_max integer) RETURNS integer
   LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
     WITH due AS (
       SELECT upload_id FROM evidence.upload
       WHERE begun_at < now() - interval '1 hour'
         AND NOT EXISTS (SELECT FROM evidence.file WHERE file.upload_id = upload.upload_id)
       LIMIT count_max FOR UPDATE SKIP LOCKED),
     removed AS (DELETE FROM evidence.upload USING due WHERE upload.upload_id = due.upload_id RETURNING 1)
     SELECT count(*)::integer FROM removed
   $$`,
  `CREATE FUNCTION evidence.erase_file(hash text) RETURNS boolean
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
   DECLARE erased uuid;
   BEGIN
     SELECT upload_id INTO erased FROM evidence.file WHERE sha256 = hash FOR UPDATE;
     IF erased IS NULL THEN RETURN false; END IF;
     UPDATE evidence.file SET upload_id = NULL, erased_at = now() WHERE sha256 = hash;
     DELETE FROM evidence.upload WHERE upload_id = erased;
     RETURN true;
   END $$`,
  `DO $$
   DECLARE writer text := current_setting('khamrap.append_role');
   BEGIN
     REVOKE ALL ON ALL FUNCTIONS IN SCHEMA evidence FROM PUBLIC;
     EXECUTE format('GRANT USAGE ON SCHEMA evidence TO %I', writer);
     EXECUTE format('GRANT SELECT ON evidence.file TO %I', writer);
     EXECUTE format('GRANT INSERT ON evidence.upload TO %I', writer);
     EXECUTE format('GRANT SELECT, INSERT ON evidence.chunk TO %I', writer);
     EXECUTE format('GRANT EXECUTE ON FUNCTION evidence.finish_upload, evidence.abandon_upload,
       evidence.sweep_uploads, evidence.erase_file TO %I', writer);
   END $$`,
];
