import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import {
  Excludes,
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsWholeNumberText,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { STATUSES, type Status } from '../../domain/judgement';
import type { AgreementRound } from './agreement-rounds.query';
import type { AgreementStandingRow, StandingRow } from './standings.rows';

const GOAL_MAX = 99;
/** The levels of agreements, as far as they may be asked for. */
const LEVELS = ['ministry', 'department', 'cluster', 'province', 'provincialOffice', 'district'] as const;

/** Where: what every question about standings can be narrowed to. */
export class PlaceQuery {
  @ApiPropertyOptional({ example: 'TH-54', description: 'ISO 3166-2' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ example: 'primeMinisterOffice-16', description: 'An inspection zone by its id' })
  @IsOptional()
  @IsIdentifier()
  readonly zone?: string;

  @ApiPropertyOptional({ example: 'phrae-cdd' })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({ example: '6m', description: 'An evaluation round by its code' })
  @IsOptional()
  @IsIdentifier()
  readonly round?: string;

  @ApiPropertyOptional({ example: 'opdc-2565' })
  @IsOptional()
  @IsIdentifier()
  readonly scheme?: string;
}

/** Which standings, and as of when. */
export class StandingsQuery extends IntersectionType(PageQuery, PlaceQuery, KnownQuery) {
  @ApiPropertyOptional({ type: 'integer', example: 2566, description: 'Buddhist Era, the later year' })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({ enum: LEVELS })
  @IsOptional()
  @IsIn(LEVELS)
  readonly level?: string;

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

  @ApiPropertyOptional({
    format: 'date',
    description: 'What holds on this day: agreements in effect by then, with targets and weights as amended by then',
  })
  @IsOptional()
  @IsDateText()
  @Excludes('publishedBy')
  readonly effectiveOn?: IsoDate;
}

/** The day for which targets and weights are told, where one was asked for. */
interface EffectiveOn {
  readonly effectiveOn?: IsoDate;
}

export type StandingsPage = Page<StandingRow> & EffectiveOn;
/** An agreement with its standings counted, and what it comes to in each round. */
export type AgreementWithRounds = AgreementStandingRow & { readonly rounds: readonly AgreementRound[] };
export type AgreementsPage = Page<AgreementWithRounds> & EffectiveOn;

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
    'round',
    'target',
    'targetPromised',
    'targetSpan',
    'figureKind',
    'actual',
    'actualUnit',
    'finality',
    'asOf',
    'isCertified',
    'status',
    'statusReason',
    'attainmentPercent',
    'gap',
    'score',
    'scoreBasis',
    'changedAtPosition',
    'changedAt',
  ] as const
).map((header) => ({
  header,
  value: (row) => (header === 'isCertified' ? String(row.isCertified) : row[header]),
}));

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
    'schemeId',
    'ruleVersion',
    'indicatorCount',
    'targetsJudged',
    'targetsMet',
  ] as const
).map((header) => ({ header, value: (row) => row[header] }));
