import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The log, its one head row, and the one function that may write to them. The roles are named by the settings
 * `khamrap.append_role`, `khamrap.project_role` and `khamrap.read_role`.
 */
export class OpenTheLog1700000000001 implements MigrationInterface {
  readonly name = 'OpenTheLog1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, APPEND_BATCH, POSITION_AT, ...NEVER_CHANGED, GRANTS])
      await runner.query(statement);
  }

  /** An event once written is never removed, so neither is the table that holds it. */
  async down(): Promise<void> {
    throw new Error('the log cannot be taken back');
  }
}

const TABLES = [
  `CREATE SCHEMA ledger`,
  // No other index: the position of a time is found by bisection, because recorded times never run backwards.
  `CREATE TABLE ledger.event (
     position       bigint NOT NULL PRIMARY KEY CHECK (position >= 0),
     recorded_at_ms bigint NOT NULL,
     stream         text COLLATE "C" NOT NULL,
     revision       integer NOT NULL CHECK (revision >= 0),
     event_id       uuid NOT NULL UNIQUE,
     type           text COLLATE "C" NOT NULL,
     schema_version integer NOT NULL CHECK (schema_version >= 1),
     body           text NOT NULL,
     salt           bytea NOT NULL CHECK (length(salt) = 16),
     body_hash      bytea NOT NULL CHECK (length(body_hash) = 32),
     UNIQUE (stream, revision)
   )`,
  `CREATE TABLE ledger.head (
     only_row       boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
     next_position  bigint NOT NULL,
     recorded_at_ms bigint NOT NULL,
     clock          text NOT NULL CHECK (clock IN ('system', 'simulated'))
   ) WITH (fillfactor = 10)`,
  `INSERT INTO ledger.head (next_position, recorded_at_ms, clock) VALUES (0, 0, 'system')`,
  // The clock is chosen before the first event and never again: null when it is too late.
  `CREATE FUNCTION ledger.choose_clock(chosen text) RETURNS boolean
   LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$ UPDATE ledger.head SET clock = chosen WHERE next_position = 0 RETURNING true $$`,
];

/**
 * Appends a batch: locks the head row first, which gives one total order over all instances, judges each append by itself,
 * and gives contiguous positions to those that stand. Arguments with one element per append: append_streams,
 * expected_revisions, event_counts, supplied_at_ms (0: the store's clock). All others have one element per event, in the
 * order of the appends. The caller sees to it that no stream and no event id comes twice in one batch.
 *
 * Plans are made once and go by index: made for each batch anew, they would copy its bodies into every plan (a fifth of the
 * throughput), and made while the log is small, they would read all of it later.
 */
