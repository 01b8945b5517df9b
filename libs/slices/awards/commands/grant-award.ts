import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { NOT_STATED, streamName, type IsoDate } from '@khamrap/kernel';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  PROVINCE_CODE,
  RequestedCommand,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { awardDecider } from '../domain/award.decider';
import { FORMS, type AwardForm } from '../domain/award.events';
import { provenanceFor } from './award-access';
import { GrantorBody, YearBody, yearOf } from './award-bodies';

const BODY_COUNT_MAX = 200;
const RANK_MAX = 1_000_000;

class RecipientBody extends GrantorBody {
  @ApiProperty({ example: 'จังหวัดแพร่' })
  declare readonly name: string;

  @ApiProperty({ required: false, example: 'phrae-province' })
  declare readonly officeId?: string;

  @ApiProperty({ required: false, example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;
}

class RankBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: RANK_MAX, example: 2 })
  @IsInt()
  @Min(1)
  @Max(RANK_MAX)
  readonly rank: number;

  @ApiProperty({ example: 'ราชการส่วนภูมิภาค 76 จังหวัด', description: 'Among whom' })
  @IsPlainText({ bytesMax: 500 })
  readonly comparisonSet: string;
}

export class GrantAwardBody {
  @ApiProperty({ example: 'pmqa' })
  @IsIdentifier()
  readonly category: string;

  @ApiProperty({ required: false, description: 'As printed, misprints included' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly categoryPrinted?: string;

  @ApiProperty({ type: [GrantorBody] })
  @IsListOfBodies(() => GrantorBody, { countMax: BODY_COUNT_MAX })
  readonly grantors: GrantorBody[];

  @ApiProperty({ type: [RecipientBody], description: 'Several recipients share one award' })
  @IsListOfBodies(() => RecipientBody, { countMax: BODY_COUNT_MAX })
  readonly recipients: RecipientBody[];

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

  @ApiProperty({ required: false, type: RankBody })
  @IsOptional()
  @IsBody(() => RankBody)
  readonly rank?: RankBody;

  @ApiProperty({ enum: FORMS, isArray: true, default: [NOT_STATED], example: ['plaque'] })
  @IsArray()
  @ArrayMaxSize(FORMS.length)
  @IsIn(FORMS, { each: true })
  readonly forms: AwardForm[];

  @ApiProperty({ type: 'string', required: false, example: '2022-09-20' })
  @IsOptional()
  @IsDateText()
  readonly announcedOn?: IsoDate;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly asPrinted?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class GrantAward extends RequestedCommand<GrantAwardBody> {}

@CommandHandler(GrantAward)
export class GrantAwardHandler implements ICommandHandler<GrantAward> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: GrantAward): Promise<CommandOutcome> {
    const { source, awardYear, ...award } = body;
    const places = body.recipients.map(({ officeId, province }) => ({ office: officeId, province }));
    const provenance = provenanceFor(source, requester, places);
    const id = derivedId('award', context.commandId);
    const accepted = await this.ledger.execute({
      decider: awardDecider,
      stream: streamName('award', id),
      command: { type: 'GrantAward', data: { ...award, awardYear: yearOf(awardYear) }, provenance },
      context: { ...context, provenance },
    });
    return { id, ...accepted };
  }
}
