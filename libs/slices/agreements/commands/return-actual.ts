import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { contextOfStep, refusalOfStepAccess } from './figure-access';
import type { FigureTarget } from './targets';

/** Keepers correct what others give back. */
const RETURNING_STEPS = ['supervisor', 'performanceUnit'] as const;

export class ReturnActualBody {
  @ApiProperty({ enum: RETURNING_STEPS })
  @IsIn(RETURNING_STEPS)
  readonly step: (typeof RETURNING_STEPS)[number];

  @ApiProperty({ required: false, description: 'Of a joint indicator: the keeper whose part is meant' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;

  @ApiProperty({ example: 'ยอดรวมไม่ตรงกับบัญชีรายอำเภอ', description: 'What the keeper has to look at' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly comment: string;
}

export class ReturnActual extends RequestedCommand<ReturnActualBody, FigureTarget> {}

@CommandHandler(ReturnActual)
export class ReturnActualHandler implements ICommandHandler<ReturnActual> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target, body, requester, context }: ReturnActual): Promise<CommandOutcome> {
    const { agreementId, indicatorId, period: span } = target;
    const { step, officeId, comment } = body;
    const key = { indicatorId, span, ...(officeId !== undefined && { officeId }) };
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'ReturnActual', data: { ...key, step, returnedBy: requester.actor.id, comment } },
      context: contextOfStep(context, requester, step),
      authorise: (state) => refusalOfStepAccess(requester, step, { indicatorId, officeId }, state),
    });
    return { id: indicatorId, ...accepted };
  }
}
