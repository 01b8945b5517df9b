import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray } from 'class-validator';
import { streamName, type IsoDate } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsPlainText,
  IsSource,
  RequestedCommand,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { schemeDecider } from '../domain/scheme.decider';
import { publishingContext, SchemeTarget } from './scheme-access';

const OFFICE_COUNT_MAX = 1_000;
const REASON_BYTES_MAX = 4_000;

export class ExtendDeadlineBody {
  @ApiProperty({ type: 'integer', minimum: 2500, maximum: 2642, example: 2565 })
  @IsFiscalYear()
  readonly fiscalYear: number;

  @ApiProperty({ example: '6m' })
  @IsIdentifier()
  readonly round: string;

  @ApiProperty({ type: 'string', example: '2022-04-22' })
  @IsDateText()
  readonly reportDueOn: IsoDate;

  @ApiProperty({ type: 'string', example: '2022-05-07' })
  @IsDateText()
  readonly certifyDueOn: IsoDate;

  @ApiProperty({ type: [String], example: ['phrae-cdd'], description: 'Empty: all offices' })
  @IsArray()
  @ArrayMaxSize(OFFICE_COUNT_MAX)
  @IsIdentifier({ each: true })
  readonly offices: string[];

  @ApiProperty({ example: 'อุทกภัยในพื้นที่' })
  @IsPlainText({ bytesMax: REASON_BYTES_MAX, lines: true })
  readonly reason: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class ExtendDeadline extends RequestedCommand<ExtendDeadlineBody, SchemeTarget> {}

@CommandHandler(ExtendDeadline)
export class ExtendDeadlineHandler implements ICommandHandler<ExtendDeadline> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { schemeId }, body, requester, context }: ExtendDeadline): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const acting = publishingContext(context, requester, source);
    const accepted = await this.ledger.execute({
      decider: schemeDecider,
      stream: streamName('scheme', schemeId),
      command: { type: 'ExtendDeadline', data },
      context: acting,
    });
    return { id: schemeId, ...accepted };
  }
}
