import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { NOT_STATED, type NotStated } from '@khamrap/kernel';
import { Excludes, IsFiscalYear, IsIdentifier, IsPlainText } from '@khamrap/platform/http';

export class GrantorBody {
  @ApiProperty({ example: 'สำนักงาน ก.พ.ร.' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly name: string;

  @ApiProperty({ required: false, example: 'opdc' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;
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
