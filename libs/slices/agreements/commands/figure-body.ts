import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { NOT_STATED, spanKey, type IsoDate } from '@khamrap/kernel';
import {
  Excludes,
  IsBody,
  IsDateText,
  IsDecimalText,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  IsUuidText,
  SHA256_HEX,
  type SourceBody,
} from '@khamrap/platform/http';
import {
  FIGURE_KINDS,
  FINALITIES,
  UNITS,
  type ActualReported,
  type FigureKind,
  type Finality,
  type Unit,
} from '../domain/agreement.events';
import { SpanBody, spanOf } from './span-body';

const EVIDENCE_COUNT_MAX = 50;
const EXAMPLE_SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const DECIMAL = 'A decimal number as text; Thai digits and grouping commas are understood';

class EvidenceBody {
  @ApiProperty({ description: 'SHA-256 of the file, hexadecimal', pattern: SHA256_HEX.source, example: EXAMPLE_SHA256 })
  @Matches(SHA256_HEX)
  readonly sha256: string;

  @ApiProperty({ example: 'application/pdf' })
  @Matches(/^[a-z]+\/[a-z0-9.+-]{1,100}$/)
  readonly mediaType: string;

  @ApiProperty({ example: 'รายงานสถิติการท่องเที่ยว.pdf' })
  @IsPlainText({ bytesMax: 500 })
  readonly name: string;
}

/** The figure of another agreement that is to count here too, by the event that stated it. */
export class AdoptionBody {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly agreementId: string;

  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly indicatorId: string;

  @ApiProperty({ format: 'uuid', description: 'The event that reported or last corrected the figure' })
  @IsUuidText()
  readonly eventId: string;
}

class GrowthBody {
  @ApiProperty({ example: '64.02', description: `Per cent. ${DECIMAL}` })
  @IsDecimalText()
  readonly percent: string;

  @ApiProperty({ type: SpanBody, description: 'What it is compared with' })
  @IsBody(() => SpanBody)
  readonly comparedWith: SpanBody;
}

/** A figure of any kind; which fields belong to a kind is for the rules to say. */
export class FigureBody {
  @ApiProperty({ enum: FIGURE_KINDS, required: false, default: 'value' })
  @IsOptional()
  @IsIn(FIGURE_KINDS)
  readonly kind?: FigureKind;

  @ApiProperty({ required: false, example: '2446.88', description: `Of a value or a delta. ${DECIMAL}` })
  @IsOptional()
  @IsDecimalText()
  @Excludes('adoptedFrom')
  readonly value?: string;

  @ApiProperty({
    enum: UNITS,
    required: false,
    example: 'millionBaht',
    description: 'Needed unless the figure is adopted',
  })
  @ValidateIf(({ kind, unit }: FigureBody) => kind !== 'adopted' || unit !== undefined)
  @IsIn(UNITS)
  @Excludes('adoptedFrom')
  readonly unit?: Unit;

  @ApiProperty({ required: false, example: '41', description: `Of a ratio. ${DECIMAL}` })
  @IsOptional()
  @IsDecimalText()
  readonly numerator?: string;

  @ApiProperty({ required: false, example: '78', description: `Of a ratio, above zero. ${DECIMAL}` })
  @IsOptional()
  @IsDecimalText()
  readonly denominator?: string;

  @ApiProperty({ required: false, type: SpanBody, description: 'Of a delta: the days that it is a change against' })
  @IsOptional()
  @IsBody(() => SpanBody)
  readonly comparisonSpan?: SpanBody;

  @ApiProperty({ type: 'integer', required: false, minimum: 0, maximum: 5, description: 'The level that was reached' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(5)
  readonly milestone?: number;

  @ApiProperty({ type: 'string', required: false, example: '2023-06-30', description: 'The day on which it was done' })
  @IsOptional()
  @IsDateText()
  readonly date?: IsoDate;

  @ApiProperty({ required: false, description: 'What was done, in words' })
  @IsOptional()
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly narrative?: string;

  @ApiProperty({ required: false, description: 'Why there is no figure' })
  @IsOptional()
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly notAvailableReason?: string;

  @ApiProperty({ required: false, type: AdoptionBody })
  @IsOptional()
  @IsBody(() => AdoptionBody)
  readonly adoptedFrom?: AdoptionBody;

  @ApiProperty({ required: false, type: GrowthBody, description: 'A growth that is printed beside the figure' })
  @IsOptional()
  @IsBody(() => GrowthBody)
  readonly statedGrowth?: GrowthBody;

  @ApiProperty({ enum: FINALITIES })
  @IsIn(FINALITIES)
  readonly finality: Finality;

  @ApiProperty({
    type: 'string',
    required: false,
    example: '2023-06-30',
    description: 'The day up to which the figure is known',
  })
  @IsOptional()
  @IsDateText()
  readonly asOf?: IsoDate;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly asPrinted?: string;

  @ApiProperty({ type: [EvidenceBody], required: false })
  @IsOptional()
  @IsListOfBodies(() => EvidenceBody, { countMax: EVIDENCE_COUNT_MAX })
  readonly evidence?: EvidenceBody[];

  @ApiProperty({ required: false, description: 'A working note; private, the log keeps only a commitment to it' })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly note?: string;

  @ApiProperty({ required: false, description: 'Name of the person who put the figure together; private' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly preparedBy?: string;

  @IsSource()
  readonly source?: SourceBody;
}

type StatedFigure = Omit<ActualReported['data'], 'indicatorId' | 'span' | 'officeId' | 'reportedBy'>;

/** The figure in the words of the domain; without a kind it is a plain value. */
export function figureOf(body: Omit<FigureBody, 'source'>): StatedFigure {
  const {
    kind = 'value',
    unit = NOT_STATED,
    evidence = [],
    adoptedFrom,
    comparisonSpan,
    statedGrowth,
    ...figure
  } = body;
  return {
    kind,
    unit,
    ...figure,
    // Plain objects: what the rules compare has no class.
    evidence: evidence.map(({ sha256, mediaType, name }) => ({ sha256, mediaType, name })),
    ...(adoptedFrom && {
      adoptedFrom: {
        agreementId: adoptedFrom.agreementId,
        indicatorId: adoptedFrom.indicatorId,
        eventId: adoptedFrom.eventId,
      },
    }),
    ...(comparisonSpan && { comparisonSpan: spanKey(spanOf(comparisonSpan)) }),
    ...(statedGrowth && {
      statedGrowth: { percent: statedGrowth.percent, comparedWith: spanKey(spanOf(statedGrowth.comparedWith)) },
    }),
  };
}
