import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import {
  FreshnessQuery,
  IsFiscalYear,
  IsIdentifier,
  IsWholeNumberText,
  PageQuery,
  PROVINCE_CODE,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { STATUSES, type Status } from '../../domain/judgement';
import type { AgreementStandingRow, StandingRow } from './standings.query';

const GOAL_MAX = 99;

/** Which standings, and as of when. */
export class StandingsQuery extends IntersectionType(PageQuery, FreshnessQuery) {
  @ApiPropertyOptional({ type: 'integer', example: 2566, description: 'Buddhist Era, the later year' })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({ example: 'TH-54', description: 'ISO 3166-2' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ example: 'phrae-cdd' })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: GOAL_MAX, example: 8 })
  @IsOptional()
  @IsWholeNumberText(1, GOAL_MAX)
  readonly goal?: number;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly agreement?: string;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: Status;
}

export type StandingsPage = Page<StandingRow>;
export type AgreementsPage = Page<AgreementStandingRow>;

export const STANDING_COLUMNS: readonly CsvColumn<StandingRow>[] = (
  [
    'fiscalYear',
    'province',
    'agreementId',
    'agreementTitle',
    'agreementStatus',
    'basis',
    'goalNumber',
    'displayNumber',
    'indicatorId',
    'name',
    'nameEn',
    'unit',
    'weight',
    'officeId',
    'officeName',
    'period',
    'target',
    'targetSpan',
    'actual',
    'actualUnit',
    'finality',
    'asOf',
    'status',
    'attainmentPercent',
    'gap',
    'changedAtPosition',
    'changedAt',
  ] as const
).map((header) => ({ header, value: (row) => row[header] }));

export const AGREEMENT_COLUMNS: readonly CsvColumn<AgreementStandingRow>[] = (
  [
    'agreementId',
    'title',
    'level',
    'status',
    'basis',
    'fiscalYear',
    'province',
    'periodFrom',
    'periodTo',
    'officeId',
    'officeName',
    'effectiveOn',
    'indicatorCount',
    'targetsJudged',
    'targetsMet',
  ] as const
).map((header) => ({ header, value: (row) => row[header] }));
