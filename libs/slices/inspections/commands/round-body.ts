import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { NOT_STATED, type IsoDate } from '@khamrap/kernel';
import {
  IsBody,
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  IsUuidText,
  PROVINCE_CODE,
  SHA256_HEX,
  type SourceBody,
} from '@khamrap/platform/http';
import { INSPECTION_LEVELS, type InspectionLevel } from '../domain/inspection.vocabulary';

export const NAME_BYTES_MAX = 1_000;
export const TEXT_BYTES_MAX = 20_000;
const AIM_COUNT_MAX = 50;
const PLACE_COUNT_MAX = 100;
const UNIT_COUNT_MAX = 500;
const INSPECTOR_COUNT_MAX = 50;
const PROVINCE_COUNT_MAX = 77;
const EXAMPLE_SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** Days from a first to a last one; what is absent is not stated. */
export class InspectionDaysBody {
  @ApiProperty({
    type: 'string',
    required: false,
    example: '2019-08-22',
    description: 'Absent: the document is silent',
  })
  @IsOptional()
  @IsDateText()
  readonly from?: IsoDate;

  @ApiProperty({ type: 'string', required: false, example: '2019-08-23' })
  @IsOptional()
  @IsDateText()
  readonly to?: IsoDate;
}

export class InspectionPlaceBody {
  @ApiProperty({ example: 'ศาลากลางจังหวัดสงขลา' })
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly name: string;

  @ApiProperty({ required: false, example: 'TH-90' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;
}

/** A body by its code, its name, or both. */
export class InspectionPartyBody {
  @ApiProperty({ required: false, example: 'cdd' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;

  @ApiProperty({ required: false, example: 'กรมการพัฒนาชุมชน' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly name?: string;
}

class InspectedUnitBody extends InspectionPartyBody {
  @ApiProperty({ required: false, example: 'สำนักงานพัฒนาชุมชนจังหวัดทุกจังหวัดในเขต', description: 'A kind of office' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly kind?: string;
}

class InspectorBody {
  @ApiProperty({ required: false, format: 'uuid', description: 'Pseudonym of one who acts in this ledger' })
  @IsOptional()
  @IsUuidText()
  readonly inspectorId?: string;

  @ApiProperty({ required: false, format: 'uuid', description: 'The assignment by which they inspect' })
  @IsOptional()
  @IsUuidText()
  readonly assignmentId?: string;

  @ApiProperty({ required: false, description: 'An official who inspects officially' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly name?: string;

  @ApiProperty({ required: false, example: 'ผู้ตรวจราชการกรมการพัฒนาชุมชน' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly positionTitle?: string;

  @ApiProperty({ required: false, enum: INSPECTION_LEVELS })
  @IsOptional()
  @IsIn(INSPECTION_LEVELS)
  readonly level?: InspectionLevel;
}

export class InspectionEvidenceBody {
  @ApiProperty({ description: 'SHA-256 of the file, hexadecimal', pattern: SHA256_HEX.source, example: EXAMPLE_SHA256 })
  @Matches(SHA256_HEX)
  readonly sha256: string;

  @ApiProperty({ example: 'application/pdf' })
  @Matches(/^[a-z]+\/[a-z0-9.+-]{1,100}$/)
  readonly mediaType: string;

  @ApiProperty({ example: 'บันทึกการตรวจ.pdf' })
  @IsPlainText({ bytesMax: 500 })
  readonly name: string;
}

/** What a round says, whether it is opened or revised. */
export class InspectionRoundBody {
  @ApiProperty({ example: '2/2562', description: 'As it is printed; no quarter, and with a year of its own' })
  @IsPlainText({ bytesMax: 100 })
  readonly number: string;

  @ApiProperty({ enum: INSPECTION_LEVELS })
  @IsIn(INSPECTION_LEVELS)
  readonly level: InspectionLevel;

  @ApiProperty({ type: InspectionPartyBody, description: 'Whose inspectors inspect' })
  @IsBody(() => InspectionPartyBody)
  readonly inspectingBody: InspectionPartyBody;

  @ApiProperty({ type: 'integer', minimum: 2500, maximum: 2642, required: false, example: 2562 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly theme?: string;

  @ApiProperty({ required: false, type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(AIM_COUNT_MAX)
  @IsPlainText({ bytesMax: 4_000 }, { each: true })
  readonly aims?: string[];

  @ApiProperty({ required: false, example: 'primeMinisterOffice-5' })
  @IsOptional()
  @IsIdentifier()
  readonly zoneId?: string;

  @ApiProperty({ required: false, example: 'เขตตรวจราชการที่ 5 กลุ่มจังหวัดภาคใต้ฝั่งอ่าวไทย' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly zoneAsPrinted?: string;

  @ApiProperty({
    required: false,
    type: [String],
    example: ['TH-90', 'TH-86'],
    description: 'What the zone held, as a document has it; otherwise it is looked up for the first day of the round',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(PROVINCE_COUNT_MAX)
  @Matches(PROVINCE_CODE, { each: true })
  readonly zoneProvinces?: string[];

  @ApiProperty({
    required: false,
    type: [String],
    example: ['TH-90'],
    description: 'All that the zone held, where absent',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PROVINCE_COUNT_MAX)
  @Matches(PROVINCE_CODE, { each: true })
  readonly inspectedProvinces?: string[];

  @ApiProperty({ required: false, type: InspectionDaysBody })
  @IsOptional()
  @IsBody(() => InspectionDaysBody)
  readonly days?: InspectionDaysBody;

  @ApiProperty({ required: false, type: [InspectionPlaceBody] })
  @IsOptional()
  @IsListOfBodies(() => InspectionPlaceBody, { countMax: PLACE_COUNT_MAX })
  readonly places?: InspectionPlaceBody[];

  @ApiProperty({ required: false, type: [InspectedUnitBody] })
  @IsOptional()
  @IsListOfBodies(() => InspectedUnitBody, { countMax: UNIT_COUNT_MAX })
  readonly inspectedUnits?: InspectedUnitBody[];

  @ApiProperty({
    required: false,
    type: [InspectorBody],
    description: 'You, where nobody is named and no document speaks',
  })
  @IsOptional()
  @IsListOfBodies(() => InspectorBody, { countMax: INSPECTOR_COUNT_MAX })
  readonly inspectors?: InspectorBody[];

  @ApiProperty({ required: false, description: 'The order, plan or regulation that the round rests on' })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

/** How many people, or of which role, were there. */
export class ParticipantsBody {
  @ApiProperty({ example: 'พัฒนาการอำเภอ', description: 'A role, never a person' })
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly role: string;

  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: 1_000_000 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly count?: number;
}

export function daysOf(days: InspectionDaysBody | undefined): {
  readonly from: IsoDate | typeof NOT_STATED;
  readonly to: IsoDate | typeof NOT_STATED;
} {
  return { from: days?.from ?? NOT_STATED, to: days?.to ?? NOT_STATED };
}
