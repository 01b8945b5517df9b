import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who read what is private or not published: rows that are added by one function, and never altered or removed by anybody. They
 * lie outside of the ledger, which is read by everybody; the root of the tree over them is sealed into it.
 */
export class KeepAccesses1700000000011 implements MigrationInterface {
  readonly name = 'KeepAccesses1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, APPEND, SETTLE, ...NEVER_CHANGED, GRANTS]) await runner.query(statement);
  }

  /** What was read is not forgotten, so neither is the table that says so. */
  async down(): Promise<void> {
    throw new Error('the access log cannot be taken back');
  }
}

const TABLES = [
  `CREATE SCHEMA access_log`,
  `CREATE TABLE access_log.head (
     only_row    boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
     next_number bigint NOT NULL,
     at_ms       bigint NOT NULL
   ) WITH (fillfactor = 10)`,
  `INSERT INTO access_log.head (next_number, at_ms) VALUES (0, 0)`,
  // What is searched by is taken out of the body when the row is made, so that it cannot say anything else.
  `CREATE TABLE access_log.entry (
     number bigint NOT NULL PRIMARY KEY CHECK (number >= 0),
     at_ms  bigint NOT NULL,
     person text COLLATE "C" NOT NULL,
     route  text COLLATE "C" NOT NULL,
     places text[] COLLATE "C" NOT NULL CHECK (places <> '{}'),
     names  text[] COLLATE "C" NOT NULL,
     body   text NOT NULL,
     salt   bytea NOT NULL CHECK (length(salt) = 16)
   )`,
  `CREATE INDEX entry_of_person ON access_log.entry (person, number)`,
  `CREATE INDEX entry_of_time ON access_log.entry (at_ms)`,
  `CREATE INDEX entry_of_name ON access_log.entry USING gin (names)`,
  // What proves and seals needs no content.
  `CREATE TABLE access_log.leaf (
     number bigint NOT NULL PRIMARY KEY CHECK (number >= 0),
     at_ms  bigint NOT NULL,
     hash   bytea NOT NULL CHECK (length(hash) = 32)
   )`,
  // The roots of 256 leaves, of 256 such roots, and so on: what a proof needs of a large tree. They can be computed again.
  `CREATE TABLE access_log.node (
     level      integer NOT NULL CHECK (level BETWEEN 1 AND 7),
     node_index bigint NOT NULL CHECK (node_index >= 0),
     hash       bytea NOT NULL CHECK (length(hash) = 32),
     PRIMARY KEY (level, node_index)
   )`,
  // A statement that does not say what it is entitled to is answered with nothing.
  `ALTER TABLE access_log.entry ENABLE ROW LEVEL SECURITY`,
  `CREATE POLICY own ON access_log.entry FOR SELECT
   USING (person = current_setting('khamrap.entitled_pseudonym', true))`,
  `CREATE POLICY reviewed ON access_log.entry FOR SELECT USING (
     current_setting('khamrap.entitled_places', true) = 'all'
     OR places <@ string_to_array(nullif(current_setting('khamrap.entitled_places', true), ''), E'\\n'))`,
];

/**
 * Adds rows: locks the head row first, so that all instances number in one order, and makes each leaf here, where the number is
 * given. `waits`: whether the commit waits for the disk; one that does not is on it within a second, and lost only if the
 * server itself is lost before.
 */
const APPEND = `
CREATE FUNCTION access_log.append(log text, bodies text[], salts bytea[], waits boolean, OUT next_number bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  first_number bigint;
  now_ms bigint;
  at_text text;
BEGIN
  IF NOT waits THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
  SELECT head.next_number, greatest(head.at_ms, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)
  INTO STRICT first_number, now_ms FROM access_log.head FOR UPDATE;
  at_text := to_char(timestamp 'epoch' + now_ms * interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  INSERT INTO access_log.entry (number, at_ms, person, route, places, names, body, salt)
  SELECT first_number + added.place - 1, now_ms, added.body::jsonb ->> 'person', added.body::jsonb ->> 'route',
         ARRAY(SELECT jsonb_array_elements_text(added.body::jsonb -> 'places')),
         ARRAY(SELECT DISTINCT name FROM (
           SELECT value FROM jsonb_each_text(added.body::jsonb -> 'parameters')
           UNION ALL SELECT value ->> 'stream' FROM jsonb_array_elements(added.body::jsonb -> 'opened')) AS named(name)),
         added.body, added.salt
  FROM unnest(bodies, salts) WITH ORDINALITY AS added(body, salt, place);
  INSERT INTO access_log.leaf (number, at_ms, hash)
  SELECT first_number + added.place - 1, now_ms, sha256('\\x00'::bytea || convert_to(
    '{"at":"' || at_text || '","body":"' || encode(sha256(added.salt || convert_to(added.body, 'UTF8')), 'hex')
    || '","log":"' || log || '","number":' || (first_number + added.place - 1)::text || ',"v":1}', 'UTF8'))
  FROM unnest(bodies, salts) WITH ORDINALITY AS added(body, salt, place);
  next_number := first_number + cardinality(bodies);
  UPDATE access_log.head SET next_number = append.next_number, at_ms = now_ms;
END $$`;

/** Answers with how many rows there are once all of them are on the disk: what is sealed must not be lost afterwards. */
const SETTLE = `
CREATE FUNCTION access_log.settle() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ UPDATE access_log.head SET at_ms = at_ms RETURNING next_number $$`;

const NEVER_CHANGED = [
  `CREATE FUNCTION access_log.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
   AS $$ BEGIN RAISE EXCEPTION 'who read what is never altered' USING ERRCODE = 'KL004'; END $$`,
  ...['entry', 'leaf', 'node'].map(
    (table) => `CREATE TRIGGER ${table}_never_changed BEFORE UPDATE OR DELETE ON access_log.${table}
     FOR EACH ROW EXECUTE FUNCTION access_log.refuse_change()`,
  ),
  `CREATE TRIGGER head_never_removed BEFORE DELETE ON access_log.head
   FOR EACH ROW EXECUTE FUNCTION access_log.refuse_change()`,
  ...['entry', 'leaf', 'node', 'head'].map(
    (table) => `CREATE TRIGGER ${table}_never_truncated BEFORE TRUNCATE ON access_log.${table}
     FOR EACH STATEMENT EXECUTE FUNCTION access_log.refuse_change()`,
  ),
];

// Not to the roles that project and read: what is asked by many statements is nothing that all of them need to see.
const GRANTS = `
DO $$
DECLARE
  writer text := current_setting('khamrap.append_role');
BEGIN
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access_log FROM PUBLIC;
  EXECUTE format('GRANT USAGE ON SCHEMA access_log TO %I', writer);
  EXECUTE format('GRANT SELECT ON access_log.entry, access_log.leaf, access_log.node, access_log.head TO %I', writer);
  EXECUTE format('GRANT INSERT ON access_log.node TO %I', writer);
  EXECUTE format('GRANT EXECUTE ON FUNCTION access_log.append, access_log.settle TO %I', writer);
END $$`;
