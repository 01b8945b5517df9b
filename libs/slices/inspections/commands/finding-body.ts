import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { NOT_STATED, type IsoDate } from '@khamrap/kernel';
import {
  IsDateText,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  IsUuidText,
  PROVINCE_CODE,
  type SourceBody,
} from '@khamrap/platform/http';
import type { Finding } from '../domain/inspection.events';
import { SEVERITIES, type Severity } from '../domain/inspection.vocabulary';
import { plain } from './conducting';
import { InspectionEvidenceBody, TEXT_BYTES_MAX } from './round-body';

const REVISION_MAX = 1_000_000;
const STREAM = /^(?=.{1,200}$)(?:[a-z][a-z-]*[a-z]-[A-Za-z0-9][A-Za-z0-9._-]*|ledger)$/;
const SPAN_KEY = /^(?:\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d|notStated)$/;

class FindingSubjectBody {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly agreementId: string;

  @ApiProperty({ required: false, format: 'uuid' })
  @IsOptional()
  @IsUuidText()
  readonly indicatorId?: string;

  @ApiProperty({ required: false, example: '2022-10-01..2023-06-30', description: 'Of a period: the key of its span' })
  @IsOptional()
  @Matches(SPAN_KEY)
  readonly span?: string;

  @ApiProperty({ required: false, example: '6m', description: 'An evaluation round' })
  @IsOptional()
  @IsIdentifier()
  readonly round?: string;
}

class ConcernedEventBody {
  @ApiProperty({ format: 'uuid' })
  @IsUuidText()
  readonly eventId: string;

  @ApiProperty({ example: 'agreement-0b6c4a1e-58a5-5d0e-9a53-0c53d5b8a001' })
  @Matches(STREAM)
  readonly stream: string;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: REVISION_MAX })
  @IsInt()
  @Min(0)
  @Max(REVISION_MAX)
  readonly revision: number;
}

/** What a finding says, whether it is recorded or corrected. */
export class FindingBody {
  @ApiProperty({ required: false, enum: SEVERITIES, description: 'Only a document may leave it open' })
  @IsOptional()
  @IsIn(SEVERITIES)
  readonly severity?: Severity;

  @ApiProperty({ example: 'การลดค่าเป้าหมาย', description: 'In few words: findings are counted by it' })
  @IsPlainText({ bytesMax: 500 })
  readonly theme: string;

  @ApiProperty({ example: 'ค่าเป้าหมายลดลงหลังลงนามโดยไม่มีเอกสารประกอบ' })
  @IsPlainText({ bytesMax: TEXT_BYTES_MAX, lines: true })
  readonly text: string;

  @ApiProperty({ required: false, type: [String], example: ['phrae-cdd'], description: 'Who is to answer' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsIdentifier({ each: true })
  readonly officeIds?: string[];

  @ApiProperty({
    required: false,
    type: [String],
    example: ['TH-54'],
    description: 'Of those that the round inspects; where absent, those in which the offices stand',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(77)
  @Matches(PROVINCE_CODE, { each: true })
  readonly provinces?: string[];

  @ApiProperty({ required: false, type: [FindingSubjectBody], description: 'Agreements, indicators, rounds concerned' })
  @IsOptional()
  @IsListOfBodies(() => FindingSubjectBody, { countMax: 50 })
  readonly subjects?: FindingSubjectBody[];

  @ApiProperty({
    required: false,
    type: [ConcernedEventBody],
    description: 'Looked up; one that is not there is refused',
  })
  @IsOptional()
  @IsListOfBodies(() => ConcernedEventBody, { countMax: 50 })
  readonly events?: ConcernedEventBody[];

  @ApiProperty({ required: false, format: 'uuid', description: 'The question from which it came' })
  @IsOptional()
  @IsUuidText()
  readonly questionId?: string;

  @ApiProperty({ required: false, type: [InspectionEvidenceBody] })
  @IsOptional()
  @IsListOfBodies(() => InspectionEvidenceBody, { countMax: 50 })
  readonly evidence?: InspectionEvidenceBody[];

  @ApiProperty({ type: 'string', required: false, example: '2027-04-30', description: 'The last day for an answer' })
  @IsOptional()
  @IsDateText()
  readonly dueOn?: IsoDate;

  @IsSource()
  readonly source?: SourceBody;
}

/** The finding in the words of the domain. */
export function findingOf(
  findingId: string,
  { source: _source, ...body }: FindingBody,
  provinces: readonly string[],
): Finding {
  return plain<Finding>({
    findingId,
    ...body,
    severity: body.severity ?? NOT_STATED,
    officeIds: body.officeIds ?? [],
    provinces: body.provinces ?? provinces,
    subjects: body.subjects ?? [],
    events: body.events ?? [],
    evidence: body.evidence ?? [],
  });
}
