import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsOptional, Matches } from 'class-validator';
import {
  decodeCursor,
  IsFiscalYear,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  timesOf,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { Goal } from '../../domain/goal-set.events';
import type { EntityManager } from 'typeorm';
import { GOAL_SETS } from './goal-sets.projection';
import { goalSetTable, type GoalSetRow } from './goal-sets.table';

export class GoalSetsQuery extends IntersectionType(PageQuery, KnownQuery) {
  @ApiPropertyOptional({ example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 2500, maximum: 2642, example: 2565 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;
}

export interface GoalSetItem {
  readonly goalSetId: string;
  readonly nameTh: string;
  readonly nameEn: string | null;
  readonly province: string;
  readonly fiscalYear: number;
  readonly goals: readonly Goal[];
  readonly goalSetVersion: number;
  /** Why it was revised; null for a set as it was first published. */
  readonly reason: string | null;
  readonly eventId: string;
  readonly position: number;
  readonly recordedAt: string;
}

export const GOAL_SET_COLUMNS: readonly CsvColumn<GoalSetItem>[] = [
  { header: 'goalSetId', value: (set) => set.goalSetId },
  { header: 'nameTh', value: (set) => set.nameTh },
  { header: 'nameEn', value: (set) => set.nameEn },
  { header: 'province', value: (set) => set.province },
  { header: 'fiscalYear', value: (set) => set.fiscalYear },
  { header: 'goals', value: ({ goals }) => goals.map(({ number, nameTh }) => `${number} ${nameTh}`).join('; ') },
  { header: 'goalSetVersion', value: (set) => set.goalSetVersion },
  { header: 'position', value: (set) => set.position },
];

export class ListGoalSets extends Query<Page<GoalSetItem>> {
  constructor(readonly query: GoalSetsQuery) {
    super();
  }
}

@QueryHandler(ListGoalSets)
export class ListGoalSetsHandler implements IQueryHandler<ListGoalSets> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query: filter }: ListGoalSets): Promise<Page<GoalSetItem>> {
    const { standpoint, result } = await this.readModels.read(GOAL_SETS, filter, (manager, at) =>
      pageOf(manager, at, filter),
    );
    const last = result.length > filter.limit ? result[filter.limit - 1] : undefined;
    return {
      items: result.slice(0, filter.limit).map(itemOf),
      position: standpoint.position,
      ...timesOf(filter),
      ...(last && { next: [last.goal_set_id] }),
    };
  }
}

/** The rows as they are now, or as they were: then every set that existed is looked up once in the history. */
function pageOf(
  manager: EntityManager,
  { past, position }: Standpoint,
  { province, fiscalYear, cursor, limit }: GoalSetsQuery,
): Promise<GoalSetRow[]> {
  const after = cursor === undefined ? null : (decodeCursor(cursor, ['text'])[0] ?? null);
  const inHistory = `CROSS JOIN LATERAL (SELECT * FROM read_model.${goalSetTable.history} AS h
    WHERE h.goal_set_id = k.goal_set_id AND h.from_position <= $5 ORDER BY h.from_position DESC LIMIT 1) AS s`;
  // Province and year never change, so they may narrow the keys before the past is looked up.
  return manager.query<GoalSetRow[]>(
    `SELECT ${past ? 's' : 'k'}.* FROM read_model.${goalSetTable.name} AS k ${past ? inHistory : ''}
     WHERE ($1::text IS NULL OR k.province = $1) AND ($2::integer IS NULL OR k.fiscal_year = $2)
       AND ($3::text IS NULL OR k.goal_set_id > $3)
     ORDER BY k.goal_set_id LIMIT $4`,
    [province ?? null, fiscalYear ?? null, after, limit + 1, ...(past ? [position] : [])],
  );
}

function itemOf(row: GoalSetRow): GoalSetItem {
  return {
    goalSetId: row.goal_set_id,
    nameTh: row.name_th,
    nameEn: row.name_en,
    province: row.province,
    fiscalYear: row.fiscal_year,
    goals: JSON.parse(row.goals) as readonly Goal[],
    goalSetVersion: row.goal_set_version,
    reason: row.reason,
    eventId: row.event_id,
    position: Number(row.from_position),
    recordedAt: new Date(Number(row.from_recorded_at_ms)).toISOString(),
  };
}
