import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { NOT_STATED, type NotStated } from '@khamrap/kernel';
import {
  Excludes,
  IsBody,
  IsFiscalYear,
  IsIdentifier,
  IsPlainText,
  IsUuidText,
  PROVINCE_CODE,
} from '@khamrap/platform/http';

/** Awards that one statement can count at the most. */
export const COUNT_MAX = 1_000_000;
const REVISION_MAX = 10_000;
const SPAN_KEY = /^(?:\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d|notStated)$/;

export class GrantorBody {
  @ApiProperty({ example: 'สำนักงาน ก.พ.ร.' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly name: string;

  @ApiProperty({ required: false, example: 'opdc' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;
}

export class RecipientBody extends GrantorBody {
  @ApiProperty({ example: 'จังหวัดแพร่' })
  declare readonly name: string;

  @ApiProperty({ required: false, example: 'phrae-province' })
  declare readonly officeId?: string;

  @ApiProperty({ required: false, example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;
}

export class RankBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: COUNT_MAX, example: 2 })
  @IsInt()
  @Min(1)
  @Max(COUNT_MAX)
  readonly rank: number;

  @ApiProperty({ example: 'ราชการส่วนภูมิภาค 76 จังหวัด', description: 'Among whom' })
  @IsPlainText({ bytesMax: 500 })
  readonly comparisonSet: string;
}

/** One of so many awards of a set. */
export class OneOfBody {
  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: COUNT_MAX, example: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(COUNT_MAX)
  readonly rank?: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: COUNT_MAX, example: 4, description: 'How many there were' })
  @IsInt()
  @Min(1)
  @Max(COUNT_MAX)
  readonly of: number;

  @ApiProperty({ example: 'จังหวัดคุณธรรมต้นแบบ', description: 'Among which' })
  @IsPlainText({ bytesMax: 500 })
  readonly comparisonSet: string;
}

/** The number that a document states for several of its items together. */
export class StatedTotalBody {
  @ApiProperty({ example: 'phrae-2565', description: 'The same for all items that the number sums up' })
  @IsIdentifier()
  readonly group: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: COUNT_MAX, example: 71 })
  @IsInt()
  @Min(1)
  @Max(COUNT_MAX)
  readonly count: number;
}

class BasisFigureBody {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly indicatorId: string;

  @ApiProperty({ example: '2022-10-01..2023-06-30', description: 'Both days included; or `notStated`' })
  @Matches(SPAN_KEY)
  readonly span: string;
}

/** The result of an agreement that an award rests on. */
export class BasisAgreementBody {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly agreementId: string;

  @ApiProperty({ required: false, example: '12' })
  @IsOptional()
  @IsIdentifier()
  readonly round?: string;

  @ApiProperty({ required: false, type: 'integer', minimum: 1, description: 'Which closing of the round' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(REVISION_MAX)
  readonly closureRevision?: number;

  @ApiProperty({ required: false, type: BasisFigureBody })
  @IsOptional()
  @IsBody(() => BasisFigureBody)
  readonly figure?: BasisFigureBody;

  @ApiProperty({ required: false, format: 'uuid', description: 'The event that states the figure or closed the round' })
  @IsOptional()
  @IsUuidText()
  readonly eventId?: string;
}

/** A year of the Buddhist Era, or that the source does not state it. */
export class YearBody {
  @ApiProperty({ required: false, type: 'integer', minimum: 2500, maximum: 2642, example: 2565 })
  @ValidateIf(({ year, notStated }: YearBody) => notStated === undefined || year !== undefined)
  @IsFiscalYear()
  @Excludes('notStated')
  readonly year?: number;

  @ApiProperty({ required: false, enum: [true] })
  @ValidateIf(({ notStated }: YearBody) => notStated !== undefined)
  @IsIn([true])
  readonly notStated?: true;
}

export function yearOf({ year, notStated }: YearBody): number | NotStated {
  return notStated || year === undefined ? NOT_STATED : year;
}
