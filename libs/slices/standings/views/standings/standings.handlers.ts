import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { decodeCursor, RequestRefused } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { isUUID } from 'class-validator';
import type { AgreementsPage, StandingsPage, StandingsQuery } from './standings.answer';
import { STANDINGS } from './standings.projection';
import { findAgreementStandings, findStandings, type AgreementsCursor, type StandingsCursor } from './standings.query';

export class ListStandings extends Query<StandingsPage> {
  constructor(readonly query: StandingsQuery) {
    super();
  }
}

@QueryHandler(ListStandings)
export class ListStandingsHandler implements IQueryHandler<ListStandings> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListStandings): Promise<StandingsPage> {
    const after = cursorOf<StandingsCursor>(
      query,
      ['text', 'text', 'text', 'text'],
      ([agreementId, , indicatorId]) => isUUID(agreementId) && isUUID(indicatorId),
    );
    const { standpoint, result } = await this.readModels.read(STANDINGS, query, (manager, at) =>
      findStandings(manager, at, query, after, query.limit),
    );
    const last = result.length > query.limit ? result[query.limit - 1] : undefined;
    return {
      items: result.slice(0, query.limit),
      position: standpoint.position,
      ...(last && { next: [last.agreementId, last.displayOrder, last.indicatorId, last.period] }),
    };
  }
}

export class ListAgreements extends Query<AgreementsPage> {
  constructor(readonly query: StandingsQuery) {
    super();
  }
}

@QueryHandler(ListAgreements)
export class ListAgreementsHandler implements IQueryHandler<ListAgreements> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListAgreements): Promise<AgreementsPage> {
    const after = cursorOf<AgreementsCursor>(query, ['text'], ([agreementId]) => isUUID(agreementId));
    const { standpoint, result } = await this.readModels.read(STANDINGS, query, (manager, at) =>
      findAgreementStandings(manager, at, query, after, query.limit),
    );
    const last = result.length > query.limit ? result[query.limit - 1] : undefined;
    return {
      items: result.slice(0, query.limit),
      position: standpoint.position,
      ...(last && { next: [last.agreementId] }),
    };
  }
}

/** @throws RequestRefused when the cursor names no place in this order */
function cursorOf<Cursor extends readonly string[]>(
  { cursor }: StandingsQuery,
  shape: readonly 'text'[],
  isPlace: (cursor: Cursor) => boolean,
): Cursor | undefined {
  if (cursor === undefined) return undefined;
  const place = decodeCursor(cursor, shape) as unknown as Cursor;
  if (isPlace(place)) return place;
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'isCursor', parameter: 'cursor' }] });
}
