import { Injectable } from '@nestjs/common';
import type { Json, Position } from '@khamrap/kernel';
import { PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import type { ServerSentEvent } from '@khamrap/platform/http';
import { Projections, ReadModels } from '@khamrap/platform/projections';
import { SharedChanges } from './shared-changes';
import { STANDINGS } from './standings.projection';
import type { StandingChange } from './standings.query';
import type { StandingRow } from './standings.rows';

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
  readonly #shared: SharedChanges;

  constructor(
    private readonly projections: Projections,
    readModels: ReadModels,
  ) {
    this.#shared = new SharedChanges(projections, readModels);
  }

  /**
   * What somebody sees change. Of what they do not see there is no sign: neither an event nor the position of one.
   * @param after the last position that the client has seen; from now on without it
   * @param sightNow how far the client sees, asked anew each time, because grants end while a stream goes on
   */
  async *changes(
    filter: StreamFilter,
    after: Position | undefined,
    signal: AbortSignal,
    sightNow: () => Promise<Sight> = () => Promise.resolve(PUBLIC_SIGHT),
  ): AsyncGenerator<ServerSentEvent> {
    let seen = after ?? (await this.projections.positionOf(STANDINGS));
    for (;;) {
      await this.#shared.beyond(seen, signal);
      if (signal.aborted) return;
      const { position, changes } = await this.#shared.after(seen, await sightNow());
      for (const changed of byPosition(changes.filter(({ row }) => matches(row, filter)))) {
        yield { id: changed.position, event: 'standings', data: changed as unknown as Json };
      }
      seen = position;
    }
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
