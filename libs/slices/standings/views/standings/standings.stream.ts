import { Injectable } from '@nestjs/common';
import type { Json, Position } from '@khamrap/kernel';
import type { ServerSentEvent } from '@khamrap/platform/http';
import { Projections, ReadModels } from '@khamrap/platform/projections';
import { STANDINGS } from './standings.projection';
import { findChanges, type StandingChange } from './standings.query';
import type { StandingRow } from './standings.rows';

/** How many positions are looked through at once when a client returns after a while. */
const WINDOW_COUNT = 1_000;

export interface StreamFilter {
  readonly fiscalYear?: number;
  readonly province?: string;
}

/** What one position changed. */
export interface StandingsChanged {
  readonly position: Position;
  /** The rows as they are from then on. */
  readonly standings: readonly StandingRow[];
  /** The keys of rows that ceased to be. */
  readonly removed: readonly Pick<StandingRow, 'agreementId' | 'indicatorId' | 'period'>[];
}

/** Changed standings as they come: one event for each position that changed any. */
@Injectable()
export class StandingsStream {
  constructor(
    private readonly projections: Projections,
    private readonly readModels: ReadModels,
  ) {}

  /** @param after the last position that the client has seen; from now on without it */
  async *changes(
    filter: StreamFilter,
    after: Position | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent> {
    let seen = after ?? (await this.projections.positionOf(STANDINGS));
    while (!signal.aborted) {
      const { position, changes } = await this.#next(seen);
      for (const changed of byPosition(changes.filter(({ row }) => matches(row, filter)))) {
        yield { id: changed.position, event: 'standings', data: changed as unknown as Json };
      }
      if (position > seen) seen = position;
      else await this.projections.beyond(STANDINGS, seen, signal);
    }
  }

  async #next(seen: Position): Promise<{ position: Position; changes: readonly StandingChange[] }> {
    // Most looks find nothing new; this one costs a single statement.
    if ((await this.projections.positionOf(STANDINGS)) <= seen) return { position: seen, changes: [] };
    const { result } = await this.readModels.read(STANDINGS, {}, async (manager, standpoint) => {
      const position = Math.min(standpoint.position, seen + WINDOW_COUNT);
      return { position, changes: position > seen ? await findChanges(manager, seen, position) : [] };
    });
    return result;
  }
}

function byPosition(changes: readonly StandingChange[]): readonly StandingsChanged[] {
  const groups = new Map<Position, StandingChange[]>();
  for (const change of changes) {
    const group = groups.get(change.row.changedAtPosition);
    if (group) group.push(change);
    else groups.set(change.row.changedAtPosition, [change]);
  }
  return [...groups].map(([position, group]) => ({
    position,
    standings: group.filter(({ present }) => present).map(({ row }) => row),
    removed: group.filter(({ present }) => !present).map(({ row }) => keyOf(row)),
  }));
}

function keyOf({ agreementId, indicatorId, period }: StandingRow): StandingsChanged['removed'][number] {
  return { agreementId, indicatorId, period };
}

function matches(row: StandingRow, { fiscalYear, province }: StreamFilter): boolean {
  return (
    (fiscalYear === undefined || row.fiscalYear === fiscalYear) && (province === undefined || row.province === province)
  );
}
