import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { BETWEEN, streamName, type Between } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDecimalText,
  IsSource,
  RequestedCommand,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { schemeDecider } from '../domain/scheme.decider';
import { publishingContext, SchemeTarget } from './scheme-access';
import { IsBasis } from './published-text';

const POINT_COUNT_MAX = 5;

/** A list of points. How many there must be, and that they rise, is for the rules to say. */
function IsPoints(): PropertyDecorator {
  return applyDecorators(IsArray(), ArrayMaxSize(POINT_COUNT_MAX), IsDecimalText({ each: true }));
}

class SinglePointsBody {
  @ApiProperty({ example: '5' })
  @IsDecimalText()
  readonly met: string;

  @ApiProperty({ example: '1' })
  @IsDecimalText()
  readonly notMet: string;
}

class JudgedRangeBody {
  @ApiProperty({ example: '1' })
  @IsDecimalText()
  readonly min: string;

  @ApiProperty({ example: '5' })
  @IsDecimalText()
  readonly max: string;
}

export class PublishScoringRuleBody {
  @ApiProperty({ type: [String], minItems: 5, maxItems: 5, example: ['1', '2', '3', '4', '5'] })
  @IsPoints()
  readonly fiveLevels: string[];

  @ApiProperty({ type: [String], minItems: 3, maxItems: 3, example: ['1', '3', '5'] })
  @IsPoints()
  readonly threeAnchors: string[];

  @ApiProperty({ enum: BETWEEN, description: 'Between two anchors: a straight line, or the point of the lower one' })
  @IsIn(BETWEEN)
  readonly between: Between;

  @ApiProperty({ example: '0', description: 'The floor: below the lowest anchor, and for want of a report' })
  @IsDecimalText()
  readonly belowLowest: string;

  @ApiProperty({ type: SinglePointsBody })
  @IsBody(() => SinglePointsBody)
  readonly single: SinglePointsBody;

  @ApiProperty({ type: JudgedRangeBody })
  @IsBody(() => JudgedRangeBody)
  readonly judged: JudgedRangeBody;

  @IsBasis()
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class PublishScoringRule extends RequestedCommand<PublishScoringRuleBody, SchemeTarget> {}

@CommandHandler(PublishScoringRule)
export class PublishScoringRuleHandler implements ICommandHandler<PublishScoringRule> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { schemeId }, body, requester, context }: PublishScoringRule): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const acting = publishingContext(context, requester, source);
    const accepted = await this.ledger.execute({
      decider: schemeDecider,
      stream: streamName('scheme', schemeId),
      command: { type: 'PublishScoringRule', data },
      context: acting,
    });
    return { id: schemeId, ...accepted };
  }
}
