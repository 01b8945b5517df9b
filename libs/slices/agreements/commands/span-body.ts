import { ApiProperty } from '@nestjs/swagger';
import { NOT_STATED, type IsoDate, type NotStated, type Span } from '@khamrap/kernel';
import { IsDateText } from '@khamrap/platform/http';
import { IsIn, IsOptional, ValidateIf } from 'class-validator';

/** Days from one to another, both included; or that the source does not state them. */
export class SpanBody {
  @ApiProperty({
    required: false,
    example: '2022-10-01',
    description: 'First day; also in the Buddhist Era: 1 ตุลาคม 2565',
  })
  @ValidateIf((span: SpanBody) => span.notStated === undefined)
  @IsDateText()
  readonly from?: IsoDate;

  @ApiProperty({ required: false, example: '2023-06-30', description: 'Last day' })
  @ValidateIf((span: SpanBody) => span.notStated === undefined)
  @IsDateText()
  readonly to?: IsoDate;

  @ApiProperty({ required: false, enum: [true], description: 'In place of the days: the source does not state them' })
  @IsOptional()
  @IsIn([true])
  readonly notStated?: true;
}

export function spanOf({ from, to, notStated }: SpanBody): Span | NotStated {
  return notStated || from === undefined || to === undefined ? NOT_STATED : { from, to };
}
