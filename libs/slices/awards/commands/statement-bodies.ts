import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { NOT_STATED, type IsoDate } from '@khamrap/kernel';
import {
  IsBody,
  IsDateText,
  IsDecimalText,
  IsFiscalYear,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsUuidText,
  PROVINCE_CODE,
} from '@khamrap/platform/http';
import type { StatementToRecord } from '../domain/award.commands';
import { FORMS, NAMED_RECIPIENTS, type AwardForm, type NamedRecipients } from '../domain/award.events';
import {
  BasisAgreementBody,
  COUNT_MAX,
  GrantorBody,
  OneOfBody,
  RankBody,
  RecipientBody,
  StatedTotalBody,
  YearBody,
  yearOf,
} from './award-bodies';

const BODY_COUNT_MAX = 200;
const GRANTOR_COUNT_MAX = 20;

/** What is said of awards of either kind. */
abstract class StatementBody {
  @ApiProperty({ example: 'pmqa' })
  @IsIdentifier()
  readonly category: string;

  @ApiProperty({ required: false, description: 'As printed, misprints included' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly categoryPrinted?: string;

  @ApiProperty({ type: YearBody })
  @IsBody(() => YearBody)
  readonly awardYear: YearBody;

  @ApiProperty({ type: 'integer', minimum: 2500, maximum: 2642, required: false, example: 2565 })
  @IsOptional()
  @IsFiscalYear()
  readonly fiscalYear?: number;

  @ApiProperty({ required: false, example: 'national' })
  @IsOptional()
  @IsIdentifier()
  readonly level?: string;

  @ApiProperty({ type: 'string', required: false, example: '2022-09-20' })
  @IsOptional()
  @IsDateText()
  readonly announcedOn?: IsoDate;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly asPrinted?: string;

  @ApiProperty({ required: false, type: StatedTotalBody })
  @IsOptional()
  @IsBody(() => StatedTotalBody)
  readonly statedTotal?: StatedTotalBody;
}

/** An award whose recipients are known by name. */
export class GrantedStatementBody extends StatementBody {
  @ApiProperty({ type: [GrantorBody] })
  @IsListOfBodies(() => GrantorBody, { countMax: BODY_COUNT_MAX })
  readonly grantors: GrantorBody[];

  @ApiProperty({ type: [RecipientBody], description: 'Several recipients share one award' })
  @IsListOfBodies(() => RecipientBody, { countMax: BODY_COUNT_MAX })
  readonly recipients: RecipientBody[];

  @ApiProperty({ required: false, type: RankBody })
  @IsOptional()
  @IsBody(() => RankBody)
  readonly rank?: RankBody;

  @ApiProperty({ required: false, type: OneOfBody })
  @IsOptional()
  @IsBody(() => OneOfBody)
  readonly oneOf?: OneOfBody;

  @ApiProperty({ required: false, example: '99.15', description: 'A decimal number as text, with its printed digits' })
  @IsOptional()
  @IsDecimalText()
  readonly score?: string;

  @ApiProperty({ enum: FORMS, isArray: true, default: [NOT_STATED], example: ['plaque'] })
  @IsArray()
  @ArrayMaxSize(FORMS.length)
  @IsIn(FORMS, { each: true })
  readonly forms: AwardForm[];

  @ApiProperty({ type: 'string', required: false, example: '2025-09-19' })
  @IsOptional()
  @IsDateText()
  readonly validUntil?: IsoDate;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis?: string;

  @ApiProperty({ required: false, format: 'uuid', description: 'The announcement that counts this award already' })
  @IsOptional()
  @IsUuidText()
  readonly partOf?: string;

  @ApiProperty({ required: false, type: BasisAgreementBody })
  @IsOptional()
  @IsBody(() => BasisAgreementBody)
  readonly basisAgreement?: BasisAgreementBody;
}

/** A number of awards that a document announces. */
export class AnnouncedStatementBody extends StatementBody {
  @ApiProperty({ type: [GrantorBody] })
  @IsListOfBodies(() => GrantorBody, { countMax: GRANTOR_COUNT_MAX })
  readonly grantors: GrantorBody[];

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: COUNT_MAX,
    example: 14,
    description: 'How many awards the document counts',
  })
  @IsInt()
  @Min(1)
  @Max(COUNT_MAX)
  readonly statedCount: number;

  @ApiProperty({
    required: false,
    enum: NAMED_RECIPIENTS,
    default: NOT_STATED,
    description: 'Those that are named are awards of their own, each `partOf` this announcement',
  })
  @IsOptional()
  @IsIn(NAMED_RECIPIENTS)
  readonly recipients?: NamedRecipients;

  @ApiProperty({ required: false, example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;
}

export function grantedStatement({
  awardYear,
  ...award
}: GrantedStatementBody): StatementToRecord & { kind: 'granted' } {
  return { kind: 'granted', data: { ...award, awardYear: yearOf(awardYear) } };
}

export function announcedStatement({
  awardYear,
  ...announcement
}: AnnouncedStatementBody): StatementToRecord & { kind: 'announced' } {
  return { kind: 'announced', data: { ...announcement, awardYear: yearOf(awardYear) } };
}
