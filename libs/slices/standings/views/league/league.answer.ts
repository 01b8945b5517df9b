import type { BothLanguages } from '@khamrap/kernel';
import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import {
  IsDecimalText,
  IsFiscalYear,
  IsIdentifier,
  KnownQuery,
  PageQuery,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import type { UnrankedReason } from './league.query';

export const LEAGUES_BY = ['province', 'office', 'agreement'] as const;

/** Ranks hold only within one scheme, fiscal year and round, so all three are named. */
export class LeagueQuery extends IntersectionType(PageQuery, KnownQuery) {
  @ApiProperty({ type: 'integer', example: 2566, description: 'Buddhist Era, the later year' })
  @IsFiscalYear()
  readonly fiscalYear!: number;

  @ApiProperty({ example: '12m', description: 'An evaluation round by its code' })
  @IsIdentifier()
  readonly round!: string;

  @ApiProperty({ example: 'opdc-2565' })
  @IsIdentifier()
  readonly scheme!: string;

  @ApiProperty({ enum: LEAGUES_BY })
  @IsIn(LEAGUES_BY)
  readonly by!: (typeof LEAGUES_BY)[number];

  @ApiPropertyOptional({
    example: '80',
    description:
      'Per cent of the counted weight whose figures have to be certified; without it nobody is left out for that',
  })
  @IsOptional()
  @IsDecimalText()
  readonly minimumCertifiedWeight?: string;
}

export interface LeagueRow {
  /** The code of a province, the id of an office or an agreement. */
  readonly key: string | null;
  readonly nameTh: string | null;
  readonly nameEn: string | null;
  /** Ties share a rank, and the next one is skipped: 1, 1, 3. Null where `unrankedReason` says why. */
  readonly rank: number | null;
  readonly unrankedReason: UnrankedReason | null;
  /** Four digits; of several agreements the mean of all scores, each counted by its weight. */
  readonly total: string | null;
  readonly band: string | null;
  readonly certifiedWeightPercent: string | null;
  readonly agreementCount: number;
  /** How many of the agreements go into the total. */
  readonly rankedAgreementCount: number;
  readonly targetsMet: number;
  readonly targetsJudged: number;
  /** The rank in the same league a year before. */
  readonly rankBefore: number | null;
  /** Places won since (negative: lost). */
  readonly rankChange: number | null;
  /** Always true: a league tells everybody the same, what is published. */
  readonly published: true;
}

export interface LeaguePage extends Page<LeagueRow> {
  /** What everybody has to know who reads a league table. */
  readonly notice: BothLanguages;
}

export const LEAGUE_NOTICE: BothLanguages = {
  th: 'ค่าเป้าหมายและน้ำหนักของแต่ละคำรับรองมาจากการเจรจาตกลง ลำดับนี้จึงบอกเพียงว่าบรรลุสิ่งที่ตกลงไว้เพียงใด มิได้บอกว่าผลงานของใครสูงกว่ากัน',
  en: 'Targets and weights are negotiated agreement by agreement: these ranks tell how far each came with what it undertook, not whose results are higher.',
};

export const LEAGUE_COLUMNS: readonly CsvColumn<LeagueRow>[] = (
  [
    'rank',
    'unrankedReason',
    'key',
    'nameTh',
    'nameEn',
    'total',
    'band',
    'certifiedWeightPercent',
    'agreementCount',
    'rankedAgreementCount',
    'targetsMet',
    'targetsJudged',
    'rankBefore',
    'rankChange',
    'published',
  ] as const
).map((header) => ({ header, value: (row) => (header === 'published' ? String(row.published) : row[header]) }));
