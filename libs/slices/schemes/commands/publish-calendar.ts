import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { streamName, type IsoDate } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsListOfBodies,
  IsSource,
  RequestedCommand,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { schemeDecider } from '../domain/scheme.decider';
import { publishingContext, SchemeTarget } from './scheme-access';
import { IsBasis, NamesBody } from './published-text';

const ROUND_COUNT_MAX = 50;
const GRACE_DAYS_MAX = 366;

class RoundSpanBody {
  @ApiProperty({ type: 'string', example: '2021-10-01' })
  @IsDateText()
  readonly from: IsoDate;

  @ApiProperty({ type: 'string', example: '2022-03-31' })
  @IsDateText()
  readonly to: IsoDate;
}

class RoundBody extends NamesBody {
  @ApiProperty({ example: '6m' })
  @IsIdentifier()
  readonly round: string;

  @ApiProperty({ type: RoundSpanBody, description: 'The days that the round judges, both included' })
  @IsBody(() => RoundSpanBody)
  readonly span: RoundSpanBody;

  @ApiProperty({ type: 'string', example: '2022-04-01' })
  @IsDateText()
  readonly opensOn: IsoDate;

  @ApiProperty({ type: 'string', example: '2022-04-15' })
  @IsDateText()
  readonly reportDueOn: IsoDate;

  @ApiProperty({ type: 'string', example: '2022-04-30' })
  @IsDateText()
  readonly certifyDueOn: IsoDate;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: GRACE_DAYS_MAX, example: 0 })
  @IsInt()
  @Min(0)
  @Max(GRACE_DAYS_MAX)
  readonly graceDays: number;
}

export class PublishCalendarBody {
  @ApiProperty({
    type: 'integer',
    minimum: 2500,
    maximum: 2642,
    example: 2565,
    description: 'Buddhist Era, the later year',
  })
  @IsFiscalYear()
  readonly fiscalYear: number;

  @ApiProperty({ type: [RoundBody], description: 'In their order' })
  @IsListOfBodies(() => RoundBody, { countMax: ROUND_COUNT_MAX })
  readonly rounds: RoundBody[];

  @ApiProperty({
    type: 'string',
    required: false,
    example: '2022-02-28',
    description: 'Last day for amendment requests',
  })
  @IsOptional()
  @IsDateText()
  readonly amendmentCutOffOn?: IsoDate;

  @IsBasis()
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class PublishCalendar extends RequestedCommand<PublishCalendarBody, SchemeTarget> {}

@CommandHandler(PublishCalendar)
export class PublishCalendarHandler implements ICommandHandler<PublishCalendar> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { schemeId }, body, requester, context }: PublishCalendar): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const acting = publishingContext(context, requester, source);
    const accepted = await this.ledger.execute({
      decider: schemeDecider,
      stream: streamName('scheme', schemeId),
      command: { type: 'PublishReportingCalendar', data },
      context: acting,
    });
    return { id: schemeId, ...accepted };
  }
}
