import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import type { Sight } from '@khamrap/platform/access';
import {
  decodeCursor,
  Excludes,
  FreshnessQuery,
  IsFiscalYear,
  IsIdentifier,
  IsUuidText,
  PageQuery,
  PROVINCE_CODE,
  type Page,
} from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { OPEN_STATUSES, type OpenStatus } from '../../domain/question.decider';
import { RULE_CODES, type RuleCode } from '../../domain/rules/rule-vocabulary';
import { itemOf, type QuestionItem } from './question.item';
import { QUESTIONS } from './questions.projection';
import { pageOfQuestions, provincesOfZone, rulesAt, type QuestionFilter } from './questions.sql';

const STATUSES = ['raised', ...OPEN_STATUSES] as const;
const MODES = ['ask', 'note'] as const;
const YES_OR_NO = ['yes', 'no'] as const;

export class QuestionsQuery extends IntersectionType(PageQuery, FreshnessQuery) {
  @ApiPropertyOptional({ enum: RULE_CODES })
  @IsOptional()
  @IsIn(RULE_CODES)
  readonly rule?: RuleCode;

  @ApiPropertyOptional({ enum: MODES, description: 'Questions that ask, or notes that ask nobody; both without it' })
  @IsOptional()
  @IsIn(MODES)
  readonly mode?: (typeof MODES)[number];

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: 'raised' | OpenStatus;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUuidText()
  readonly agreement?: string;

  @ApiPropertyOptional({ example: 'phrae-cdd', description: 'An office that the question concerns' })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({ example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  @Excludes('zone')
  readonly province?: string;

  @ApiPropertyOptional({ example: 'primeMinisterOffice-16' })
  @IsOptional()
  @IsIdentifier()
  readonly zone?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 2500, maximum: 2642, example: 2565 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUuidText()
  readonly indicator?: string;

  @ApiPropertyOptional({ example: 'generated-2565' })
  @IsOptional()
  @IsIdentifier()
  readonly scheme?: string;

  @ApiPropertyOptional({ enum: YES_OR_NO, description: 'Whether later events changed what it rests on' })
  @IsOptional()
  @IsIn(YES_OR_NO)
  readonly changed?: (typeof YES_OR_NO)[number];

  @ApiPropertyOptional({ enum: ['only'], description: 'Asked, not explained, and past the day' })
  @IsOptional()
  @IsIn(['only'])
  readonly overdue?: 'only';
}

export class ListQuestions extends Query<Page<QuestionItem>> {
  constructor(
    readonly query: QuestionsQuery,
    readonly sight: () => Promise<Sight>,
    /** In Bangkok. */
    readonly today: IsoDate,
  ) {
    super();
  }
}

@QueryHandler(ListQuestions)
export class ListQuestionsHandler implements IQueryHandler<ListQuestions> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, sight, today }: ListQuestions): Promise<Page<QuestionItem>> {
    const { cursor, limit, zone } = query;
    const [position = null, questionId = null] = cursor === undefined ? [] : decodeCursor(cursor, ['integer', 'text']);
    const { standpoint, result } = await this.readModels.read(
      QUESTIONS,
      query,
      async (manager, at, seen) => {
        const provinces = zone === undefined ? null : await provincesOfZone(manager, at, zone);
        const after = [position as number | null, questionId as string | null] as const;
        const rows = await pageOfQuestions(manager, at, filterOf(query, provinces, today), after, limit + 1);
        const inForce = await rulesAt(manager, at);
        return { rows, items: rows.slice(0, limit).map((row) => itemOf(row, inForce, seen)) };
      },
      sight,
    );
    const last = result.rows.length > limit ? result.items.at(-1) : undefined;
    return {
      items: result.items,
      position: standpoint.position,
      ...(last && { next: [last.raisedPosition, last.questionId] }),
    };
  }
}

function filterOf(query: QuestionsQuery, provinces: readonly string[] | null, today: IsoDate): QuestionFilter {
  return {
    rule: query.rule ?? null,
    mode: query.mode ?? null,
    status: query.status ?? null,
    agreement: query.agreement ?? null,
    office: query.office ?? null,
    province: query.province ?? null,
    provinces,
    fiscalYear: query.fiscalYear ?? null,
    indicator: query.indicator ?? null,
    scheme: query.scheme ?? null,
    changed: query.changed === undefined ? null : query.changed === 'yes',
    overdueOn: query.overdue === undefined ? null : today,
  };
}
