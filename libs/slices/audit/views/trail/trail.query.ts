import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, Matches } from 'class-validator';
import {
  IsDateText,
  IsIdentifier,
  IsMomentText,
  IsPlainText,
  IsUuidText,
  IsWholeNumberText,
  KnownQuery,
  PageQuery,
  PROVINCE_CODE,
  SHA256_HEX,
} from '@khamrap/platform/http';
import { IsSearchText } from './is-search-text';

const TYPE_COUNT_MAX = 20;
const WORDS_BYTES_MAX = 2_000;
const EVENT_TYPE = /^[A-Z][A-Za-z0-9]{1,99}$/;
const STREAM = /^(?:[a-z][a-z-]*[a-z]-[A-Za-z0-9][A-Za-z0-9._-]{0,180}|ledger)$/;

/** In which order events are told: the newest first, or the oldest. */
export const TRAIL_ORDERS = ['desc', 'asc'] as const;

const MOMENT = { format: 'date-time' } as const;
const DAY = { type: 'string', example: '2023-03-31' } as const;

/** What is looked for among events. Everything that is given has to hold. */
export class TrailFilterQuery {
  @ApiPropertyOptional({ description: 'Pseudonym of who acted' })
  @IsOptional()
  @IsIdentifier()
  readonly actor?: string;

  @ApiPropertyOptional({
    example: 'phrae-cdd',
    description:
      'An office for which somebody acted, that the event names, or that is a party or works on the indicator',
  })
  @IsOptional()
  @IsIdentifier()
  readonly office?: string;

  @ApiPropertyOptional({
    example: 'TH-54',
    description: 'A province that the event names or in which its stream stands',
  })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiPropertyOptional({ example: 'primeMinisterOffice-16', description: 'One of the provinces of an inspection zone' })
  @IsOptional()
  @IsIdentifier()
  readonly zone?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['ActualCorrected'],
    description: 'One of these types, separated by commas or given several times',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => listOf(value), { toClassOnly: true })
  @ArrayMaxSize(TYPE_COUNT_MAX)
  @Matches(EVENT_TYPE, { each: true })
  readonly type?: readonly string[];

  @ApiPropertyOptional({ example: 'office-phrae-cdd' })
  @IsOptional()
  @Matches(STREAM)
  readonly stream?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'An agreement that the event is of, or names' })
  @IsOptional()
  @IsUuidText()
  readonly agreement?: string;

  @ApiPropertyOptional({ description: 'An indicator that the event names' })
  @IsOptional()
  @IsIdentifier()
  readonly indicator?: string;

  @ApiPropertyOptional({ ...MOMENT, description: 'Recorded at this moment or later' })
  @IsOptional()
  @IsMomentText()
  readonly recordedFrom?: string;

  @ApiPropertyOptional({ ...MOMENT, description: 'Recorded at this moment or earlier' })
  @IsOptional()
  @IsMomentText()
  readonly recordedUntil?: string;

  @ApiPropertyOptional({ ...DAY, description: 'States that it holds from this day on, or from a later one' })
  @IsOptional()
  @IsDateText()
  readonly effectiveFrom?: string;

  @ApiPropertyOptional({ ...DAY, description: 'States that it holds from this day on, or from an earlier one' })
  @IsOptional()
  @IsDateText()
  readonly effectiveUntil?: string;

  @ApiPropertyOptional({ ...MOMENT, description: 'Published at this moment or later' })
  @IsOptional()
  @IsMomentText()
  readonly publishedFrom?: string;

  @ApiPropertyOptional({ ...MOMENT, description: 'Published at this moment or earlier' })
  @IsOptional()
  @IsMomentText()
  readonly publishedUntil?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'The first position' })
  @IsOptional()
  @IsWholeNumberText(0, Number.MAX_SAFE_INTEGER)
  readonly positionFrom?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'The last position' })
  @IsOptional()
  @IsWholeNumberText(0, Number.MAX_SAFE_INTEGER)
  readonly positionUntil?: number;

  @ApiPropertyOptional({ format: 'uuid', description: 'The command that recorded the event: one act' })
  @IsOptional()
  @IsUuidText()
  readonly act?: string;

  @ApiPropertyOptional({ description: 'SHA-256 of the source document from which the event was transcribed' })
  @IsOptional()
  @Matches(SHA256_HEX)
  readonly document?: string;

  @ApiPropertyOptional({
    example: 'ผ้าหม้อห้อม',
    description:
      'Stands in an official text of the event, three characters at least; digits of both scripts and letters of both cases are the same',
  })
  @IsOptional()
  @IsSearchText()
  readonly text?: string;

  @ApiPropertyOptional({ enum: TRAIL_ORDERS, default: 'desc', description: 'The newest first, or the oldest' })
  @IsOptional()
  @IsIn(TRAIL_ORDERS)
  readonly order?: (typeof TRAIL_ORDERS)[number];
}

/** Parameters of the list of events. */
export class TrailQuery extends IntersectionType(TrailFilterQuery, PageQuery, KnownQuery) {
  @ApiPropertyOptional({
    example: 'type:ActualCorrected office:phrae-cdd "ผ้าหม้อห้อม"',
    description:
      'The same as words: `name:value`, in quotation marks where there are spaces in it; other words are the text',
  })
  @IsOptional()
  @IsPlainText({ bytesMax: WORDS_BYTES_MAX })
  readonly q?: string;
}

function listOf(value: unknown): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((each) => (typeof each === 'string' ? each.split(',') : [each]));
}
