import type { Position } from '@khamrap/kernel';
import { StoreUnavailable, type EventStore } from '@khamrap/platform/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import { isPassing } from './passing-failure';
import { NotProjectedYet, NotRecordedYet, pastPositionOf, type Freshness } from './past-position';
import type { Projections } from './projections';

/** What an answer stands on. */
export interface Standpoint {
  /** The answer tells of the events up to this position, and of none after. */
  readonly position: Position;
  /** True when the past was asked for: then the same question has the same answer for ever. */
  readonly past: boolean;
}

type ReadModelQuery<Result> = (manager: EntityManager, standpoint: Standpoint) => Promise<Result>;

const WAIT_MS = 5_000;
const UNDEFINED_TABLE = '42P01';

/** Reads projections at a known position: the newest they show, or one of the past. */
export class ReadModels {
  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly database: DataSource,
  ) {}

  /**
   * Runs a query of one projection and tells the position it stands on.
   * @throws NotProjectedYet, NotRecordedYet, StoreUnavailable
   */
  async read<Result>(
    projection: string,
    freshness: Freshness,
    query: ReadModelQuery<Result>,
  ): Promise<{ readonly standpoint: Standpoint; readonly result: Result }> {
    try {
      return await this.#read(projection, freshness, query);
    } catch (error) {
      throw isPassing(error) ? new StoreUnavailable('the read models cannot be reached', { cause: error }) : error;
    }
  }

  async #read<Result>(
    projection: string,
    freshness: Freshness,
    query: ReadModelQuery<Result>,
  ): Promise<{ readonly standpoint: Standpoint; readonly result: Result }> {
    const past = await pastPositionOf(this.store, freshness);
    if (past !== undefined) {
      // Before the first event there are no rows, and before it was projected no tables.
      await this.#wait(projection, Math.max(past, 0));
      // Rows of the past never change, so no transaction is needed to see them all as of one moment.
      const standpoint = { position: past, past: true };
      return { standpoint, result: await query(this.database.manager, standpoint) };
    }
    const least = freshness.minPosition ?? positionOfToken(freshness.after);
    if (least !== undefined) await this.#wait(projection, least);
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const standpoint = { position: await this.#hold(manager, projection), past: false };
      return { standpoint, result: await query(manager, standpoint) };
    });
  }

  /**
   * Holds the build that readers see until the end of the transaction, and tells its position. What a view shows is looked
   * up anew by each statement, whatever the transaction has seen before; so without the hold, a switch between two statements
   * would answer from a build that had not come as far when the transaction began.
   */
  async #hold(manager: EntityManager, projection: string): Promise<Position> {
    // Before the first SELECT, which is where PostgreSQL takes what the transaction sees.
    await manager.query(`LOCK TABLE ${this.projections.viewToHold(projection)} IN ACCESS SHARE MODE`).catch((error) => {
      throw (error as { code?: unknown }).code === UNDEFINED_TABLE ? new NotProjectedYet(0) : error;
    });
    const [build] = await manager.query<{ position: string }[]>(
      `SELECT position FROM projections.build WHERE projection = $1 AND state = 'live' AND log_id = $2`,
      [projection, this.store.identity().logId],
    );
    if (!build) throw new NotProjectedYet(0);
    return Number(build.position);
  }

  async #wait(projection: string, position: Position): Promise<void> {
    if (!(await this.projections.waitFor(projection, position, WAIT_MS))) throw new NotProjectedYet(position);
  }
}

/** On PostgreSQL the token is the position itself. */
function positionOfToken(after: string | undefined): Position | undefined {
  if (after === undefined || after === '') return undefined;
  const position = Number(after);
  if (!/^\d+$/.test(after) || !Number.isSafeInteger(position))
    throw new NotRecordedYet('the token names no position of this log');
  return position;
}
