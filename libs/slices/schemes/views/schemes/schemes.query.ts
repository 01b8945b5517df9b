import { IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { decodeCursor, KnownQuery, PageQuery, timesOf, type CsvColumn, type Page } from '@khamrap/platform/http';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { SCHEMES } from './schemes.projection';
import { schemeEntity, schemeTable, type SchemeRow } from './schemes.table';

export class SchemesQuery extends IntersectionType(PageQuery, KnownQuery) {}

export interface SchemeItem {
  readonly schemeId: string;
  readonly nameTh: string;
  readonly nameEn: string | null;
  readonly basis: string | null;
  readonly eventId: string;
  readonly position: number;
  readonly recordedAt: string;
}

export const SCHEME_COLUMNS: readonly CsvColumn<SchemeItem>[] = [
  { header: 'schemeId', value: (scheme) => scheme.schemeId },
  { header: 'nameTh', value: (scheme) => scheme.nameTh },
  { header: 'nameEn', value: (scheme) => scheme.nameEn },
  { header: 'basis', value: (scheme) => scheme.basis },
  { header: 'position', value: (scheme) => scheme.position },
];

export class ListSchemes extends Query<Page<SchemeItem>> {
  constructor(readonly query: SchemesQuery) {
    super();
  }
}

@QueryHandler(ListSchemes)
export class ListSchemesHandler implements IQueryHandler<ListSchemes> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query: filter }: ListSchemes): Promise<Page<SchemeItem>> {
    const { standpoint, result } = await this.readModels.read(SCHEMES, filter, (manager, at) =>
      pageOf(manager, at, filter),
    );
    const last = result.length > filter.limit ? result[filter.limit - 1] : undefined;
    return {
      items: result.slice(0, filter.limit).map(itemOf),
      position: standpoint.position,
      ...timesOf(filter),
      ...(last && { next: [last.scheme_id] }),
    };
  }
}

/** A scheme is named by one event and renamed by none, so the past holds those that were there already. */
function pageOf(
  manager: EntityManager,
  { past, position }: Standpoint,
  { cursor, limit }: SchemesQuery,
): Promise<SchemeRow[]> {
  const query = manager
    .getRepository(schemeEntity)
    .createQueryBuilder(schemeTable.name)
    .orderBy('scheme.scheme_id')
    .limit(limit + 1);
  if (past) query.andWhere('scheme.from_position <= :position', { position });
  if (cursor !== undefined) {
    const [schemeId] = decodeCursor(cursor, ['text']);
    query.andWhere('scheme.scheme_id > :schemeId', { schemeId });
  }
  return query.getMany();
}

function itemOf(row: SchemeRow): SchemeItem {
  return {
    schemeId: row.scheme_id,
    nameTh: row.name_th,
    nameEn: row.name_en,
    basis: row.basis,
    eventId: row.event_id,
    position: Number(row.from_position),
    recordedAt: new Date(Number(row.from_recorded_at_ms)).toISOString(),
  };
}
