import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { NOT_STATED, type NotStated } from '@khamrap/kernel';
import { NotAuthenticated, type Requester } from '@khamrap/platform/access';
import {
  decodeCursor,
  IsFiscalYear,
  IsIdentifier,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  timesOf,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { INSPECTION_LEVELS, type InspectionLevel } from '../../domain/inspection.vocabulary';
import { INSPECTIONS } from './follow-up.projection';
import { conditionsOf, holds, linesOf, Parameters, roundsAt, selectionOf } from './follow-up.sql';
import { roundTable } from './follow-up.tables';

const STATUSES = ['open', 'closed'] as const;
type RoundStatus = (typeof STATUSES)[number];
/** Behind every day that there is: rounds without a first day come last. */
const NO_DAY = '0000-00-00';

export class InspectionRoundsQuery extends IntersectionType(PageQuery, KnownQuery) {
  @ApiPropertyOptional({ example: 'TH-54', description: 'Rounds that inspect this province' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ example: 'primeMinisterOffice-16' })
  @IsOptional()
  @IsIdentifier()
  readonly zone?: string;

  @ApiPropertyOptional({ enum: INSPECTION_LEVELS })
  @IsOptional()
  @IsIn(INSPECTION_LEVELS)
  readonly level?: InspectionLevel;

  @ApiPropertyOptional({ type: 'integer', minimum: 2500, maximum: 2642, example: 2562 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: RoundStatus;

  @ApiPropertyOptional({
    enum: ['true'],
    description: 'Rounds in which you are named as an inspector, or of a zone in which you may conduct rounds',
  })
  @IsOptional()
  @IsIn(['true'])
  readonly mine?: 'true';
}

export interface InspectionRoundItem {
  readonly roundId: string;
  /** As it is printed. */
  readonly number: string;
  readonly level: InspectionLevel;
  readonly inspectingOfficeId: string | null;
  readonly inspectingName: string | null;
  readonly fiscalYear: number | NotStated;
  readonly theme: string | null;
  readonly zoneId: string | null;
  /** Those that are inspected. */
  readonly provinces: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly status: RoundStatus;
  /** `noneFound` where an inspector has stated it and the round is closed; else it is not told here. */
  readonly findings: 'noneFound' | NotStated;
  readonly visitCount: number;
  readonly eventId: string;
  readonly position: number;
}

export const ROUND_COLUMNS: readonly CsvColumn<InspectionRoundItem>[] = [
  { header: 'roundId', value: (round) => round.roundId },
  { header: 'number', value: (round) => round.number },
  { header: 'level', value: (round) => round.level },
  { header: 'inspectingOfficeId', value: (round) => round.inspectingOfficeId },
  { header: 'inspectingName', value: (round) => round.inspectingName },
  { header: 'fiscalYear', value: (round) => round.fiscalYear },
  { header: 'theme', value: (round) => round.theme },
  { header: 'zoneId', value: (round) => round.zoneId },
  { header: 'provinces', value: (round) => round.provinces.join('; ') },
  { header: 'from', value: (round) => round.from },
  { header: 'to', value: (round) => round.to },
  { header: 'status', value: (round) => round.status },
  { header: 'findings', value: (round) => round.findings },
  { header: 'visitCount', value: (round) => round.visitCount },
  { header: 'position', value: (round) => round.position },
];

interface RoundRow {
  round_id: string;
  number: string;
  level: InspectionLevel;
  inspecting_office_id: string | null;
  inspecting_name: string | null;
  fiscal_year: number | null;
  theme: string | null;
  zone_id: string | null;
  provinces: string;
  days_from: string | null;
  days_to: string | null;
  status: RoundStatus;
  is_found_empty: boolean;
  visit_count: number;
  event_id: string;
  from_position: number;
}

export class ListInspectionRounds extends Query<Page<InspectionRoundItem>> {
  constructor(
    readonly query: InspectionRoundsQuery,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

/** Rounds, the latest first. There is nothing in the list that not everybody may know. */
@QueryHandler(ListInspectionRounds)
export class ListInspectionRoundsHandler implements IQueryHandler<ListInspectionRounds> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, requester }: ListInspectionRounds): Promise<Page<InspectionRoundItem>> {
    if (query.mine !== undefined && requester === undefined) throw new NotAuthenticated('missing');
    const { standpoint, result } = await this.readModels.read(INSPECTIONS, query, (manager, at) =>
      roundsOf(manager, at, query, requester),
    );
    const last = result.length > query.limit ? result[query.limit - 1] : undefined;
    return {
      items: result.slice(0, query.limit).map(itemOf),
      position: standpoint.position,
      ...timesOf(query),
      ...(last && { next: [last.days_from ?? NO_DAY, last.round_id] }),
    };
  }
}

function roundsOf(
  manager: EntityManager,
  at: Standpoint,
  query: InspectionRoundsQuery,
  requester: Requester | undefined,
): Promise<RoundRow[]> {
  const parameters = new Parameters();
  const rounds = roundsAt(at, parameters);
  const firstDay = `coalesce(r.days_from::text, '${NO_DAY}')`;
  const conditions = conditionsOf(
    [
      [query.province, holds('r.provinces')],
      [query.zone, (zone) => `r.zone_id = ${zone}`],
      [query.level, (level) => `r.level = ${level}`],
      [query.fiscalYear, (year) => `r.fiscal_year = ${year}`],
      [query.status, (status) => `r.status = ${status}`],
    ],
    parameters,
  );
  const mine =
    query.mine !== undefined && requester
      ? [
          `(${holds('r.inspector_ids')(parameters.add(requester.actor.id))}
            OR r.zone_id = ANY (${parameters.add(zonesOf(requester))}::text[]))`,
        ]
      : [];
  const [day, roundId] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['text', 'text']);
  const after =
    day === undefined
      ? []
      : [
          `(${firstDay} < ${parameters.add(day)}
            OR (${firstDay} = ${parameters.add(day)} AND r.round_id::text > ${parameters.add(roundId)}))`,
        ];
  return manager.query<RoundRow[]>(
    `SELECT ${selectionOf(roundTable, 'r')} FROM ${rounds} AS r
     WHERE ${['true', ...conditions, ...mine, ...after].join(' AND ')}
     ORDER BY ${firstDay} COLLATE "C" DESC, r.round_id LIMIT ${parameters.add(query.limit + 1)}`,
    parameters.values,
  );
}

/** The zones in which somebody may conduct rounds. */
function zonesOf({ grants }: Requester): readonly string[] {
  return grants.flatMap(({ scope, permissions }) =>
    scope.kind === 'zone' && permissions.has('inspection.conduct') ? [scope.zone] : [],
  );
}

function itemOf(row: RoundRow): InspectionRoundItem {
  return {
    roundId: row.round_id,
    number: row.number,
    level: row.level,
    inspectingOfficeId: row.inspecting_office_id,
    inspectingName: row.inspecting_name,
    fiscalYear: row.fiscal_year ?? NOT_STATED,
    theme: row.theme,
    zoneId: row.zone_id,
    provinces: linesOf(row.provinces),
    from: row.days_from ?? NOT_STATED,
    to: row.days_to ?? NOT_STATED,
    status: row.status,
    findings: row.is_found_empty ? 'noneFound' : NOT_STATED,
    visitCount: row.visit_count,
    eventId: row.event_id,
    position: Number(row.from_position),
  };
}
