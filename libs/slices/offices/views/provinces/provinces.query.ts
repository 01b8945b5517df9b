import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { PROVINCES, type Province } from '@khamrap/kernel';
import { decodeCursor, KnownQuery, PageQuery, timesOf, type CsvColumn, type Page } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { OFFICES } from '../offices/offices.projection';

export class ProvincesQuery extends IntersectionType(PageQuery, KnownQuery) {}

export const PROVINCE_COLUMNS: readonly CsvColumn<Province>[] = [
  { header: 'code', value: (province) => province.code },
  { header: 'nameTh', value: (province) => province.nameTh },
  { header: 'nameEn', value: (province) => province.nameEn },
];

export class ListProvinces extends Query<Page<Province>> {
  constructor(readonly query: ProvincesQuery) {
    super();
  }
}

/** Provinces ship with the ledger and no event tells of them: the answer is the same at every position, and names the one it stands on. */
@QueryHandler(ListProvinces)
export class ListProvincesHandler implements IQueryHandler<ListProvinces> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListProvinces): Promise<Page<Province>> {
    const after = query.cursor === undefined ? '' : String(decodeCursor(query.cursor, ['text'])[0]);
    const { standpoint } = await this.readModels.read(OFFICES, query, () => Promise.resolve());
    const rest = PROVINCES.filter(({ code }) => code > after);
    const items = rest.slice(0, query.limit);
    const last = rest.length > query.limit ? items.at(-1) : undefined;
    return { items, position: standpoint.position, ...timesOf(query), ...(last && { next: [last.code] }) };
  }
}
