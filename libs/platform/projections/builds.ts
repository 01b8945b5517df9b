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

/** Another instance has taken the build over: this one stops without having written anything. */
export class FencedOff extends Error {
  override readonly name = 'FencedOff';
}

/** How long the tables of a retired build are kept, so that a reader in the middle of an answer can end it. */
const RETIRED_FOR = '10 minutes';
/** Readers that come meanwhile wait behind whoever waits for the tables, so that wait is short and tried again later. */
const LOCK_WAIT = `SET LOCAL lock_timeout = '2s'`;

const COLUMNS = `build_id AS "buildId", projection, version, state, log_id AS "logId", position, applied_count AS "appliedCount", error`;

export function schemaOf(build: Pick<Build, 'projection' | 'buildId'>): string {
  return `${build.projection}_build_${build.buildId}`;
}

/** The channel that is told the position of the live build. */
export function channelOf({ name }: Pick<ProjectionDefinition, 'name'>): string {
  return `khamrap_projection_${name}`;
}

/** All builds that are not retired, the oldest first. */
export async function buildsOf(pool: Pool, projection?: string): Promise<readonly Build[]> {
  const { rows } = await pool.query<Build>({
    name: 'projection-builds',
    text: `SELECT ${COLUMNS} FROM projections.build WHERE state <> 'retired' AND ($1::text IS NULL OR projection = $1) ORDER BY build_id`,
    values: [projection ?? null],
  });
  return rows.map((row) => ({ ...row, position: Number(row.position), appliedCount: Number(row.appliedCount) }));
}

/** The first build of a projection: live at once, so that what it shows grows before the eyes of its readers. */
export async function beginLive(
  { pool, readRole }: ProjectingAccess,
  definition: ProjectionDefinition,
  logId: string,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<Build>(
      `INSERT INTO projections.build (projection, version, state, log_id) VALUES ($1, $2, 'live', $3) RETURNING ${COLUMNS}`,
      [definition.name, definition.version, logId],
    );
    const schema = schemaOf(rows[0] as Build);
    await makeTables(client, definition, schema, readRole);
    await showTables(client, definition, schema, readRole);
  });
}

/** Orders a build of a version beside the live one; whoever leads makes it. */
export async function orderBuild(pool: Pool, { name, version }: ProjectionDefinition, logId: string): Promise<void> {
  await pool.query(
    `INSERT INTO projections.build (projection, version, state, log_id) VALUES ($1, $2, 'building', $3)`,
    [name, version, logId],
  );
}

/**
 * Orders the projection to be made anew from the first event beside the build that is read; whoever leads it makes it and
 * switches to it. A build that could not go on gives way to the new one.
 * @returns why not, as a sentence; undefined when it is ordered
 */
export async function orderRebuild(pool: Pool, projection: string): Promise<string | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ projection: string }>(
      `SELECT projection FROM projections.build WHERE state = 'live' ORDER BY projection`,
    );
    const names = rows.map((row) => row.projection);
    if (!names.includes(projection))
      return `There is no projection "${projection}". There are: ${names.join(', ') || 'none yet'}.`;
    await client.query(
      `UPDATE projections.build SET state = 'retired', changed_at = now()
       WHERE projection = $1 AND state = 'building' AND error IS NOT NULL`,
      [projection],
    );
    const { rowCount } = await client.query(
      `INSERT INTO projections.build (projection, version, state, log_id)
       SELECT projection, version, 'building', log_id FROM projections.build WHERE projection = $1 AND state = 'live'
       ON CONFLICT DO NOTHING`,
      [projection],
    );
    return rowCount === 1 ? undefined : `A new build of ${projection} is being made already.`;
  });
}

/** Makes the tables of an ordered build, unless they are there. */
export async function makeBuildTables(
  { pool, readRole }: ProjectingAccess,
  definition: ProjectionDefinition,
  build: Build,
): Promise<void> {
  const schema = schemaOf(build);
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ made: boolean }>('SELECT to_regnamespace($1) IS NOT NULL AS made', [schema]);
    if (!rows[0]?.made) await makeTables(client, definition, schema, readRole);
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

