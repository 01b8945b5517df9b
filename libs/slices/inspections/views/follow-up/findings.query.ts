import { Inject } from '@nestjs/common';
import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import {
  decodeCursor,
  FreshnessQuery,
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsPlainText,
  IsUuidText,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  timesOf,
  type Page,
} from '@khamrap/platform/http';
import { dayOfAnswer, ReadModels, type SightToAsk, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { SEVERITIES, type Severity } from '../../domain/inspection.vocabulary';
import { followUpItem, type FollowUpItem, type FollowUpRow } from './follow-up.item';
import { INSPECTIONS } from './follow-up.projection';
import { conditionsOf, followUpsAt, holds, Parameters, selectionOf, type Asked } from './follow-up.sql';
import { followUpTable } from './follow-up.tables';

const STATUSES = ['open', 'responded', 'insufficient', 'resolved', 'withdrawn'] as const;
/** After every day that there is: what is due on none comes last. */
const NO_DAY = '9999-12-31';

/** Which findings, and on which day they may be overdue. */
class FollowUpFilterQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'phrae-cdd', description: 'An office that is to answer' })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({ example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 2500, maximum: 2642, example: 2562 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUuidText()
  readonly round?: string;

  @ApiPropertyOptional({
    type: 'string',
    example: '2027-04-30',
    description: 'What is overdue on this day; on the day on which the answer stands without it',
  })
  @IsOptional()
  @IsDateText()
  readonly effectiveOn?: IsoDate;
}

export class FindingsQuery extends IntersectionType(FollowUpFilterQuery, KnownQuery) {
  @ApiPropertyOptional({ example: 'การลดค่าเป้าหมาย', description: 'As it is stated' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly theme?: string;

  @ApiPropertyOptional({ enum: SEVERITIES })
  @IsOptional()
  @IsIn(SEVERITIES)
  readonly severity?: Severity;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: (typeof STATUSES)[number];

  @ApiPropertyOptional({ enum: ['only'], description: 'Only those to which an answer is overdue' })
  @IsOptional()
  @IsIn(['only'])
  readonly overdue?: 'only';
}

export class OverdueQuery extends IntersectionType(FollowUpFilterQuery, FreshnessQuery) {
  @ApiPropertyOptional({ enum: ['yes', 'no'], description: 'Only what has been escalated, or has not' })
  @IsOptional()
  @IsIn(['yes', 'no'])
  readonly escalated?: 'yes' | 'no';
}

export interface FollowUpPage extends Page<FollowUpItem> {
  /** The day for which it tells what is late. */
  readonly effectiveOn: string;
}

export class ListFindings extends Query<FollowUpPage> {
  constructor(
    readonly query: FindingsQuery,
    readonly today: IsoDate,
    readonly sight: SightToAsk,
  ) {
    super();
  }
}

/** Answers that are late: to findings and to recommendations. */
export class ListOverdue extends Query<FollowUpPage> {
  constructor(
    readonly query: OverdueQuery,
    readonly today: IsoDate,
    readonly sight: SightToAsk,
  ) {
    super();
  }
}

/** What is published everybody sees; what is open, whoever reaches one of its provinces or offices. Soonest due first. */
@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: Pick<EventStore, 'readLog'>,
  ) {}

  async execute({ query, today, sight }: ListFindings): Promise<FollowUpPage> {
    const { theme, severity, status, overdue } = query;
    return this.list(query, today, sight, (day) => [
      ['finding', (kind) => `f.kind = ${kind}`],
      [theme, (value) => `f.theme = ${value}`],
      [severity, (value) => `f.severity = ${value}`],
      [status, (value) => `f.status = ${value}`],
      [overdue && day, isOverdue],
    ]);
  }

  async list(
    query: FindingsQuery | OverdueQuery,
    today: IsoDate,
    sight: SightToAsk,
    askedOn: (day: IsoDate) => Asked,
  ): Promise<FollowUpPage> {
    const { standpoint, result } = await this.readModels.read(
      INSPECTIONS,
      query,
      async (manager, at) => {
        const day = await dayOfAnswer(this.store, query, at, today);
        return { day, rows: await itemsOf(manager, at, query, askedOn(day)) };
      },
      sight,
    );
    const { day, rows } = result;
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      items: rows.slice(0, query.limit).map((row) => followUpItem(row, day)),
      effectiveOn: day,
      position: standpoint.position,
      ...('publishedBy' in query && timesOf(query)),
      ...(last && { next: [last.due_on ?? NO_DAY, last.item_id] }),
    };
  }
}

@QueryHandler(ListOverdue)
export class ListOverdueHandler implements IQueryHandler<ListOverdue> {
  constructor(private readonly findings: ListFindingsHandler) {}

  execute({ query, today, sight }: ListOverdue): Promise<FollowUpPage> {
    const { escalated } = query;
    return this.findings.list(query, today, sight, (day) => [
      [day, isOverdue],
      [escalated && escalated === 'yes', (value) => `(f.escalation_count > 0) = ${value}`],
    ]);
  }
}

function isOverdue(day: string): string {
  return `(f.is_awaited AND f.due_on < ${day}::date)`;
}

function itemsOf(
  manager: EntityManager,
  at: Standpoint,
  query: FollowUpFilterQuery,
  asked: Asked,
): Promise<FollowUpRow[]> {
  const parameters = new Parameters();
  const items = followUpsAt(at, parameters);
  const dueDay = `coalesce(f.due_on::text, '${NO_DAY}')`;
  const conditions = conditionsOf(
    [
      [query.office, holds('f.offices')],
      [query.province, holds('f.provinces')],
      [query.fiscalYear, (year) => `f.fiscal_year = ${year}`],
      [query.round, (round) => `f.round_id = ${round}`],
      ...asked,
    ],
    parameters,
  );
  const [day, itemId] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['text', 'text']);
  const after =
    day === undefined
      ? []
      : [
          `(${dueDay} > ${parameters.add(day)}
            OR (${dueDay} = ${parameters.add(day)} AND f.item_id::text > ${parameters.add(itemId)}))`,
        ];
  return manager.query<FollowUpRow[]>(
    `SELECT ${selectionOf(followUpTable, 'f')} FROM ${items} AS f
     WHERE ${['true', ...conditions, ...after].join(' AND ')}
     ORDER BY ${dueDay} COLLATE "C", f.item_id LIMIT ${parameters.add(query.limit + 1)}`,
    parameters.values,
  );
}
