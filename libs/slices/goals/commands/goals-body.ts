import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsListOfBodies, IsPlainText, IsSource, SourceBody } from '@khamrap/platform/http';

const GOAL_COUNT_MAX = 200;
const GOAL_NUMBER_MAX = 1_000;
const NAME_BYTES_MAX = 2_000;

class GoalBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: GOAL_NUMBER_MAX, example: 8 })
  @IsInt()
  @Min(1)
  @Max(GOAL_NUMBER_MAX)
  readonly number: number;

  @ApiProperty({ example: 'เศรษฐกิจสร้างสรรค์' })
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly nameTh: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly nameEn?: string;
}

/** What a goal set says, whether it is published or revised. */
export class GoalsBody {
  @ApiProperty({ example: 'เป้าหมายร่วม 12 เป้าหมาย จังหวัดแพร่' })
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly nameTh: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly nameEn?: string;

  @ApiProperty({ type: [GoalBody], description: 'In the order of their numbers' })
  @IsListOfBodies(() => GoalBody, { countMax: GOAL_COUNT_MAX })
  readonly goals: GoalBody[];

  @IsSource()
  readonly source?: SourceBody;
}
