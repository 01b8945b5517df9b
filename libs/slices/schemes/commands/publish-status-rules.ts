import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional } from 'class-validator';
import {
  MEASURED_STATUSES,
  STATUS_MEASURES,
  STATUSES,
  streamName,
  type MeasuredStatus,
  type Status,
  type StatusMeasure,
} from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsDecimalText,
  IsListOfBodies,
  IsSource,
  RequestedCommand,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { schemeDecider } from '../domain/scheme.decider';
import { publishingContext, SchemeTarget } from './scheme-access';
import { IsBasis } from './published-text';

const THRESHOLD_COUNT_MAX = MEASURED_STATUSES.length * STATUS_MEASURES.length;

class ThresholdBody {
  @ApiProperty({ enum: MEASURED_STATUSES })
  @IsIn(MEASURED_STATUSES)
  readonly status: MeasuredStatus;

  @ApiProperty({ enum: STATUS_MEASURES })
  @IsIn(STATUS_MEASURES)
  readonly measure: StatusMeasure;

  @ApiProperty({ required: false, example: '3', description: 'The least that reaches it; absent for `targetMet`' })
  @IsOptional()
  @IsDecimalText()
  readonly from?: string;
}

export class PublishStatusRulesBody {
  @ApiProperty({ enum: STATUSES, isArray: true, description: 'Every status once: the first that applies is shown' })
  @IsArray()
  @ArrayMaxSize(STATUSES.length * 2)
  @IsIn(STATUSES, { each: true })
  readonly precedence: Status[];

  @ApiProperty({ type: [ThresholdBody], description: 'A status applies when one of its thresholds is reached' })
  @IsListOfBodies(() => ThresholdBody, { countMax: THRESHOLD_COUNT_MAX })
  readonly thresholds: ThresholdBody[];

  @IsBasis()
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class PublishStatusRules extends RequestedCommand<PublishStatusRulesBody, SchemeTarget> {}

@CommandHandler(PublishStatusRules)
export class PublishStatusRulesHandler implements ICommandHandler<PublishStatusRules> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { schemeId }, body, requester, context }: PublishStatusRules): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const acting = publishingContext(context, requester, source);
    const accepted = await this.ledger.execute({
      decider: schemeDecider,
      stream: streamName('scheme', schemeId),
      command: { type: 'PublishStatusRules', data },
      context: acting,
    });
    return { id: schemeId, ...accepted };
  }
}
