import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { NOT_STATED, type NotStated } from '@khamrap/kernel';
import { IsFiscalYear, IsIdentifier, IsPlainText } from '@khamrap/platform/http';

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
  @ApiProperty({ required: false, example: 2565 })
  @ValidateIf((year: YearBody) => year.notStated === undefined)
  @IsFiscalYear()
  readonly year?: number;

  @ApiProperty({ required: false, enum: [true] })
  @IsOptional()
  @IsIn([true])
  readonly notStated?: true;
}

export function yearOf({ year, notStated }: YearBody): number | NotStated {
  return notStated || year === undefined ? NOT_STATED : year;
}
