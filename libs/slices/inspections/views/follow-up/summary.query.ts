import { Inject } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { BothLanguages, IsoDate } from '@khamrap/kernel';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import {
  decodeCursor,
  FreshnessQuery,
  IsDateText,
  IsFiscalYear,
  PageQuery,
  PROVINCE_CODE,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { dayOfAnswer, ReadModels, type SightToAsk, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { INSPECTIONS } from './follow-up.projection';
import { conditionsOf, followUpsAt, holds, Parameters } from './follow-up.sql';
import { WITHIN_SIGHT } from './follow-up.tables';

const GROUPS = ['office', 'theme', 'fiscalYear', 'severity'] as const;
type Group = (typeof GROUPS)[number];
const NOT_NAMED = 'notStated';
const GROUP_KEYS: Readonly<Record<Group, string>> = {
  office: `unnest(string_to_array(coalesce(nullif(f.offices, ''), '${NOT_NAMED}'), E'\\n'))`,
  theme: `coalesce(f.theme, '${NOT_NAMED}')`,
  fiscalYear: `coalesce(f.fiscal_year::text, '${NOT_NAMED}')`,
  severity: `coalesce(f.severity, '${NOT_NAMED}')`,
};

export class FindingsSummaryQuery extends IntersectionType(PageQuery, FreshnessQuery) {
  @ApiProperty({ enum: GROUPS, description: 'A finding of several offices counts for each of them' })
  @IsIn(GROUPS)
  readonly by: Group;

  @ApiPropertyOptional({ example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 2500, maximum: 2642, example: 2562 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({
    type: 'string',
    example: '2027-04-30',
    description: 'What was due by this day; by the day on which the answer stands without it',
  })
  @IsOptional()
  @IsDateText()
  readonly effectiveOn?: IsoDate;
}

/** How many of those that were to be answered by a day are resolved. */
export interface FollowUpRate {
  /** Resolved, of those that were due. */
  readonly numerator: number;
  /** Findings with a day for their answer that lies no later than the day of the answer. */
  readonly denominator: number;
  /** With four decimals; null where nothing was due. */
  readonly rate: string | null;
}

export interface FindingCounts {
  /** Without those that were withdrawn. */
  readonly recorded: number;
  readonly open: number;
  readonly resolved: number;
  readonly overdue: number;
  readonly escalated: number;
  readonly withdrawn: number;
  readonly followUp: FollowUpRate;
}

export interface FindingsGroup extends FindingCounts {
  /** The office, theme, year or severity; `notStated` where there is none. */
  readonly group: string;
}

export interface FindingsSummaryPage extends Page<FindingsGroup> {
  readonly by: Group;
  readonly effectiveOn: string;
  /** Each finding once, however many groups it is in. */
  readonly overall: FindingCounts;
  readonly counted: BothLanguages;
}

/** What the numbers count, stated with them. */
const COUNTED: BothLanguages = {
  th: 'นับข้อค้นพบที่อยู่ในขอบเขตสิทธิของท่าน ไม่นับที่ถอนแล้ว อัตราการติดตามคือข้อค้นพบที่แก้ไขเสร็จสิ้นหารด้วยข้อค้นพบที่ครบกำหนดชี้แจงถึงวันของคำตอบ ข้อค้นพบที่ไม่มีวันครบกำหนดไม่อยู่ในตัวหาร',
  en: 'Findings within your reach are counted, without those that were withdrawn. The follow-up rate is the resolved among the findings that were due by the day of the answer; findings without such a day are not in it.',
};

export const SUMMARY_COLUMNS: readonly CsvColumn<FindingsGroup>[] = [
  { header: 'group', value: ({ group }) => group },
  { header: 'recorded', value: ({ recorded }) => recorded },
  { header: 'open', value: ({ open }) => open },
  { header: 'resolved', value: ({ resolved }) => resolved },
  { header: 'overdue', value: ({ overdue }) => overdue },
  { header: 'escalated', value: ({ escalated }) => escalated },
  { header: 'withdrawn', value: ({ withdrawn }) => withdrawn },
  { header: 'followUpNumerator', value: ({ followUp }) => followUp.numerator },
  { header: 'followUpDenominator', value: ({ followUp }) => followUp.denominator },
  { header: 'followUpRate', value: ({ followUp }) => followUp.rate },
];

export class SummariseFindings extends Query<FindingsSummaryPage> {
  constructor(
    readonly query: FindingsSummaryQuery,
    readonly today: IsoDate,
    readonly sight: SightToAsk,
  ) {
    super();
  }
}

/**
 * Counts what lies within somebody's reach. What is only published does not count: of elsewhere they see no more than what is
 * resolved, which would make every rate look better than it is.
 */
@QueryHandler(SummariseFindings)
export class SummariseFindingsHandler implements IQueryHandler<SummariseFindings> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: Pick<EventStore, 'readLog'>,
  ) {}

  async execute({ query, today, sight }: SummariseFindings): Promise<FindingsSummaryPage> {
    const { standpoint, result } = await this.readModels.read(
      INSPECTIONS,
      query,
      async (manager, at) => {
        const day = await dayOfAnswer(this.store, query, at, today);
        const { province, fiscalYear } = query;
        const rows = await countsOf(manager, at, query, day, GROUP_KEYS[query.by]);
        const [overall] = await countsOf(manager, at, { province, fiscalYear, limit: 1 }, day, `''::text`);
        return { day, rows, overall };
      },
      sight,
    );
    const { day, rows, overall } = result;
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      by: query.by,
      items: rows.slice(0, query.limit).map((row) => ({ group: row.group_key, ...countsIn(row) })),
      overall: countsIn(overall ?? NOTHING),
      counted: COUNTED,
      effectiveOn: day,
      position: standpoint.position,
      ...(last && { next: [last.group_key] }),
    };
  }
}

interface CountRow {
  group_key: string;
  recorded: number;
  open: number;
  resolved: number;
  overdue: number;
  escalated: number;
  withdrawn: number;
  due: number;
  resolved_of_due: number;
  rate: string | null;
}

const NOTHING: CountRow = {
  group_key: '',
  recorded: 0,
  open: 0,
  resolved: 0,
  overdue: 0,
  escalated: 0,
  withdrawn: 0,
  due: 0,
  resolved_of_due: 0,
  rate: null,
};

interface CountQuery {
  readonly province?: string | undefined;
  readonly fiscalYear?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

function countsOf(
  manager: EntityManager,
  at: Standpoint,
  query: CountQuery,
  day: IsoDate,
  groupKey: string,
): Promise<CountRow[]> {
  const parameters = new Parameters();
  const items = followUpsAt(at, parameters);
  const on = `${parameters.add(day)}::date`;
  const conditions = conditionsOf(
    [
      [query.province, holds('f.provinces')],
      [query.fiscalYear, (year) => `f.fiscal_year = ${year}`],
    ],
    parameters,
  );
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['text']);
  const behind = after === undefined ? '' : `WHERE group_key COLLATE "C" > ${parameters.add(after)}`;
  const count = (condition: string): string => `count(*) FILTER (WHERE ${condition})::int`;
  const due = `status <> 'withdrawn' AND due_on <= ${on}`;
  return manager.query<CountRow[]>(
    `SELECT *, CASE WHEN due > 0 THEN round(resolved_of_due::numeric / due, 4)::text END AS rate FROM (
       SELECT group_key COLLATE "C" AS group_key, ${count(`status <> 'withdrawn'`)} AS recorded,
              ${count(`status NOT IN ('resolved', 'withdrawn')`)} AS open, ${count(`status = 'resolved'`)} AS resolved,
              ${count(`is_awaited AND due_on < ${on}`)} AS overdue,
              ${count(`escalation_count > 0 AND status <> 'withdrawn'`)} AS escalated,
              ${count(`status = 'withdrawn'`)} AS withdrawn, ${count(due)} AS due,
              ${count(`${due} AND status = 'resolved'`)} AS resolved_of_due
       FROM (SELECT f.*, ${groupKey} AS group_key FROM ${items} AS f
             WHERE ${[`f.kind = 'finding'`, WITHIN_SIGHT, ...conditions].join(' AND ')}) AS grouped
       GROUP BY group_key) AS counted ${behind}
     ORDER BY group_key COLLATE "C" LIMIT ${parameters.add(query.limit + 1)}`,
    parameters.values,
  );
}

function countsIn({
  group_key: _group,
  due,
  resolved_of_due: resolvedOfDue,
  rate,
  ...counts
}: CountRow): FindingCounts {
  const { recorded, open, resolved, overdue, escalated, withdrawn } = counts;
  const followUp = { numerator: resolvedOfDue, denominator: due, rate };
  return { recorded, open, resolved, overdue, escalated, withdrawn, followUp };
}
