import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The sessions of browsers. What a cookie says is not kept, only its SHA-256: whoever reads the table cannot go on with
 * anybody's session. No name is kept either; who somebody is, the issuer's own subject tells. The pseudonym is that of the day on
 * which the session began: it is by it that an erasure ends the sessions of somebody whom the vault does not know any more.
 */
export class KeepSessions1700000000006 implements MigrationInterface {
  readonly name = 'KeepSessions1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA access CASCADE');
  }
}

const STATEMENTS = [
  `CREATE SCHEMA access`,
  `CREATE TABLE access.session (
     digest     bytea NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
     issuer     text COLLATE "C" NOT NULL,
     subject    text COLLATE "C" NOT NULL,
     pseudonym  uuid NOT NULL,
     begun_at   timestamptz NOT NULL DEFAULT now(),
     seen_at    timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL
   )`,
  `CREATE INDEX session_expiry ON access.session (expires_at)`,
  `CREATE INDEX session_person ON access.session (pseudonym)`,
  `DO $$
   BEGIN
     EXECUTE format('GRANT USAGE ON SCHEMA access TO %I', current_setting('khamrap.append_role'));
     EXECUTE format(
       'GRANT SELECT, INSERT, DELETE, UPDATE (seen_at) ON access.session TO %I', current_setting('khamrap.append_role'));
   END $$`,
];
