import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import { NOT_STATED, type IsoDate, type NotStated } from '@khamrap/kernel';
import { Excludes, IsBody, IsDateText } from '@khamrap/platform/http';

/** A day, or that the source does not state it. */
export class DayBody {
  @ApiProperty({
    required: false,
    type: 'string',
    example: '2022-10-01',
    description: 'Also in the Buddhist Era: 1 ตุลาคม 2565',
  })
  @ValidateIf(({ day, notStated }: DayBody) => notStated === undefined || day !== undefined)
  @IsDateText()
  @Excludes('notStated')
  readonly day?: IsoDate;

  @ApiProperty({ required: false, enum: [true], description: 'In place of the day: the source does not state it' })
  @ValidateIf(({ notStated }: DayBody) => notStated !== undefined)
  @IsIn([true])
  readonly notStated?: true;
}

/** A field that holds a day, or that it is not stated. */
export function IsDay(description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: DayBody, description }),
    IsBody(() => DayBody),
  );
}

export function dayOf({ day, notStated }: DayBody): IsoDate | NotStated {
  return notStated || day === undefined ? NOT_STATED : day;
}
