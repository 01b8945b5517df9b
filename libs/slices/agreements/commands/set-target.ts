import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDecimalText,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { UNITS, type Unit } from '../domain/agreement.events';
import { refusalOfAccess } from './agreement-access';
import type { IndicatorTarget } from './targets';
import { SpanBody, spanOf } from './span-body';

export class SetTargetBody {
  @ApiProperty({ type: SpanBody })
  @IsBody(() => SpanBody)
  readonly span: SpanBody;

  @ApiProperty({
    example: '1887',
    description: 'A decimal number as text; Thai digits and grouping commas are understood',
  })
  @IsDecimalText()
  readonly value: string;

  @ApiProperty({ enum: UNITS })
  @IsIn(UNITS)
  readonly unit: Unit;

  @ApiProperty({ required: false, example: '1,887 ล้านบาท' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly asPrinted?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class SetTarget extends RequestedCommand<SetTargetBody, IndicatorTarget> {}

@CommandHandler(SetTarget)
export class SetTargetHandler implements ICommandHandler<SetTarget> {
  constructor(private readonly ledger: Ledger) {}

  async execute({
    target: { agreementId, indicatorId },
    body,
    requester,
    context,
  }: SetTarget): Promise<CommandOutcome> {
    const { source, span, ...target } = body;
    const provenance = provenanceOf(source, requester);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'SetTarget', data: { indicatorId, span: spanOf(span), ...target }, provenance },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'agreement.setTarget', state, indicatorId),
    });
    return { id: indicatorId, ...accepted };
  }
}
