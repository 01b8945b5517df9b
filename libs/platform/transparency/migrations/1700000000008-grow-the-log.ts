import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The verifiable log over the events: its tiles, its full bundles of entries, and where it stands. All of it can be computed
 * again from the events; that a tile only grows and that nothing here is removed is hygiene, not evidence.
 */
export class GrowTheLog1700000000008 implements MigrationInterface {
  readonly name = 'GrowTheLog1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA transparency CASCADE');
  }
}

const TABLES = [
  `CREATE SCHEMA transparency`,
  // One row for each tile, growing by its hashes: a part of it is its beginning.
  `CREATE TABLE transparency.tile (
     level      integer NOT NULL CHECK (level BETWEEN 0 AND 63),
     tile_index bigint NOT NULL CHECK (tile_index >= 0),
     hashes     bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
     PRIMARY KEY (level, tile_index)
   )`,
  `CREATE TABLE transparency.entry_bundle (
     bundle_index bigint NOT NULL PRIMARY KEY CHECK (bundle_index >= 0),
     bytes        bytea NOT NULL
   )`,
  // Hashes cannot be compressed, and trying costs time for each row.
  `ALTER TABLE transparency.tile ALTER COLUMN hashes SET STORAGE EXTERNAL`,
  `ALTER TABLE transparency.entry_bundle ALTER COLUMN bytes SET STORAGE EXTERNAL`,
  // The last leaf of each stream, and by what name the log knows the stream.
  `CREATE TABLE transparency.stream_head (
     stream    text COLLATE "C" NOT NULL PRIMARY KEY,
     reference bytea NOT NULL CHECK (length(reference) = 32),
     revision  integer NOT NULL CHECK (revision >= 0),
     position  bigint NOT NULL CHECK (position >= 0),
     leaf_hash bytea NOT NULL CHECK (length(leaf_hash) = 32)
   ) WITH (fillfactor = 70)`,
  // The epoch is that of the builder that leads; it fences off those before it.
  `CREATE TABLE transparency.state (
     only_row boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
     log_id   uuid,
     epoch    bigint NOT NULL,
     size     bigint NOT NULL,
     root     bytea NOT NULL CHECK (length(root) = 32),
     frontier bytea NOT NULL CHECK (length(frontier) % 32 = 0),
     trouble  text
   ) WITH (fillfactor = 10)`,
  `INSERT INTO transparency.state (epoch, size, root, frontier) VALUES (0, 0, sha256(''), '')`,
  `CREATE TABLE transparency.published (
     only_row     boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
     size         bigint NOT NULL,
     origin       text COLLATE "C" NOT NULL,
     note         text NOT NULL,
     published_at timestamptz NOT NULL DEFAULT now()
   ) WITH (fillfactor = 10)`,
  `CREATE TABLE transparency.kept_checkpoint (
     size      bigint NOT NULL,
     origin    text COLLATE "C" NOT NULL,
     note      text NOT NULL,
     witnessed boolean NOT NULL DEFAULT false,
     kept_at   timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (size, origin)
   )`,
  `CREATE INDEX last_witnessed ON transparency.kept_checkpoint (size) WHERE witnessed`,
  `CREATE INDEX last_kept ON transparency.kept_checkpoint (kept_at)`,
];

const HYGIENE = [
  `CREATE FUNCTION transparency.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
   AS $$ BEGIN RAISE EXCEPTION 'what the log has shown is never altered' USING ERRCODE = 'KL003'; END $$`,
  `CREATE FUNCTION transparency.only_growing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
   AS $$
   BEGIN
     IF NEW.level <> OLD.level OR NEW.tile_index <> OLD.tile_index
        OR substring(NEW.hashes FOR length(OLD.hashes)) <> OLD.hashes THEN
       RAISE EXCEPTION 'a tile of the log only grows' USING ERRCODE = 'KL003';
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE FUNCTION transparency.only_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
   AS $$
   BEGIN
     IF NEW.size < OLD.size OR NEW.epoch < OLD.epoch OR NEW.log_id IS DISTINCT FROM coalesce(OLD.log_id, NEW.log_id) THEN
       RAISE EXCEPTION 'the log does not become smaller, nor another one' USING ERRCODE = 'KL003';
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER tile_only_grows BEFORE UPDATE ON transparency.tile
   FOR EACH ROW EXECUTE FUNCTION transparency.only_growing()`,
  `CREATE TRIGGER state_only_forward BEFORE UPDATE ON transparency.state
   FOR EACH ROW EXECUTE FUNCTION transparency.only_forward()`,
  `CREATE TRIGGER bundle_never_changed BEFORE UPDATE ON transparency.entry_bundle
   FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change()`,
  ...['tile', 'entry_bundle', 'stream_head', 'state', 'kept_checkpoint'].flatMap((table) => [
    `CREATE TRIGGER ${table}_never_removed BEFORE DELETE ON transparency.${table}
     FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change()`,
    `CREATE TRIGGER ${table}_never_truncated BEFORE TRUNCATE ON transparency.${table}
     FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change()`,
  ]),
];

const GRANTS = `
DO $$
DECLARE
  builder text := current_setting('khamrap.project_role');
  reader text := current_setting('khamrap.read_role');
BEGIN
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA transparency FROM PUBLIC;
  EXECUTE format('GRANT USAGE ON SCHEMA transparency TO %I, %I', builder, reader);
  EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA transparency TO %I, %I', builder, reader);
  EXECUTE format('GRANT INSERT ON transparency.tile, transparency.entry_bundle, transparency.stream_head,
                  transparency.published, transparency.kept_checkpoint TO %I', builder);
  EXECUTE format('GRANT UPDATE ON transparency.tile, transparency.stream_head, transparency.state,
                  transparency.published, transparency.kept_checkpoint TO %I', builder);
END $$`;

const STATEMENTS = [...TABLES, ...HYGIENE, GRANTS];
