import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import { FreshnessQuery, IsDateText, IsFiscalYear, PageQuery, type CsvColumn, type Page } from '@khamrap/platform/http';
import type { DueStep } from '../../domain/due';
import { PlaceQuery } from '../standings/standings.answer';

/** What is due, of whom, and seen from which day. What is still to be done is not published, so nothing was by any moment. */
export class DueQuery extends IntersectionType(PageQuery, PlaceQuery, FreshnessQuery) {
  @ApiPropertyOptional({ type: 'integer', example: 2566, description: 'Buddhist Era, the later year' })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiPropertyOptional({
    format: 'date',
    description: 'Seen from this day; without it, from the day in Bangkok on which the answer stands',
  })
  @IsOptional()
  @IsDateText()
  readonly onDate?: IsoDate;

  @ApiPropertyOptional({ enum: ['true'], description: 'Only what is late, after the days of grace' })
  @IsOptional()
  @IsIn(['true'])
  readonly late?: 'true';
}

export interface DueRow {
  readonly agreementId: string;
  readonly agreementTitle: string;
  readonly fiscalYear: number;
  readonly province: string | null;
  readonly round: string;
  readonly period: string;
  readonly indicatorId: string;
  readonly displayNumber: string;
  readonly name: string;
  /** The keeper whose report it is. */
  readonly keeperOfficeId: string | null;
  readonly keeperOfficeName: string | null;
  readonly step: DueStep;
  /** The office that has the next step to do: the keeper; the supervisor, or where none is named the maker; the receiver. */
  readonly contactOfficeId: string | null;
  readonly contactOfficeName: string | null;
  readonly dueOn: IsoDate;
  /** Negative once the deadline has passed. */
  readonly daysLeft: number;
  /** The first day on which it is late, after the days of grace; null while it is not. */
  readonly lateSince: IsoDate | null;
}

/** A page holds so many indicators and rounds as `limit` says, with a row for each of their keepers. */
export interface DuePage extends Page<DueRow> {
  readonly onDate: IsoDate;
}

export const DUE_COLUMNS: readonly CsvColumn<DueRow>[] = (
  [
    'dueOn',
    'daysLeft',
    'lateSince',
    'step',
    'contactOfficeId',
    'contactOfficeName',
    'keeperOfficeId',
    'keeperOfficeName',
    'fiscalYear',
    'round',
    'province',
    'agreementId',
    'agreementTitle',
    'indicatorId',
    'displayNumber',
    'name',
  ] as const
).map((header) => ({ header, value: (row) => row[header] }));
