import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { spanKey, type IsoDate, type NotStated, type Span } from '@khamrap/kernel';
import { IsBody, IsDateText, IsDecimalText, IsListOfBodies, IsPlainText } from '@khamrap/platform/http';
import { CRITERIA, UNITS, type CriterionKind, type TargetSet, type Unit } from '../domain/agreement.events';
import { SpanBody, spanOf } from './span-body';

/** No criterion has more steps than five levels. */
const STEP_COUNT_MAX = 5;
const DECIMAL = 'Decimal numbers as text; Thai digits and grouping commas are understood';

class MilestoneBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 5 })
  @IsInt()
  @Min(1)
  @Max(5)
  readonly level: number;

  @ApiProperty({ example: 'มีแผนเผชิญเหตุครบทุกระดับ', description: 'The state that is reached at this level' })
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly description: string;
}

/** A target for a span; which fields belong to a criterion is for the rules to say. */
export class TargetBody {
  @ApiProperty({ type: SpanBody })
  @IsBody(() => SpanBody)
  readonly span: SpanBody;

  @ApiProperty({ enum: CRITERIA, required: false, default: 'single' })
  @IsOptional()
  @IsIn(CRITERIA)
  readonly criterion?: CriterionKind;

  @ApiProperty({
    required: false,
    example: '1887',
    description: `What has to be reached; may be left to levels or anchors. ${DECIMAL}`,
  })
  @IsOptional()
  @IsDecimalText()
  readonly value?: string;

  @ApiProperty({ enum: UNITS })
  @IsIn(UNITS)
  readonly unit: Unit;

  @ApiProperty({
    required: false,
    type: [String],
    example: ['98.72', '98.84', '98.90'],
    description: `Five levels or three anchors, the poorest first. ${DECIMAL}`,
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(STEP_COUNT_MAX)
  @IsDecimalText({ each: true })
  readonly levels?: readonly string[];

  @ApiProperty({ required: false, type: [MilestoneBody], description: 'The lowest level first' })
  @IsOptional()
  @IsListOfBodies(() => MilestoneBody, { countMax: STEP_COUNT_MAX })
  readonly milestones?: readonly MilestoneBody[];

  @ApiProperty({
    required: false,
    type: [String],
    example: ['2023-09-30'],
    description: 'One, three or five days by which it is done, the latest first',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(STEP_COUNT_MAX)
  @IsDateText({ each: true })
  readonly dates?: readonly IsoDate[];

  @ApiProperty({ required: false, type: SpanBody, description: 'The target is a change against this span' })
  @IsOptional()
  @IsBody(() => SpanBody)
  readonly comparisonSpan?: SpanBody;

  @ApiProperty({ required: false, example: '1,887 ล้านบาท' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly asPrinted?: string;
}

type StatedTarget = Omit<TargetSet['data'], 'indicatorId' | 'span'> & { readonly span: Span | NotStated };

/** The target in the words of the domain. */
export function targetOf({ span, comparisonSpan, ...target }: TargetBody): StatedTarget {
  return {
    span: spanOf(span),
    ...target,
    ...(comparisonSpan && { comparisonSpan: spanKey(spanOf(comparisonSpan)) }),
  };
}
