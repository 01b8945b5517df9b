import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a database needs whose log is carried by EventStoreDB: which store that is, how far its events are sequenced into
 * `ledger.event`, and which event ids are on their way. `ledger.carrier` is empty where the database carries its log itself.
 */
export class CarryTheLog1700000000010 implements MigrationInterface {
  readonly name = 'CarryTheLog1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      ...TABLES,
      CLAIM,
      BE_CARRIED,
      TAKE_OVER,
      SEQUENCE,
      TELL_COMPLETE,
      TELL_STOPPED,
      SWEEP,
      HAND_OVER,
      DROP_COPY,
      GRANTS,
    ])
      await runner.query(statement);
  }

  /** Which store carries a log is nothing that may be forgotten. */
  async down(): Promise<void> {
    throw new Error('where the log is carried cannot be taken back');
  }
}

const TABLES = [
  // The last sequenced event's place in $all (commit and prepare) is where sequencing goes on; that this very event stands there
  // tells the store from every other, and from itself when it was restored to an earlier time.
  `CREATE TABLE ledger.carrier (
     only_row       boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
     log_id         uuid NOT NULL,
     last_commit    bigint CHECK (last_commit >= 0),
     last_prepare   bigint CHECK (last_prepare >= 0),
     epoch          bigint NOT NULL DEFAULT 0,
     complete_until timestamptz NOT NULL DEFAULT now(),
     trouble        text,
     stopped        text
   )`,
  // Of an event that is about to be appended: no other may have its id, in whichever stream.
  `CREATE TABLE ledger.claim (
     event_id   uuid NOT NULL PRIMARY KEY,
     stream     text COLLATE "C" NOT NULL,
     revision   integer NOT NULL,
     claimed_at timestamptz NOT NULL DEFAULT now()
   )`,
];

/**
 * Claims the ids of several appends, each id for one place. One row for each append: `mine` where all were claimed now, `shared`
 * where some were claimed for these very places before or stand there already, `elsewhere` where one is claimed for another
 * place or stands there, with that place; `recorded` tells whether it stands.
 *
 * Claims come before the look at the log: the sequencer takes a claim away in the transaction that records its event, so
 * whoever finds neither has looked in the wrong order.
 */
const CLAIM = `
CREATE FUNCTION ledger.claim_event_ids(append_numbers integer[], streams text[], revisions integer[], event_ids uuid[])
RETURNS TABLE (number integer, verdict text, event_id uuid, stream text, revision integer, recorded boolean, age_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE claimed uuid[];
BEGIN
  -- In one order for all, so that no two of them wait for each other.
  WITH wanted AS (SELECT e.id, e.stream, e.revision FROM unnest(event_ids, streams, revisions) AS e(id, stream, revision)),
  added AS (
    INSERT INTO ledger.claim (event_id, stream, revision) SELECT id, stream, revision FROM wanted ORDER BY id
    ON CONFLICT DO NOTHING RETURNING event_id)
  SELECT coalesce(array_agg(event_id), '{}') INTO claimed FROM added;
  RETURN QUERY
  WITH wanted AS (
    SELECT * FROM unnest(append_numbers, streams, revisions, event_ids) AS e(number, stream, revision, id)),
  found AS (
    SELECT w.number, w.id, w.id = ANY (claimed) AND r.event_id IS NULL AS is_mine,
           coalesce(r.stream, c.stream, w.stream) AS at_stream, coalesce(r.revision, c.revision, w.revision) AS at_revision,
           coalesce(r.stream, c.stream, w.stream) = w.stream AND coalesce(r.revision, c.revision, w.revision) = w.revision
             AS is_here,
           r.event_id IS NOT NULL AS is_recorded,
           coalesce(floor(extract(epoch FROM clock_timestamp() - c.claimed_at) * 1000)::bigint, 0) AS age_ms
    FROM wanted w
    LEFT JOIN LATERAL (
      SELECT event.event_id, event.stream, event.revision FROM ledger.event WHERE event.event_id = w.id) r ON true
    LEFT JOIN LATERAL (
      SELECT claim.stream, claim.revision, claim.claimed_at FROM ledger.claim WHERE claim.event_id = w.id) c ON true),
  dropped AS (
    -- What stands already needs no claim; nor may a new one be left beside it.
    DELETE FROM ledger.claim USING found WHERE claim.event_id = found.id AND found.is_recorded)
  SELECT DISTINCT ON (f.number) f.number,
         CASE WHEN NOT f.is_here THEN 'elsewhere' WHEN f.is_mine THEN 'mine' ELSE 'shared' END,
         f.id, f.at_stream, f.at_revision, f.is_recorded, f.age_ms
  FROM found f ORDER BY f.number, f.is_here, f.is_recorded DESC, f.is_mine;
END $$`;

