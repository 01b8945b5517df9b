import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsOptional, isUUID, IsUUID, Matches } from 'class-validator';
import type { Json } from '@khamrap/kernel';
import {
  decodeCursor,
  FreshnessQuery,
  IsIdentifier,
  PageQuery,
  PROVINCE_CODE,
  RequestRefused,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { AWARDS } from './awards.projection';
import { awardEntity, awardTable, type AwardRow } from './awards.table';

export class AwardsQuery extends IntersectionType(PageQuery, FreshnessQuery) {
  @ApiPropertyOptional({ example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly id?: string;

  @ApiPropertyOptional({ example: 'gecc' })
  @IsOptional()
  @IsIdentifier()
  readonly category?: string;
}

export interface AwardItem {
  readonly awardId: string;
  readonly kind: 'granted' | 'announced';
  readonly category: string;
  readonly categoryPrinted: string | null;
  readonly grantors: Json;
  /** Null: the source states a number and no names. */
  readonly recipients: Json;
  readonly awardCount: number;
  readonly awardYear: string;
  readonly fiscalYear: number | null;
  readonly rank: number | null;
  readonly comparisonSet: string | null;
  readonly forms: Json;
  readonly announcedOn: string | null;
  readonly province: string | null;
  readonly basis: string | null;
  readonly asPrinted: string | null;
  readonly eventId: string;
  readonly position: number;
  readonly recordedAt: string;
}

export interface AwardsPage extends Page<AwardItem> {
  /** All awards that the filter finds, counted once: each granted award, and each stated number. */
  readonly awardCount: number;
}

export const AWARD_COLUMNS: readonly CsvColumn<AwardItem>[] = [
  { header: 'awardId', value: (award) => award.awardId },
  { header: 'kind', value: (award) => award.kind },
  { header: 'category', value: (award) => award.category },
  { header: 'categoryPrinted', value: (award) => award.categoryPrinted },
  { header: 'awardCount', value: (award) => award.awardCount },
  { header: 'awardYear', value: (award) => award.awardYear },
  { header: 'announcedOn', value: (award) => award.announcedOn },
  { header: 'province', value: (award) => award.province },
  { header: 'grantors', value: (award) => namesIn(award.grantors) },
  { header: 'recipients', value: (award) => namesIn(award.recipients) },
  { header: 'position', value: (award) => award.position },
];

export class ListAwards extends Query<AwardsPage> {
  constructor(readonly query: AwardsQuery) {
    super();
  }
}

@QueryHandler(ListAwards)
export class ListAwardsHandler implements IQueryHandler<ListAwards> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query: filter }: ListAwards): Promise<AwardsPage> {
    const { standpoint, result } = await this.readModels.read(AWARDS, filter, async (manager, at) => ({
      rows: await pageOf(manager, at, filter),
      awardCount: await countOf(manager, at, filter),
    }));
    const items = result.rows.slice(0, filter.limit).map(itemOf);
    const last = result.rows.length > filter.limit ? result.rows[filter.limit - 1] : undefined;
    return {
      items,
      awardCount: result.awardCount,
      position: standpoint.position,
      ...(last && { next: [last.award_id] }),
    };
  }
}

async function pageOf(manager: EntityManager, standpoint: Standpoint, filter: AwardsQuery): Promise<AwardRow[]> {
  const query = awardsAt(manager, standpoint, filter)
    .orderBy('award.award_id')
    .limit(filter.limit + 1);
  if (filter.cursor !== undefined) {
    const [awardId] = decodeCursor(filter.cursor, ['text']);
    if (!isUUID(awardId))
      throw new RequestRefused('invalidRequest', { errors: [{ code: 'isCursor', parameter: 'cursor' }] });
    query.andWhere('award.award_id > :awardId', { awardId });
  }
  return query.getMany();
}

async function countOf(manager: EntityManager, standpoint: Standpoint, filter: AwardsQuery): Promise<number> {
  const row = await awardsAt(manager, standpoint, filter)
    .select('coalesce(sum(award.award_count), 0)', 'count')
    .getRawOne<{ count: number }>();
  return row?.count ?? 0;
}

/** An award is told by one event and changed by none yet, so the past holds those that were there already. */
function awardsAt(
  manager: EntityManager,
  { past, position }: Standpoint,
  filter: AwardsQuery,
): SelectQueryBuilder<AwardRow> {
  const query = manager.getRepository(awardEntity).createQueryBuilder(awardTable.name).where('award.present');
  if (past) query.andWhere('award.from_position <= :position', { position });
  if (filter.province !== undefined) query.andWhere('award.province = :province', { province: filter.province });
  if (filter.id !== undefined) query.andWhere('award.award_id = :id', { id: filter.id });
  if (filter.category !== undefined) query.andWhere('award.category = :category', { category: filter.category });
  return query;
}

function itemOf(row: AwardRow): AwardItem {
  return {
    awardId: row.award_id,
    kind: row.kind,
    category: row.category,
    categoryPrinted: row.category_printed,
    grantors: JSON.parse(row.grantors) as Json,
    recipients: row.recipients === null ? null : (JSON.parse(row.recipients) as Json),
    awardCount: row.award_count,
    awardYear: row.award_year,
    fiscalYear: row.fiscal_year,
    rank: row.rank,
    comparisonSet: row.comparison_set,
    forms: row.forms === null ? null : (JSON.parse(row.forms) as Json),
    announcedOn: row.announced_on,
    province: row.province,
    basis: row.basis,
    asPrinted: row.as_printed,
    eventId: row.event_id,
    position: Number(row.from_position),
    recordedAt: new Date(Number(row.from_recorded_at_ms)).toISOString(),
  };
}

function namesIn(bodies: Json): string | null {
  if (!Array.isArray(bodies)) return null;
  return (bodies as readonly { readonly name: string }[]).map(({ name }) => name).join('; ');
}
