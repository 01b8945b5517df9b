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

/** Parameters of every read of what is published, or may be: beside the past as it was recorded, what the public could know of it. */
export class KnownQuery extends FreshnessQuery {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'What the public could know at this moment: as whoever had no token was answered then',
  })
  @IsOptional()
  @IsMomentText()
  @Excludes('asOf')
  @Excludes('asOfPosition')
  @Excludes('minPosition')
  @Excludes('after')
  readonly publishedBy?: string;
}

/**
 * The times, besides the position, that an answer stands on. As of a moment or a position, an answer is the very same that was
 * given then, so that its position tells all of it.
 */
export class TimesOfAnswer {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'What is told is what the public could know at this moment',
  })
  readonly publishedBy?: string;
}

/** What an answer states of the times that it was asked for. */
export function timesOf({ publishedBy }: { readonly publishedBy?: string | undefined }): {
  readonly publishedBy?: string;
} {
  return publishedBy === undefined ? {} : { publishedBy };
}
