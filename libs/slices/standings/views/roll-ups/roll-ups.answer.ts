import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IsFiscalYear, KnownQuery, type CsvColumn, type Page } from '@khamrap/platform/http';
import { STATUSES } from '../../domain/judgement';
import type { RollUp, YearOnYear } from '../../domain/roll-up';
import { PlaceQuery } from '../standings/standings.answer';

export const ROLL_UPS_BY = ['goal', 'office', 'province', 'zone', 'nation'] as const;

/** Which roll-ups: of one fiscal year, and of one round of it or of all spans together. */
export class RollUpsQuery extends IntersectionType(PlaceQuery, KnownQuery) {
  @ApiProperty({ enum: ROLL_UPS_BY })
  @IsIn(ROLL_UPS_BY)
  readonly by!: (typeof ROLL_UPS_BY)[number];

  @ApiProperty({ type: 'integer', example: 2566, description: 'Buddhist Era, the later year' })
  @IsFiscalYear()
  readonly fiscalYear!: number;
}

export interface RollUpRow extends RollUp {
  /** What is summed up: the code of a province, the id of a zone or an office, the number of a goal; `TH` is the nation. */
  readonly key: string | null;
  readonly nameTh: string | null;
  readonly nameEn: string | null;
  /** The same a year before; null where there was nothing, and for goals, whose numbers mean another goal each year. */
  readonly yearBefore: YearOnYear | null;
  /**
   * True where only what is published went in, so that it is what everybody is told. False where all of the group lies within the
   * sight of whoever asked, and something went in that is not published.
   */
  readonly published: boolean;
}

export type RollUpsPage = Page<RollUpRow>;

export const ROLL_UP_COLUMNS: readonly CsvColumn<RollUpRow>[] = [
  ...(
    [
      'key',
      'nameTh',
      'nameEn',
      'agreementCount',
      'targetsMet',
      'targetsJudged',
      'total',
      'noTotalReason',
      'weightCountedPercent',
      'certifiedWeightPercent',
    ] as const
  ).map((header): CsvColumn<RollUpRow> => ({ header, value: (row) => row[header] })),
  ...STATUSES.map((status): CsvColumn<RollUpRow> => ({ header: status, value: (row) => row.byStatus[status] ?? 0 })),
  { header: 'changeOnYearBefore', value: (row) => row.yearBefore?.change ?? null },
  { header: 'comparable', value: (row) => (row.yearBefore ? String(row.yearBefore.isComparable) : null) },
  { header: 'published', value: (row) => String(row.published) },
];
