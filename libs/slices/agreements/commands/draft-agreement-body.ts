import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Min } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import {
  Excludes,
  IsBody,
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  IsUuidText,
  PROVINCE_CODE,
  type SourceBody,
} from '@khamrap/platform/http';
import {
  BASES,
  CHAINS,
  LEVELS,
  SIDES,
  type AgreementBasis,
  type Chain,
  type Level,
  type Side,
} from '../domain/agreement.events';

const PARTY_COUNT_MAX = 50;
const PARENT_COUNT_MAX = 20;

export class PartyBody {
  @ApiProperty({ enum: SIDES })
  @IsIn(SIDES)
  readonly side: Side;

  @ApiProperty({ example: 'phrae-cdd' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly officeName: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly officeNameEn?: string;
}

class PeriodBody {
  @ApiProperty({ type: 'string', example: '2021-10-01' })
  @IsDateText()
  readonly from: IsoDate;

  @ApiProperty({ type: 'string', example: '2022-09-30' })
  @IsDateText()
  readonly to: IsoDate;
}

/** An agreement of a superior that this one breaks down. */
class ParentBody {
  @ApiProperty({ enum: CHAINS, description: 'The chain that leads to it' })
  @IsIn(CHAINS)
  readonly chain: Chain;

  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly agreementId: string;
}

class SchemeBody {
  @ApiProperty({ example: 'provincial-2565' })
  @IsIdentifier()
  readonly schemeId: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  readonly ruleVersion: number;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsInt()
  @Min(1)
  readonly calendarVersion: number;
}

class CopiedAgreementBody {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly agreementId: string;
}

/** What the agreement rests on besides its own heading. */
class DraftOriginsBody {
  @ApiProperty({ required: false, type: [ParentBody], description: 'Agreements of superiors that it breaks down' })
  @IsOptional()
  @IsListOfBodies(() => ParentBody, { countMax: PARENT_COUNT_MAX })
  readonly parents?: readonly ParentBody[];

  @ApiProperty({
    required: false,
    type: SchemeBody,
    description: 'The published rules; nothing is scored without them',
  })
  @IsOptional()
  @IsBody(() => SchemeBody)
  readonly scheme?: SchemeBody;

  @ApiProperty({
    required: false,
    type: CopiedAgreementBody,
    description: 'Begins with the indicators of another agreement, such as that of last year, without their targets',
  })
  @IsOptional()
  @IsBody(() => CopiedAgreementBody)
  @Excludes('fromGoalSet')
  readonly copyFrom?: CopiedAgreementBody;

  @ApiProperty({
    required: false,
    example: 'phrae-2565',
    description: 'Begins with a main indicator for each goal of the set, its weight and unit not stated',
  })
  @IsOptional()
  @IsIdentifier()
  readonly fromGoalSet?: string;
}

export class DraftAgreementBody extends DraftOriginsBody {
  @ApiProperty({ example: 'คำรับรองการปฏิบัติราชการ สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly title: string;

  @ApiProperty({ enum: LEVELS })
  @IsIn(LEVELS)
  readonly level: Level;

  @ApiProperty({ enum: BASES, description: 'What the agreement rests on; only a `signed` one is signed here' })
  @IsIn(BASES)
  readonly basis: AgreementBasis;

  @ApiProperty({
    type: 'integer',
    minimum: 2500,
    maximum: 2642,
    example: 2565,
    description: 'Buddhist Era, the later year',
  })
  @IsFiscalYear()
  readonly fiscalYear: number;

  @ApiProperty({ required: false, type: PeriodBody, description: 'By default the fiscal year' })
  @IsOptional()
  @IsBody(() => PeriodBody)
  readonly period?: PeriodBody;

  @ApiProperty({ required: false, example: 'TH-54', description: 'ISO 3166-2' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiProperty({ type: [PartyBody], description: 'Empty where a source document does not name them' })
  @IsListOfBodies(() => PartyBody, { countMax: PARTY_COUNT_MAX })
  readonly parties: PartyBody[];

  @ApiProperty({ type: 'string', required: false, example: '2021-10-12' })
  @IsOptional()
  @IsDateText()
  readonly announcedOn?: IsoDate;

  @ApiProperty({ required: false, example: 'phrae-12-goals' })
  @IsOptional()
  @IsIdentifier()
  readonly goalSet?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly preamble?: string;

  @IsSource()
  readonly source?: SourceBody;
}
