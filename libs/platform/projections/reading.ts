import type { Position } from '@khamrap/kernel';
import type { Sight } from '@khamrap/platform/access';
import { escapeLiteral, type PoolClient, type QueryResult } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { officeNames } from './office-names';

/** The live build of a projection, to be held until the transaction ends. */
export interface LiveBuild {
  readonly projection: string;
  /** A view of it. */
  readonly view: string;
  readonly logId: string;
}

/** Where a transaction begins: with the position of the build that it holds, where it holds one. */
interface Beginning {
  readonly position: Position | undefined;
}

/** Everybody may ask without being known: no such question keeps the database longer at one statement. */
const PUBLIC_STATEMENT_SECONDS_MAX = 5;
/** Between the names of one setting; names of offices, provinces and indicators hold no end of a line. */
const BETWEEN = '\n';

/**
 * Runs a query in a transaction of its own that only reads and that is told how far its reader sees. What is told ends with the
 * transaction, and each transaction is told everything anew: the next one on the same connection inherits nothing.
 */
export async function readInSight<Result>(
  database: DataSource,
  sight: Sight,
  live: LiveBuild | undefined,
  query: (manager: EntityManager, beginning: Beginning) => Promise<Result>,
): Promise<Result> {
  const runner = database.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    return await query(runner.manager, await begin(client, sight, live));
  } finally {
    // A transaction that only reads is not lost with its commit, so nobody waits for that; one that failed is rolled back by it.
    // A connection that cannot end its transaction is closed and not given to anybody else.
    void client
      .query('COMMIT')
      .catch(() => void client.end().catch(() => undefined))
      .finally(() => {
        void runner.release();
      });
  }
}

/**
 * Begins, holds and tells in one round trip; in two where the sight has names in it, which are sent apart from the statement.
 * What a view shows is looked up anew by each statement, whatever the transaction has seen before: without the hold, a switch
 * between two statements would answer from a build that had not come as far when the transaction began.
 */
async function begin(client: PoolClient, sight: Sight, live: LiveBuild | undefined): Promise<Beginning> {
  const opening = [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    ...(isOfEverybody(sight) ? [`SET LOCAL statement_timeout = '${PUBLIC_STATEMENT_SECONDS_MAX}s'`] : []),
    // Before the first SELECT, which is where PostgreSQL takes what the transaction sees.
    ...(live ? [`LOCK TABLE ${live.view} IN ACCESS SHARE MODE`] : []),
  ];
  const names = namesOf(sight);
  const values = [sight.kind === 'all' ? 'all' : '', ...names];
  const hasNames = names.some((each) => each !== '');
  const told = hasNames ? values.map((_, index) => `$${index + 1}`) : values.map((value) => escapeLiteral(value));
  const telling = `SELECT ${SETTINGS.map((setting, index) => `set_config('${setting}', ${told[index]}, true)`).join(', ')},
    ${live ? positionOf(live) : 'NULL::bigint'} AS position`;
  if (!hasNames) return beginningOf(await lastOf(client, [...opening, telling].join('; ')));
  await client.query(opening.join('; '));
  return beginningOf(await client.query<{ position: string | null }>(telling, values));
}

function isOfEverybody(sight: Sight): boolean {
  return sight.kind === 'within' && namesOf(sight).every((each) => each === '');
}

/** What row-level security asks for. `khamrap.sight` is `all` or empty; the others hold a name a line, offices with their provinces. */
const SETTINGS = ['khamrap.sight', 'khamrap.provinces', 'khamrap.offices', 'khamrap.indicators'] as const;

function namesOf(sight: Sight): readonly string[] {
  if (sight.kind === 'all') return ['', '', ''];
  return [sight.provinces, officeNames(sight.offices), sight.indicators].map((names) => names.join(BETWEEN));
}

function positionOf({ projection, logId }: LiveBuild): string {
  return `(SELECT position FROM projections.build
     WHERE projection = ${escapeLiteral(projection)} AND state = 'live' AND log_id = ${escapeLiteral(logId)})`;
}

/** Several statements in one message have no parameters, and an answer each. */
async function lastOf(client: PoolClient, statements: string): Promise<QueryResult<{ position: string | null }>> {
  const answers = (await client.query(statements)) as unknown as readonly QueryResult[];
  return answers.at(-1) as QueryResult<{ position: string | null }>;
}

function beginningOf({ rows }: QueryResult<{ position: string | null }>): Beginning {
  const position = rows[0]?.position ?? undefined;
  return { position: position === undefined ? undefined : Number(position) };
}
