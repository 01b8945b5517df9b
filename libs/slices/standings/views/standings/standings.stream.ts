import { Injectable } from '@nestjs/common';
import type { Json, Position } from '@khamrap/kernel';
import type { ServerSentEvent } from '@khamrap/platform/http';
import { Projections, ReadModels } from '@khamrap/platform/projections';
import { STANDINGS } from './standings.projection';
import { findChanges, type StandingRow } from './standings.query';

/** How many positions are looked through at once when a client returns after a while. */
const WINDOW_COUNT = 1_000;

export interface StreamFilter {
  readonly fiscalYear?: number;
  readonly province?: string;
}

/** Changed standings as they come: one event for each position that changed any, with the rows as they are from then on. */
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
      const { position, rows } = await this.#next(seen);
      for (const [changedAt, standings] of byPosition(rows.filter((row) => matches(row, filter)))) {
        yield { id: changedAt, event: 'standings', data: { position: changedAt, standings } as unknown as Json };
      }
      if (position > seen) seen = position;
      else await this.projections.beyond(STANDINGS, seen, signal);
    }
  }

  async #next(seen: Position): Promise<{ position: Position; rows: readonly StandingRow[] }> {
    const { result } = await this.readModels.read(STANDINGS, {}, async (manager, standpoint) => {
      const position = Math.min(standpoint.position, seen + WINDOW_COUNT);
      return { position, rows: position > seen ? await findChanges(manager, seen, position) : [] };
    });
    return result;
  }
}

function byPosition(rows: readonly StandingRow[]): Map<Position, StandingRow[]> {
  const grouped = new Map<Position, StandingRow[]>();
  for (const row of rows) {
    const group = grouped.get(row.changedAtPosition);
    if (group) group.push(row);
    else grouped.set(row.changedAtPosition, [row]);
  }
  return grouped;
}

function matches(row: StandingRow, { fiscalYear, province }: StreamFilter): boolean {
  return (
    (fiscalYear === undefined || row.fiscalYear === fiscalYear) && (province === undefined || row.province === province)
  );
}
