import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { decodeCursor, RequestRefused, timesOf } from '@khamrap/platform/http';
import { ReadModels, type SightToAsk, type Standpoint } from '@khamrap/platform/projections';
import { isUUID } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { findRounds } from './agreement-rounds.query';
import type { AgreementsPage, StandingsPage, StandingsQuery } from './standings.answer';
import { STANDINGS } from './standings.projection';
import { findAgreementStandings, findStandings, type AgreementsCursor, type StandingsCursor } from './standings.query';
import type { StandingsFilter } from './standings.sql';
import { findZones } from './zones.query';

export class ListStandings extends Query<StandingsPage> {
  constructor(
    readonly query: StandingsQuery,
    readonly sight: SightToAsk = PUBLIC_SIGHT,
  ) {
    super();
  }
}

@QueryHandler(ListStandings)
export class ListStandingsHandler implements IQueryHandler<ListStandings> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, sight }: ListStandings): Promise<StandingsPage> {
    const after = cursorOf<StandingsCursor>(
      query,
      ['text', 'text', 'text', 'text'],
      ([agreementId, , indicatorId]) => isUUID(agreementId) && isUUID(indicatorId),
    );
    const { standpoint, result } = await this.readModels.read(
      STANDINGS,
      query,
      async (manager, standpoint, seen) =>
        findStandings(
          manager,
          { standpoint, sight: seen },
          await filterOf(manager, standpoint, query),
          after,
          query.limit,
        ),
      sight,
    );
    const last = result.length > query.limit ? result[query.limit - 1] : undefined;
    return {
      items: result.slice(0, query.limit),
      position: standpoint.position,
      ...timesAskedFor(query),
      ...(last && { next: [last.agreementId, last.displayOrder, last.indicatorId, last.period] }),
    };
  }
}

export class ListAgreements extends Query<AgreementsPage> {
  constructor(
    readonly query: StandingsQuery,
    readonly sight: SightToAsk = PUBLIC_SIGHT,
  ) {
    super();
  }
}

@QueryHandler(ListAgreements)
export class ListAgreementsHandler implements IQueryHandler<ListAgreements> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, sight }: ListAgreements): Promise<AgreementsPage> {
    const after = cursorOf<AgreementsCursor>(query, ['text'], ([agreementId]) => isUUID(agreementId));
    const find = async (manager: EntityManager, standpoint: Standpoint, seen: Sight) => {
      const view = { standpoint, sight: seen };
      const filter = await filterOf(manager, standpoint, query);
      const agreements = await findAgreementStandings(manager, view, filter, after, query.limit);
      const ids = agreements.map(({ agreementId }) => agreementId);
      const rounds = await findRounds(manager, view, ids);
      return agreements.map((row) => ({ ...row, rounds: rounds.get(row.agreementId) ?? [] }));
    };
    const { standpoint, result } = await this.readModels.read(STANDINGS, query, find, sight);
    const last = result.length > query.limit ? result[query.limit - 1] : undefined;
    return {
      items: result.slice(0, query.limit),
      position: standpoint.position,
      ...timesAskedFor(query),
      ...(last && { next: [last.agreementId] }),
    };
  }
}

function timesAskedFor(query: StandingsQuery): Pick<StandingsPage, 'effectiveOn' | 'publishedBy'> {
  const { effectiveOn } = query;
  return { ...(effectiveOn !== undefined && { effectiveOn }), ...timesOf(query) };
}

async function filterOf(manager: EntityManager, at: Standpoint, query: StandingsQuery): Promise<StandingsFilter> {
  const { zone } = query;
  const asked: StandingsFilter = query;
  const provinces = zone === undefined ? undefined : await provincesOf(manager, at, zone, query);
  return { ...asked, ...(provinces && { provinces }) };
}

/** The provinces of a zone; of one that nobody knows there are none. */
export async function provincesOf(
  manager: EntityManager,
  at: Standpoint,
  zone: string,
  on: Parameters<typeof findZones>[2],
): Promise<readonly string[]> {
  const { provinces } = await findZones(manager, at, on);
  return provinces.get(zone) ?? [];
}

/** @throws RequestRefused when the cursor names no place in this order */
export function cursorOf<Cursor extends readonly (string | number)[]>(
  { cursor }: { readonly cursor?: string | undefined },
  shape: readonly ('text' | 'integer')[],
  isPlace: (cursor: Cursor) => boolean,
): Cursor | undefined {
  if (cursor === undefined) return undefined;
  const place = decodeCursor(cursor, shape) as unknown as Cursor;
  if (isPlace(place)) return place;
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'isCursor', parameter: 'cursor' }] });
}