/**
 * Readers see the new build from one moment to the next, and no earlier position than before; the old one is retired.
 * @throws FencedOff when another instance has taken the new build over, or the old one has gone on
 */
export async function switchTo(
  { pool, readRole }: ProjectingAccess,
  definition: ProjectionDefinition,
  build: Build,
  epoch: number,
): Promise<void> {
  await analyze(pool, build);
  await inTransaction(pool, async (client) => {
    await client.query(LOCK_WAIT);
    const retired = await client.query<{ position: string }>(
      `UPDATE projections.build SET state = 'retired', changed_at = now() WHERE projection = $1 AND state = 'live'
       RETURNING position`,
      [definition.name],
    );
    const shown = await client.query<{ position: string }>(
      `UPDATE projections.build SET state = 'live', changed_at = now()
       WHERE build_id = $1 AND state = 'building' AND epoch = $2 AND position >= $3 RETURNING position`,
      [build.buildId, epoch, retired.rows[0]?.position ?? build.position],
    );
    if (!shown.rows[0]) throw new FencedOff(`${schemaOf(build)} is not this instance's to show`);
    await showTables(client, definition, schemaOf(build), readRole);
    await client.query('SELECT pg_notify($1, $2)', [channelOf(definition), String(shown.rows[0].position)]);
  });
}

/** Lets the database look at what the tables of a build hold, so that it does not plan questions for tables as small as they were. */
export async function analyze(pool: Pool, build: Pick<Build, 'projection' | 'buildId'>): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1`,
    [schemaOf(build)],
  );
  for (const { name } of rows) await pool.query(`ANALYZE ${name}`);
}

/** Takes a build out of use that nobody reads yet. */
export async function retireUnseen(pool: Pool, buildId: number): Promise<void> {
  await pool.query(
    `UPDATE projections.build SET state = 'retired', changed_at = now() WHERE build_id = $1 AND state = 'building'`,
    [buildId],
  );
}

/** Notes why a build does not go on, unless another instance has taken it over. */
export async function recordFailure(pool: Pool, buildId: number, epoch: number, error: string): Promise<void> {
  await pool.query('UPDATE projections.build SET error = $3, changed_at = now() WHERE build_id = $1 AND epoch = $2', [
    buildId,
    epoch,
    error,
  ]);
}

/** Drops the tables of builds that were retired some time ago. */
export async function dropRetired(pool: Pool, projection: string): Promise<void> {
  const { rows } = await pool.query<Build>(
    `SELECT ${COLUMNS} FROM projections.build
     WHERE projection = $1 AND state = 'retired' AND changed_at < now() - interval '${RETIRED_FOR}'`,
    [projection],
  );
  for (const build of rows) {
    await inTransaction(pool, async (client) => {
      await client.query(LOCK_WAIT);
      await client.query('SELECT projections.drop_schema($1)', [schemaOf(build)]);
      await client.query('DELETE FROM projections.build WHERE build_id = $1', [build.buildId]);
    });
  }
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

async function makeTables(
  client: PoolClient,
  definition: ProjectionDefinition,
  schema: string,
  readRole: string,
): Promise<void> {
  const reader = client.escapeIdentifier(readRole);
  await client.query('SELECT projections.make_schema($1)', [schema]);
  for (const statement of definition.createTables(schema)) await client.query(statement);
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${reader}`);
  await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${reader}`);
}

async function showTables(
  client: PoolClient,
  definition: ProjectionDefinition,
  schema: string,
  readRole: string,
): Promise<void> {
  for (const table of [...definition.tables, ...(definition.views ?? [])]) {
    await client.query(`DROP VIEW IF EXISTS read_model.${table}`);
    // Asked in the name of whoever reads, not of whoever projects: what a table holds back, its view holds back too.
    await client.query(
      `CREATE VIEW read_model.${table} WITH (security_invoker = true) AS SELECT * FROM ${schema}.${table}`,
    );
    await client.query(`GRANT SELECT ON read_model.${table} TO ${client.escapeIdentifier(readRole)}`);
  }
}