/**
 * Has the log of this database carried by EventStoreDB from now on. `carried` when it is so now, `anotherLog` when it carries
 * another one, `ownLog` when the database holds a log of its own.
 */
const BE_CARRIED = `
CREATE FUNCTION ledger.be_carried(log uuid, chosen_clock text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE known ledger.carrier;
BEGIN
  PERFORM FROM ledger.head FOR UPDATE;
  SELECT * INTO known FROM ledger.carrier;
  IF FOUND THEN
    RETURN CASE WHEN known.log_id = log THEN 'carried' ELSE 'anotherLog' END;
  END IF;
  IF EXISTS (SELECT FROM ledger.event) THEN
    RETURN 'ownLog';
  END IF;
  INSERT INTO ledger.carrier (log_id) VALUES (log);
  UPDATE ledger.head SET clock = chosen_clock;
  PERFORM ledger.forbid_own_appends();
  RETURN 'carried';
END $$`;

/** Whoever sequences from now on has a later epoch than everybody before, whose batches are refused from then on. */
const TAKE_OVER = `
CREATE FUNCTION ledger.take_over_sequencing(OUT epoch bigint, OUT next_position bigint, OUT recorded_at_ms bigint,
                                            OUT last_commit bigint, OUT last_prepare bigint, OUT last_event_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  SELECT head.next_position, head.recorded_at_ms INTO STRICT next_position, recorded_at_ms FROM ledger.head FOR UPDATE;
  UPDATE ledger.carrier SET epoch = carrier.epoch + 1
  RETURNING carrier.epoch, carrier.last_commit, carrier.last_prepare INTO STRICT epoch, last_commit, last_prepare;
  SELECT event.event_id INTO last_event_id FROM ledger.event WHERE event.position = next_position - 1;
END $$`;

/**
 * Records the next events of the store, in the order of $all, each stream without a gap. False, and nothing of it stands, for
 * whoever has been overtaken.
 */
const SEQUENCE = `
CREATE FUNCTION ledger.sequence(
  my_epoch bigint, first_position bigint, commit_place bigint, prepare_place bigint, recorded_at_ms bigint[], streams text[],
  revisions integer[], event_ids uuid[], types text[], schema_versions integer[], bodies text[], salts bytea[],
  body_hashes bytea[])
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  next_free bigint;
  torn text;
  event_count integer := cardinality(event_ids);
BEGIN
  SELECT head.next_position INTO STRICT next_free FROM ledger.head FOR UPDATE;
  IF next_free <> first_position OR NOT EXISTS (SELECT FROM ledger.carrier WHERE carrier.epoch = my_epoch) THEN
    RETURN false;
  END IF;
  SELECT format('%s goes on at revision %s, and was at %s', s.stream, s.first_revision, s.last_revision) INTO torn FROM (
    SELECT e.stream, min(e.revision) AS first_revision, coalesce((
      SELECT event.revision FROM ledger.event WHERE event.stream = e.stream ORDER BY event.revision DESC LIMIT 1), -1
    ) AS last_revision, max(e.revision) - min(e.revision) + 1 AS width, count(*) AS event_count
    FROM unnest(streams, revisions) AS e(stream, revision) GROUP BY e.stream) AS s
  WHERE s.first_revision <> s.last_revision + 1 OR s.width <> s.event_count LIMIT 1;
  IF torn IS NOT NULL THEN
    RAISE EXCEPTION '%', torn USING ERRCODE = 'KL004';
  END IF;
  INSERT INTO ledger.event
    (position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash)
  SELECT first_position + e.ordinal - 1, e.at_ms, e.stream, e.revision, e.id, e.type, e.schema_version, e.body, e.salt, e.hash
  FROM unnest(recorded_at_ms, streams, revisions, event_ids, types, schema_versions, bodies, salts, body_hashes)
    WITH ORDINALITY AS e(at_ms, stream, revision, id, type, schema_version, body, salt, hash, ordinal);
  DELETE FROM ledger.claim USING unnest(event_ids) AS e(id) WHERE claim.event_id = e.id;
  UPDATE ledger.head SET next_position = first_position + event_count, recorded_at_ms = $5[event_count];
  UPDATE ledger.carrier SET last_commit = commit_place, last_prepare = prepare_place;
  PERFORM pg_notify('khamrap_ledger', (first_position + event_count - 1)::text);
  RETURN true;
END $$`;

