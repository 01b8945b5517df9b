import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { NOT_STATED } from '@khamrap/kernel';
import {
  IsBody,
  IsDecimalText,
  IsFiscalYear,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  IsUuidText,
  type SourceBody,
} from '@khamrap/platform/http';
import {
  ACCUMULATIONS,
  DIRECTIONS,
  INDICATOR_KINDS,
  UNITS,
  type Accumulation,
  type Direction,
  type IndicatorKind,
  type Unit,
} from '../domain/agreement.events';

const DISPLAY_NUMBER = /^\d{1,4}(\.\d{1,4}){0,4}$/;
const KEEPER_COUNT_MAX = 100;
const CO_OWNER_COUNT_MAX = 100;
const BASELINE_COUNT_MAX = 30;
const ROUND_COUNT_MAX = 24;

class OfficeBody {
  @ApiProperty({ example: 'phrae-cdd' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly officeName: string;
}

class CoOwnerBody {
  @ApiProperty({ example: 'หอการค้าจังหวัดแพร่', description: 'Bodies outside the state too' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly name: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;
}

class BaselineBody {
  @ApiProperty({ type: 'integer', example: 2564, description: 'Buddhist Era, before the year of the agreement' })
  @IsFiscalYear()
  readonly fiscalYear: number;

  @ApiProperty({ example: '1602238216', description: 'A decimal number as text, or `notStated`' })
  @ValidateIf(({ value }: BaselineBody) => value !== NOT_STATED)
  @IsDecimalText()
  readonly value: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly asPrinted?: string;
}

/** What an indicator is about and how it is counted. */
class IndicatorFactsBody {
  @ApiProperty({ required: false, description: 'What is counted, and what is not' })
  @IsOptional()
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly definition?: string;

  @ApiProperty({ required: false, description: 'How the figure is computed' })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly formula?: string;

  @ApiProperty({ required: false, example: 'กลุ่ม/ราย', description: 'The unit as the document prints it' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly unitPrinted?: string;

  @ApiProperty({ required: false, enum: INDICATOR_KINDS, description: '`joint` needs two keepers or more' })
  @IsOptional()
  @IsIn(INDICATOR_KINDS)
  readonly kind?: IndicatorKind;

  @ApiProperty({ required: false, description: 'A definition that other agreements use as well' })
  @IsOptional()
  @IsIdentifier()
  readonly sharedDefinition?: string;

  @ApiProperty({
    required: false,
    enum: ACCUMULATIONS,
    description: 'How figures of several spans make that of a round',
  })
  @IsOptional()
  @IsIn(ACCUMULATIONS)
  readonly accumulation?: Accumulation;

  @ApiProperty({ required: false, type: [String], description: 'Rounds in which it counts; all of them where absent' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ROUND_COUNT_MAX)
  @IsIdentifier({ each: true })
  readonly rounds?: readonly string[];

  @ApiProperty({ required: false, type: [OfficeBody], description: 'Who reports; the leading office where absent' })
  @IsOptional()
  @IsListOfBodies(() => OfficeBody, { countMax: KEEPER_COUNT_MAX })
  readonly keepers?: readonly OfficeBody[];

  @ApiProperty({ required: false, type: [CoOwnerBody] })
  @IsOptional()
  @IsListOfBodies(() => CoOwnerBody, { countMax: CO_OWNER_COUNT_MAX })
  readonly coOwners?: readonly CoOwnerBody[];

  @ApiProperty({ required: false, type: OfficeBody })
  @IsOptional()
  @IsBody(() => OfficeBody)
  readonly supervisor?: OfficeBody;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly dataSource?: string;

  @ApiProperty({ required: false, type: [BaselineBody] })
  @IsOptional()
  @IsListOfBodies(() => BaselineBody, { countMax: BASELINE_COUNT_MAX })
  readonly baselines?: readonly BaselineBody[];
}

/** All terms of an indicator, apart from its targets. */
export class IndicatorBody extends IndicatorFactsBody {
  @ApiProperty({
    pattern: DISPLAY_NUMBER.source,
    example: '8.1',
    description: 'Number by which the ledger shows and orders indicators',
  })
  @Matches(DISPLAY_NUMBER)
  readonly displayNumber: string;

  @ApiProperty({ required: false, example: '1', description: 'The number as the document prints it' })
  @IsOptional()
  @IsPlainText({ bytesMax: 100 })
  readonly printedNumber?: string;

  @ApiProperty({ required: false, format: 'uuid' })
  @IsOptional()
  @IsUuidText()
  readonly parentIndicatorId?: string;

  @ApiProperty({ type: 'integer', required: false, example: 8, minimum: 1, maximum: 99 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(99)
  readonly goalNumber?: number;

  @ApiProperty({ example: 'รายได้จากการจำหน่ายผลิตภัณฑ์ OTOP' })
  @IsPlainText({ bytesMax: 4_000 })
  readonly name: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 4_000 })
  readonly nameEn?: string;

  @ApiProperty({ enum: UNITS })
  @IsIn(UNITS)
  readonly unit: Unit;

  @ApiProperty({ enum: DIRECTIONS })
  @IsIn(DIRECTIONS)
  readonly direction: Direction;

  @ApiProperty({ example: '5', description: 'A decimal number as text, or `notStated`' })
  @ValidateIf(({ weight }: IndicatorBody) => weight !== NOT_STATED)
  @IsDecimalText()
  readonly weight: string;

  @ApiProperty({ required: false, type: OfficeBody })
  @IsOptional()
  @IsBody(() => OfficeBody)
  readonly leadOffice?: OfficeBody;

  @ApiProperty({ required: false, description: 'The official who answers for the indicator by office' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly leadPerson?: string;

  @IsSource()
  readonly source?: SourceBody;
}
