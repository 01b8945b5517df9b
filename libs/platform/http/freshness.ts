import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Position } from '@khamrap/kernel';
import { Excludes } from './input/excludes';
import { IsMomentText } from './input/is-moment-text';
import { IsPlainText } from './input/is-plain-text';
import { IsWholeNumberText } from './input/is-whole-number-text';

const TOKEN_BYTES_MAX = 200;

/** How fresh an answer must be, or as of when: parameters of every read. What is past is there already: one or the other. */
export class FreshnessQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Wait, bounded, until this position can be read' })
  @IsOptional()
  @IsWholeNumberText(0, Number.MAX_SAFE_INTEGER)
  @Excludes('after')
  @Excludes('asOf')
  @Excludes('asOfPosition')
  readonly minPosition?: Position;

  @ApiPropertyOptional({ description: 'Wait, bounded, until what this token of a command stands for can be read' })
  @IsOptional()
  @IsPlainText({ bytesMax: TOKEN_BYTES_MAX })
  @Excludes('asOf')
  @Excludes('asOfPosition')
  readonly after?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'As it was recorded at this moment (RFC 3339 with offset)' })
  @IsOptional()
  @IsMomentText()
  @Excludes('asOfPosition')
  readonly asOf?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'As it was at this position' })
  @IsOptional()
  @IsWholeNumberText(0, Number.MAX_SAFE_INTEGER)
  readonly asOfPosition?: Position;
}
