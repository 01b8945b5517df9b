import { ApiProperty } from '@nestjs/swagger';
import { NOT_STATED, type IsoDate, type NotStated, type Span } from '@khamrap/kernel';
import { Excludes, IsDateText } from '@khamrap/platform/http';
import { IsIn, ValidateIf } from 'class-validator';

/** Days from one to another, both included; or that the source does not state them. */
export class SpanBody {
  @ApiProperty({
    required: false,
    type: 'string',
    example: '2022-10-01',
    description: 'First day; also in the Buddhist Era: 1 ตุลาคม 2565',
  })
  @ValidateIf(isStated('from'))
  @IsDateText()
  @Excludes('notStated')
  readonly from?: IsoDate;

  @ApiProperty({ required: false, type: 'string', example: '2023-06-30', description: 'Last day' })
  @ValidateIf(isStated('to'))
  @IsDateText()
  @Excludes('notStated')
  readonly to?: IsoDate;

  @ApiProperty({ required: false, enum: [true], description: 'In place of the days: the source does not state them' })
  @ValidateIf((span: SpanBody) => span.notStated !== undefined)
  @IsIn([true])
  readonly notStated?: true;
}

/** Days are looked at wherever they are given, and have to be given unless the span is said not to be stated. */
function isStated(day: 'from' | 'to'): (span: SpanBody) => boolean {
  return (span) => span.notStated === undefined || span[day] !== undefined;
}

export function spanOf({ from, to, notStated }: SpanBody): Span | NotStated {
  return notStated || from === undefined || to === undefined ? NOT_STATED : { from, to };
}