const APPEND_BATCH = `
CREATE FUNCTION ledger.append_batch(
  append_streams text[], expected_revisions integer[], event_counts integer[], supplied_at_ms bigint[],
  append_numbers integer[], streams text[], revisions integer[], event_ids uuid[], types text[], schema_versions integer[],
  bodies text[], salts bytea[], body_hashes bytea[])
RETURNS TABLE (outcome text, actual_revision integer, first_position bigint, recorded_at_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
  next_free bigint;
  last_at_ms bigint;
  clock text;
  now_ms bigint;
  at_ms bigint;
  actuals integer[];
  taken boolean[];
  append_count integer := cardinality(append_streams);
  outcomes text[] := array_fill('appended'::text, ARRAY[append_count]);
  firsts bigint[] := array_fill(-1::bigint, ARRAY[append_count]);
  times bigint[] := array_fill(0::bigint, ARRAY[append_count]);
  event_base integer := 0;
  stored_count integer;
  stored_first bigint;
  stored_last bigint;
  stored_at_ms bigint;
BEGIN
  SELECT head.next_position, head.recorded_at_ms, head.clock INTO STRICT next_free, last_at_ms, clock
  FROM ledger.head FOR UPDATE;
  now_ms := greatest(last_at_ms, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint);

  SELECT array_agg(coalesce((
           SELECT event.revision FROM ledger.event WHERE event.stream = a.stream ORDER BY event.revision DESC LIMIT 1
         ), -1) ORDER BY a.number)
  INTO actuals FROM unnest(append_streams) WITH ORDINALITY AS a(stream, number);

  -- A scalar subquery, which is a probe for each id: EXISTS could be planned as a hash of all ids that there are.
  SELECT array_agg(elsewhere ORDER BY number) INTO taken FROM (
    SELECT e.number, bool_or(coalesce((SELECT true FROM ledger.event WHERE event.event_id = e.id LIMIT 1), false)) AS elsewhere
    FROM unnest(append_numbers, event_ids) AS e(number, id) GROUP BY e.number
  ) AS found;

  FOR i IN 1 .. append_count LOOP
    IF supplied_at_ms[i] > 0 THEN
      IF clock <> 'simulated' THEN
        RAISE EXCEPTION 'this log reads its own clock' USING ERRCODE = 'KL001';
      END IF;
      at_ms := greatest(last_at_ms, supplied_at_ms[i]);
    ELSE
      at_ms := greatest(last_at_ms, now_ms);
    END IF;
    IF NOT taken[i] AND actuals[i] = expected_revisions[i] THEN
      firsts[i] := next_free;
      times[i] := at_ms;
      next_free := next_free + event_counts[i];
      last_at_ms := at_ms;
    ELSE
      -- A repeat: these very ids already stand at these very revisions, appended together.
      SELECT count(*), min(event.position), max(event.position), min(event.recorded_at_ms)
      INTO stored_count, stored_first, stored_last, stored_at_ms
      FROM ledger.event
      WHERE event.stream = append_streams[i]
        AND event.revision BETWEEN expected_revisions[i] + 1 AND expected_revisions[i] + event_counts[i]
        AND event.event_id = event_ids[event_base + event.revision - expected_revisions[i]];
      outcomes[i] := CASE
        WHEN stored_count = event_counts[i] AND stored_last - stored_first = event_counts[i] - 1 THEN 'repeated'
        WHEN actuals[i] <> expected_revisions[i] THEN 'conflict'
        ELSE 'eventIdTaken' END;
      firsts[i] := coalesce(stored_first, -1);
      times[i] := coalesce(stored_at_ms, 0);
    END IF;
    event_base := event_base + event_counts[i];
  END LOOP;

  INSERT INTO ledger.event
    (position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash)
  SELECT firsts[e.number] + e.revision - expected_revisions[e.number] - 1, times[e.number],
         e.stream, e.revision, e.event_id, e.type, e.schema_version, e.body, e.salt, e.body_hash
  FROM unnest(append_numbers, streams, revisions, event_ids, types, schema_versions, bodies, salts, body_hashes)
    AS e(number, stream, revision, event_id, type, schema_version, body, salt, body_hash)
  WHERE outcomes[e.number] = 'appended';

  IF FOUND THEN
    UPDATE ledger.head SET next_position = next_free, recorded_at_ms = last_at_ms;
    PERFORM pg_notify('khamrap_ledger', (next_free - 1)::text);
  END IF;

  RETURN QUERY SELECT r.outcome, r.actual, r.first, r.at
  FROM unnest(outcomes, actuals, firsts, times) AS r(outcome, actual, first, at);
END $$`;

const POSITION_AT = `
CREATE FUNCTION ledger.position_at(at_ms bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  low bigint := -1;
  high bigint;
  middle bigint;
  found_ms bigint;
BEGIN
  SELECT coalesce(max(position), -1) INTO high FROM ledger.event;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    SELECT event.recorded_at_ms INTO STRICT found_ms FROM ledger.event WHERE event.position = middle;
    IF found_ms <= at_ms THEN low := middle; ELSE high := middle - 1; END IF;
  END LOOP;
  RETURN low;
END $$`;

const NEVER_CHANGED = [
  `CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
   AS $$ BEGIN RAISE EXCEPTION 'an event once written is never altered' USING ERRCODE = 'KL002'; END $$`,
  `CREATE TRIGGER event_never_changed BEFORE UPDATE OR DELETE ON ledger.event
   FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change()`,
  `CREATE TRIGGER event_never_truncated BEFORE TRUNCATE ON ledger.event
   FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`,
  `CREATE TRIGGER head_never_removed BEFORE DELETE ON ledger.head
   FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change()`,
  `CREATE TRIGGER head_never_truncated BEFORE TRUNCATE ON ledger.head
   FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`,
];

const GRANTS = `
DO $$
DECLARE
  writer text := current_setting('khamrap.append_role');
  reader text;
BEGIN
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
  FOREACH reader IN ARRAY ARRAY[writer, current_setting('khamrap.project_role'), current_setting('khamrap.read_role')] LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA ledger TO %I', reader);
    EXECUTE format('GRANT SELECT ON ledger.event, ledger.head TO %I', reader);
    EXECUTE format('GRANT EXECUTE ON FUNCTION ledger.position_at TO %I', reader);
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION ledger.append_batch, ledger.choose_clock TO %I', writer);
END $$`;
