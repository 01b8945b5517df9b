import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { STEPS, type CertificationStep } from '../domain/agreement.events';
import { contextOfStep, refusalOfStepAccess } from './figure-access';
import type { FigureTarget } from './targets';

export class CertifyActualBody {
  @ApiProperty({ enum: STEPS, description: 'keeper: stands by a figure that was returned' })
  @IsIn(STEPS)
  readonly step: CertificationStep;

  @ApiProperty({ required: false, description: 'Of a joint indicator: the keeper whose part is meant' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly comment?: string;
}

export class CertifyActual extends RequestedCommand<CertifyActualBody, FigureTarget> {}

@CommandHandler(CertifyActual)
export class CertifyActualHandler implements ICommandHandler<CertifyActual> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target, body, requester, context }: CertifyActual): Promise<CommandOutcome> {
    const { agreementId, indicatorId, period: span } = target;
    const { step, officeId, comment } = body;
    const key = { indicatorId, span, ...(officeId !== undefined && { officeId }) };
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'CertifyActual',
        data: { ...key, step, certifiedBy: requester.actor.id, ...(comment !== undefined && { comment }) },
      },
      context: contextOfStep(context, requester, step),
      authorise: (state) => refusalOfStepAccess(requester, step, { indicatorId, officeId }, state),
    });
    return { id: indicatorId, ...accepted };
  }
}
