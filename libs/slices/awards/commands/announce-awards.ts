import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { streamName, type IsoDate } from '@khamrap/kernel';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
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
import { provenanceFor } from './award-access';
import { GrantorBody, YearBody, yearOf } from './award-bodies';

const GRANTOR_COUNT_MAX = 20;
const STATED_COUNT_MAX = 1_000_000;

export class AnnounceAwardsBody {
  @ApiProperty({ example: 'gecc' })
  @IsIdentifier()
  readonly category: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly categoryPrinted?: string;

  @ApiProperty({ type: [GrantorBody] })
  @IsListOfBodies(() => GrantorBody, { countMax: GRANTOR_COUNT_MAX })
  readonly grantors: GrantorBody[];

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: STATED_COUNT_MAX,
    example: 14,
    description: 'How many awards the document counts',
  })
  @IsInt()
  @Min(1)
  @Max(STATED_COUNT_MAX)
  readonly statedCount: number;

  @ApiProperty({ type: YearBody })
  @IsBody(() => YearBody)
  readonly awardYear: YearBody;

  @ApiProperty({ type: 'string', required: false, example: '2022-09-20' })
  @IsOptional()
  @IsDateText()
  readonly announcedOn?: IsoDate;

  @ApiProperty({ required: false, example: 'TH-54' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class AnnounceAwards extends RequestedCommand<AnnounceAwardsBody> {}

@CommandHandler(AnnounceAwards)
export class AnnounceAwardsHandler implements ICommandHandler<AnnounceAwards> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: AnnounceAwards): Promise<CommandOutcome> {
    const { source, awardYear, ...announcement } = body;
    const provenance = provenanceFor(source, requester, [{ office: undefined, province: body.province }]);
    const id = derivedId('award', context.commandId);
    const accepted = await this.ledger.execute({
      decider: awardDecider,
      stream: streamName('award', id),
      command: { type: 'AnnounceAwards', data: { ...announcement, awardYear: yearOf(awardYear) }, provenance },
      context: { ...context, provenance },
    });
    return { id, ...accepted };
  }
}
