import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import {
  IsDateText,
  IsIdentifier,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { OFFICE_KINDS, type OfficeKind } from '../../domain/office.events';
import type { HolderStanding } from '../../domain/tenure';
import type { OfficeRow, TenureRow } from './offices.rows';

export class OfficesQuery extends IntersectionType(PageQuery, KnownQuery) {
  @ApiPropertyOptional({ example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ enum: OFFICE_KINDS })
  @IsOptional()
  @IsIn(OFFICE_KINDS)
  readonly kind?: OfficeKind;

  @ApiPropertyOptional({ example: 'cdd', description: 'Offices right below this one' })
  @IsOptional()
  @IsIdentifier()
  readonly parent?: string;

  @ApiPropertyOptional({ example: 'primeMinisterOffice-16', description: 'Offices in the provinces of this zone' })
  @IsOptional()
  @IsIdentifier()
  readonly zone?: string;

  @ApiPropertyOptional({
    type: 'string',
    example: '2022-10-01',
    description:
      'Who held the posts, and what the zone held, on this day; the day on which the answer stands without it',
  })
  @IsOptional()
  @IsDateText()
  readonly effectiveOn?: IsoDate;
}

/** An office, and who held its post on the day of the answer. */
export interface OfficeItem extends OfficeRow {
  /** `notStated`: by the days on record `holder` may have held it. */
  readonly holderStanding: HolderStanding;
  readonly holder: TenureRow | null;
}

export interface OfficesPage extends Page<OfficeItem> {
  /** The day for which the answer tells who held the posts. */
  readonly effectiveOn: IsoDate;
}

export const OFFICE_COLUMNS: readonly CsvColumn<OfficeItem>[] = [
  { header: 'officeId', value: (office) => office.officeId },
  { header: 'nameTh', value: (office) => office.nameTh },
  { header: 'nameEn', value: (office) => office.nameEn },
  { header: 'kind', value: (office) => office.kind },
  { header: 'province', value: (office) => office.province },
  { header: 'parentOfficeId', value: (office) => office.parentOfficeId },
  { header: 'area', value: (office) => office.area },
  { header: 'telephone', value: (office) => office.telephone },
  { header: 'email', value: (office) => office.email },
  { header: 'status', value: (office) => office.status },
  { header: 'dissolvedOn', value: (office) => office.dissolvedOn },
  { header: 'successorOfficeId', value: (office) => office.successorOfficeId },
  { header: 'holderStanding', value: (office) => office.holderStanding },
  { header: 'holder', value: (office) => office.holder?.personName },
  { header: 'positionTitle', value: (office) => office.holder?.positionTitle },
  { header: 'from', value: (office) => office.holder?.from },
  { header: 'until', value: (office) => office.holder?.until },
];
