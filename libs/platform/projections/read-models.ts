import type { Position } from '@khamrap/kernel';
import { StoreUnavailable, type EventStore } from '@khamrap/platform/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import { PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { isPassing } from './passing-failure';
import { leastPositionOf, NotProjectedYet, pastPositionOf, WAIT_MS, type Freshness } from './past-position';
import type { Projections } from './projections';
import { readInSight } from './reading';

/** What an answer stands on. */
export interface Standpoint {
  /** The answer tells of the events up to this position, and of none after. */
  readonly position: Position;
  /** True when the past was asked for: then the same question has the same answer for ever. */
  readonly past: boolean;
}

/** How far somebody sees; as a function it is asked after what there was to wait for, because grants end while somebody waits. */
export type SightToAsk = Sight | (() => Sight | Promise<Sight>);

/** @param sight what the database was told */
type ReadModelQuery<Result> = (manager: EntityManager, standpoint: Standpoint, sight: Sight) => Promise<Result>;

const UNDEFINED_TABLE = '42P01';

/** Reads projections at a known position: the newest they show, or one of the past. */
export class ReadModels {
  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly database: DataSource,
  ) {}

  /**
   * Runs a query of one projection and tells the position it stands on. It sees what is published, and what else lies within
   * the sight of whoever asks: the database holds the rest back, also from a query that asks for it. Asked for what the public
   * could know (`publishedBy`), it is told the sight of the public, whoever asks.
   * @param sight `FULL_SIGHT` only for what is not handed on as it is
   * @throws NotProjectedYet, NotRecordedYet, StoreUnavailable
   */
  async read<Result>(
    projection: string,
    freshness: Freshness,
    query: ReadModelQuery<Result>,
    sight: SightToAsk = PUBLIC_SIGHT,
  ): Promise<{ readonly standpoint: Standpoint; readonly result: Result }> {
    try {
      return await this.#read(projection, freshness, query, freshness.publishedBy === undefined ? sight : PUBLIC_SIGHT);
    } catch (error) {
      throw isPassing(error) ? new StoreUnavailable('the read models cannot be reached', { cause: error }) : error;
    }
  }

  async #read<Result>(
    projection: string,
    freshness: Freshness,
    query: ReadModelQuery<Result>,
    sightToAsk: SightToAsk,
  ): Promise<{ readonly standpoint: Standpoint; readonly result: Result }> {
    const past = await pastPositionOf(this.store, freshness);
    if (past !== undefined) {
      // Before the first event there are no rows, and before it was projected no tables.
      await this.#wait(projection, Math.max(past, 0));
      // Rows of the past never change: whichever build is shown, it shows the same.
      const standpoint = { position: past, past: true };
      const sight = await sightOfReader(sightToAsk);
      const result = await readInSight(this.database, sight, undefined, (manager) => query(manager, standpoint, sight));
      return { standpoint, result };
    }
    const least = await leastPositionOf(this.store, freshness, WAIT_MS);
    if (least !== undefined) await this.#wait(projection, least);
    const sight = await sightOfReader(sightToAsk);
    const live = {
      projection,
      view: this.projections.viewToHold(projection),
      logId: this.store.identity().logId,
    };
    let hasBegun = false;
    const answer = readInSight(this.database, sight, live, async (manager, { position }) => {
      hasBegun = true;
      if (position === undefined) throw new NotProjectedYet(0);
      const standpoint = { position, past: false };
      return { standpoint, result: await query(manager, standpoint, sight) };
    });
    return answer.catch((error: unknown) => {
      throw !hasBegun && (error as { code?: unknown }).code === UNDEFINED_TABLE ? new NotProjectedYet(0) : error;
    });
  }

  async #wait(projection: string, position: Position): Promise<void> {
    if (!(await this.projections.waitFor(projection, position, WAIT_MS))) throw new NotProjectedYet(position);
  }
}

function sightOfReader(sight: SightToAsk): Sight | Promise<Sight> {
  return typeof sight === 'function' ? sight() : sight;
}
