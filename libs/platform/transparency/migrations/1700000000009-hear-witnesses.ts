import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the witnesses of the log have said last, and the branches that they have refused to cosign. */
export class HearWitnesses1700000000009 implements MigrationInterface {
  readonly name = 'HearWitnesses1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['refused_branch', 'witness']) await runner.query(`DROP TABLE transparency.${table}`);
  }
}

const STATEMENTS = [
  `CREATE TABLE transparency.witness (
     vkey          text COLLATE "C" NOT NULL PRIMARY KEY,
     -- Of the checkpoint that it has cosigned last, and when it says that it has done so.
     origin        text COLLATE "C",
     cosigned_size bigint CHECK (cosigned_size >= 0),
     cosigned_at   timestamptz,
     refused       boolean NOT NULL DEFAULT false,
     trouble       text,
     CHECK ((origin IS NULL) = (cosigned_size IS NULL) AND (origin IS NULL) = (cosigned_at IS NULL))
   )`,
  // One row for each thing that a witness holds against the log, however often it is told so.
  `CREATE TABLE transparency.refused_branch (
     vkey          text COLLATE "C" NOT NULL,
     origin        text COLLATE "C" NOT NULL,
     -- What the witness answered, and the size from which it goes on.
     status        integer NOT NULL CHECK (status IN (409, 422)),
     witness_size  bigint NOT NULL CHECK (witness_size >= 0),
     refused_note  text NOT NULL,
     -- What the witness shows instead, where it could be had.
     cosigned_note text,
     found_at      timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (vkey, origin, status, witness_size)
   )`,
  ...['UPDATE', 'DELETE', 'TRUNCATE'].map(
    (
      change,
    ) => `CREATE TRIGGER refused_branch_no_${change.toLowerCase()} BEFORE ${change} ON transparency.refused_branch
     FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change()`,
  ),
  `DO $$
   DECLARE
     builder text := current_setting('khamrap.project_role');
     reader text := current_setting('khamrap.read_role');
   BEGIN
     EXECUTE format('GRANT SELECT ON transparency.witness, transparency.refused_branch TO %I, %I', builder, reader);
     EXECUTE format('GRANT INSERT ON transparency.witness, transparency.refused_branch TO %I', builder);
     EXECUTE format('GRANT UPDATE ON transparency.witness TO %I', builder);
   END $$`,
];
