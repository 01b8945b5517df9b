import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfStepAccess } from './figure-access';
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
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfStepAccess(of, step, { indicatorId, officeId }, state);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'ReturnActual', data: { ...key, step, returnedBy: requester.actor.id, comment } },
      context: await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf),
      authorise: (state) => refusalOf(requester, state),
    });
    return { id: indicatorId, ...accepted };
  }
}
