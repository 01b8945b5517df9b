import type { Position } from '@khamrap/kernel';
import type { Pool, PoolClient } from 'pg';
import type { ProjectionDefinition } from './projection';

export type BuildState = 'building' | 'live' | 'retired';

/** One schema of tables, made from the log by one version of one projection. */
export interface Build {
  readonly buildId: number;
  readonly projection: string;
  readonly version: number;
  readonly state: BuildState;
  readonly logId: string;
  readonly position: Position;
  readonly appliedCount: number;
  readonly error: string | null;
}

/** How builds are written, and who may read them. */
export interface ProjectingAccess {
  /** Connections of the projecting role. */
  readonly pool: Pool;
  /** Name of the role that reads. */
  readonly readRole: string;
}

/** How long the tables of a retired build are kept, so that a reader in the middle of an answer can end it. */
const RETIRED_FOR = '10 minutes';

const COLUMNS = `build_id AS "buildId", projection, version, state, log_id AS "logId", position, applied_count AS "appliedCount", error`;

export function schemaOf(build: Pick<Build, 'projection' | 'buildId'>): string {
  return `${build.projection}_build_${build.buildId}`;
}

export async function buildsOf(pool: Pool, projection?: string): Promise<readonly Build[]> {
  const { rows } = await pool.query<Build>({
    name: 'projection-builds',
    text: `SELECT ${COLUMNS} FROM projections.build WHERE state <> 'retired' AND ($1::text IS NULL OR projection = $1) ORDER BY build_id`,
    values: [projection ?? null],
  });
  return rows.map((row) => ({ ...row, position: Number(row.position), appliedCount: Number(row.appliedCount) }));
}

/** Begins a build: its row and its empty tables. The first build of a projection is live at once, later ones when caught up. */
export async function beginBuild(
  { pool, readRole }: ProjectingAccess,
  definition: ProjectionDefinition,
  logId: string,
  state: 'live' | 'building',
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ build_id: number }>(
      `INSERT INTO projections.build (projection, version, state, log_id) VALUES ($1, $2, $3, $4) RETURNING build_id`,
      [definition.name, definition.version, state, logId],
    );
    const schema = schemaOf({ projection: definition.name, buildId: (rows[0] as { build_id: number }).build_id });
    await client.query(`CREATE SCHEMA ${schema}`);
    for (const statement of definition.createTables(schema)) await client.query(statement);
    const reader = client.escapeIdentifier(readRole);
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${reader}`);
    await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${reader}`);
    if (state === 'live') await showTables(client, definition, schema, readRole);
  });
}

/** Takes a build over: whoever held it before is fenced off, because its epoch is no longer the build's. */
export async function takeOver(pool: Pool, buildId: number): Promise<{ epoch: number; position: Position }> {
  const { rows } = await pool.query<{ epoch: string; position: string }>(
    'UPDATE projections.build SET epoch = epoch + 1, error = NULL WHERE build_id = $1 RETURNING epoch, position',
    [buildId],
  );
  const row = rows[0];
  if (!row) throw new Error(`build ${buildId} is gone`);
  return { epoch: Number(row.epoch), position: Number(row.position) };
}

/** Readers see the new build from one moment to the next; the old one is retired. */
export async function switchTo(
  { pool, readRole }: ProjectingAccess,
  definition: ProjectionDefinition,
  build: Build,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = '2s'`);
    await client.query(
      `UPDATE projections.build SET state = 'retired', changed_at = now() WHERE projection = $1 AND state = 'live'`,
      [definition.name],
    );
    await client.query(`UPDATE projections.build SET state = 'live', changed_at = now() WHERE build_id = $1`, [
      build.buildId,
    ]);
    await showTables(client, definition, schemaOf(build), readRole);
  });
}

export async function recordFailure(pool: Pool, buildId: number, error: string): Promise<void> {
  await pool.query('UPDATE projections.build SET error = $2, changed_at = now() WHERE build_id = $1', [buildId, error]);
}

export async function dropRetired(pool: Pool, projection: string): Promise<void> {
  const { rows } = await pool.query<Build>(
    `DELETE FROM projections.build WHERE projection = $1 AND state = 'retired' AND changed_at < now() - interval '${RETIRED_FOR}'
     RETURNING ${COLUMNS}`,
    [projection],
  );
  for (const build of rows) await pool.query(`DROP SCHEMA IF EXISTS ${schemaOf(build)} CASCADE`);
}

export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    failed = false;
    return result;
  } finally {
    // A connection whose transaction failed may be in any state: it is not given back.
    client.release(failed);
  }
}

async function showTables(
  client: PoolClient,
  definition: ProjectionDefinition,
  schema: string,
  readRole: string,
): Promise<void> {
  for (const table of definition.tables) {
    await client.query(`DROP VIEW IF EXISTS read_model.${table}`);
    await client.query(`CREATE VIEW read_model.${table} AS SELECT * FROM ${schema}.${table}`);
    await client.query(`GRANT SELECT ON read_model.${table} TO ${client.escapeIdentifier(readRole)}`);
  }
}
