import { BEFORE_FIRST, type Position } from '@khamrap/kernel';
import type { EventStore } from '@khamrap/platform/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import { NotRecordedYet, pastPositionOf, type Freshness } from './past-position';
import type { Projections } from './projections';

/** What an answer stands on. */
export interface Standpoint {
  /** The answer tells of the events up to this position, and of none after. */
  readonly position: Position;
  /** True when the past was asked for: then the same question has the same answer for ever. */
  readonly past: boolean;
}

/** The read model has not come as far as was asked for within the time that a request may wait. */
export class NotProjectedYet extends Error {
  override readonly name = 'NotProjectedYet';
  constructor(readonly position: Position) {
    super(`the read model has not reached position ${position}`);
  }
}

const WAIT_MS = 5_000;

/** Reads projections at a known position: the newest they show, or one of the past. */
export class ReadModels {
  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly database: DataSource,
  ) {}

  /**
   * Runs a query of one projection and tells the position it stands on.
   * @throws NotProjectedYet, NotRecordedYet
   */
  async read<Result>(
    projection: string,
    freshness: Freshness,
    query: (manager: EntityManager, standpoint: Standpoint) => Promise<Result>,
  ): Promise<{ readonly standpoint: Standpoint; readonly result: Result }> {
    const past = await pastPositionOf(this.store, freshness);
    if (past !== undefined) {
      await this.#wait(projection, past);
      // Rows of the past never change, so no transaction is needed to see them all as of one moment.
      const standpoint = { position: past, past: true };
      return { standpoint, result: await query(this.database.manager, standpoint) };
    }
    const least = freshness.minPosition ?? positionOfToken(freshness.after);
    if (least !== undefined) await this.#wait(projection, least);
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const [build] = await manager.query<{ position: string }[]>(
        `SELECT position FROM projections.build WHERE projection = $1 AND state = 'live'`,
        [projection],
      );
      const standpoint = { position: Number(build?.position ?? BEFORE_FIRST), past: false };
      return { standpoint, result: await query(manager, standpoint) };
    });
  }

  async #wait(projection: string, position: Position): Promise<void> {
    if (!(await this.projections.waitFor(projection, position, WAIT_MS))) throw new NotProjectedYet(position);
  }
}

/** On PostgreSQL the token is the position itself. */
function positionOfToken(after: string | undefined): Position | undefined {
  if (after === undefined || after === '') return undefined;
  const position = Number(after);
  if (!Number.isSafeInteger(position)) throw new NotRecordedYet('the token names no position of this log');
  return position;
}
