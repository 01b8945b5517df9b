import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { STEPS, type CertificationStep } from '../domain/agreement.events';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfStepAccess } from './figure-access';
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
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfStepAccess(of, step, { indicatorId, officeId }, state);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'CertifyActual',
        data: { ...key, step, certifiedBy: requester.actor.id, ...(comment !== undefined && { comment }) },
      },
      context: await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf),
      authorise: (state) => refusalOf(requester, state),
    });
    return { id: indicatorId, ...accepted };
  }
}