/**
 * The copy held all that the store had at that moment. What was found wrong is told until somebody has looked after it. Claims
 * of which nothing came are forgotten.
 */
const TELL_COMPLETE = `
CREATE FUNCTION ledger.tell_complete(my_epoch bigint, until_ms bigint, found text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE ledger.carrier SET complete_until = greatest(complete_until, to_timestamp(until_ms / 1000.0)),
                            trouble = coalesce(trouble, found), stopped = NULL
  WHERE epoch = my_epoch;
  DELETE FROM ledger.claim USING ledger.carrier WHERE claimed_at < complete_until - interval '1 hour'
$$`;

/** Why nothing is sequenced any more, until something is. */
const TELL_STOPPED = `
CREATE FUNCTION ledger.tell_stopped(my_epoch bigint, reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ UPDATE ledger.carrier SET stopped = reason WHERE epoch = my_epoch $$`;

/** As before, but what may stand in a store whose events are not all recorded yet is no orphan. */
const SWEEP = `
CREATE OR REPLACE FUNCTION vault.sweep_orphans(count_max integer, OUT judged integer, OUT swept integer)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH due AS (
    SELECT digest, event_id FROM vault.private_value
    WHERE NOT stands AND kept_at < coalesce((SELECT complete_until FROM ledger.carrier), now()) - interval '1 hour'
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
$$`;

/**
 * Has a log that was copied to a store carried by it from now on: for the role that owns the log, and nobody else. False where
 * the database has other events than were copied, or is carried already. Nobody may append from here on; whoever calls it has
 * made sure that nobody has begun to.
 */
const HAND_OVER = `
CREATE FUNCTION ledger.hand_over(log uuid, event_count bigint, last_event_id uuid, commit_place bigint, prepare_place bigint)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM FROM ledger.head WHERE next_position = event_count FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM ledger.carrier) OR NOT EXISTS (
    SELECT FROM ledger.event WHERE position = event_count - 1 AND event_id = last_event_id)
  THEN
    RETURN false;
  END IF;
  PERFORM ledger.forbid_own_appends();
  INSERT INTO ledger.carrier (log_id, last_commit, last_prepare) VALUES (log, commit_place, prepare_place);
  RETURN true;
END $$`;

/**
 * Forgets what was sequenced, so that it is sequenced anew: for the role that owns the log, and nobody else, and never where the
 * database carries the log itself.
 */
const DROP_COPY = `
CREATE FUNCTION ledger.drop_copy() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM FROM ledger.head FOR UPDATE;
  UPDATE ledger.carrier SET epoch = epoch + 1, last_commit = NULL, last_prepare = NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this database carries its log itself' USING ERRCODE = 'KL002';
  END IF;
  ALTER TABLE ledger.event DISABLE TRIGGER event_never_truncated;
  TRUNCATE ledger.event;
  ALTER TABLE ledger.event ENABLE TRIGGER event_never_truncated;
  UPDATE ledger.head SET next_position = 0, recorded_at_ms = 0;
END $$`;

const GRANTS = `
DO $$
DECLARE
  writer text := current_setting('khamrap.append_role');
  projector text := current_setting('khamrap.project_role');
  reader text;
BEGIN
  EXECUTE format($f$
    CREATE FUNCTION ledger.forbid_own_appends() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $b$ BEGIN REVOKE EXECUTE ON FUNCTION ledger.append_batch, ledger.choose_clock FROM %I; END $b$ $f$, writer);
  EXECUTE format($f$
    CREATE FUNCTION ledger.allow_own_appends() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    AS $b$ BEGIN
      PERFORM FROM ledger.head FOR UPDATE;
      IF NOT EXISTS (SELECT FROM ledger.carrier) THEN
        GRANT EXECUTE ON FUNCTION ledger.append_batch, ledger.choose_clock TO %I;
      END IF;
    END $b$ $f$, writer);
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
  FOREACH reader IN ARRAY ARRAY[writer, projector, current_setting('khamrap.read_role')] LOOP
    EXECUTE format('GRANT SELECT ON ledger.carrier TO %I', reader);
  END LOOP;
  EXECUTE format('GRANT SELECT, DELETE ON ledger.claim TO %I', writer);
  EXECUTE format('GRANT EXECUTE ON FUNCTION ledger.claim_event_ids, ledger.be_carried TO %I', writer);
  EXECUTE format('GRANT EXECUTE ON FUNCTION ledger.take_over_sequencing, ledger.sequence, ledger.tell_complete, ledger.tell_stopped TO %I', projector);
END $$`;
