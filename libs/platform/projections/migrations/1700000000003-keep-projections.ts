import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where each build of a projection stands. A build is one schema of tables made from the log by one version of one
 * projection; `read_model` holds the views that show the live build of each.
 */
export class KeepProjections1700000000003 implements MigrationInterface {
  readonly name = 'KeepProjections1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA projections CASCADE');
    await runner.query('DROP SCHEMA read_model CASCADE');
  }
}

const STATEMENTS = [
  `CREATE SCHEMA projections`,
  `CREATE SCHEMA read_model`,
  `CREATE TABLE projections.build (
     build_id      integer NOT NULL PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
     projection    text COLLATE "C" NOT NULL,
     version       integer NOT NULL,
     state         text NOT NULL CHECK (state IN ('building', 'live', 'retired')),
     log_id        uuid NOT NULL,
     position      bigint NOT NULL DEFAULT -1,
     epoch         bigint NOT NULL DEFAULT 0,
     applied_count bigint NOT NULL DEFAULT 0,
     error         text,
     begun_at      timestamptz NOT NULL DEFAULT now(),
     changed_at    timestamptz NOT NULL DEFAULT now()
   ) WITH (fillfactor = 10)`,
  `CREATE UNIQUE INDEX one_live_build ON projections.build (projection) WHERE state = 'live'`,
  `CREATE UNIQUE INDEX one_coming_build ON projections.build (projection) WHERE state = 'building'`,
  // The projecting role may make and drop the schemas of builds, and no others. It is not granted CREATE on the database: that
  // would let it make any, and would be missing from a database that is copied or restored.
  `CREATE FUNCTION projections.make_schema(build_schema text) RETURNS void
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
   BEGIN
     PERFORM projections.require_build_schema(build_schema);
     EXECUTE format('CREATE SCHEMA %I', build_schema);
     EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I WITH GRANT OPTION', build_schema, session_user);
   END $$`,
  `CREATE FUNCTION projections.drop_schema(build_schema text) RETURNS void
   LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
   AS $$
   BEGIN
     PERFORM projections.require_build_schema(build_schema);
     EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', build_schema);
   END $$`,
  `CREATE FUNCTION projections.require_build_schema(build_schema text) RETURNS void
   LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
   AS $$
   BEGIN
     IF build_schema !~ '^[a-z][a-z0-9_]*_build_[0-9]+$' THEN
       RAISE EXCEPTION '% is not the schema of a build', build_schema USING ERRCODE = 'insufficient_privilege';
     END IF;
   END $$`,
  `DO $$
   DECLARE
     projector text := current_setting('khamrap.project_role');
     reader text := current_setting('khamrap.read_role');
   BEGIN
     REVOKE ALL ON ALL FUNCTIONS IN SCHEMA projections FROM PUBLIC;
     EXECUTE format('GRANT USAGE ON SCHEMA projections TO %I, %I', projector, reader);
     EXECUTE format('GRANT EXECUTE ON FUNCTION projections.make_schema, projections.drop_schema TO %I', projector);
     EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON projections.build TO %I', projector);
     EXECUTE format('GRANT SELECT ON projections.build TO %I', reader);
     EXECUTE format('GRANT USAGE, CREATE ON SCHEMA read_model TO %I', projector);
     EXECUTE format('GRANT USAGE ON SCHEMA read_model TO %I', reader);
   END $$`,
];
