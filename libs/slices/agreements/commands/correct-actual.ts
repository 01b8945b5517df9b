import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { bangkokDateOf, streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsIdentifier,
  IsPlainText,
  provenanceOf,
  RequestedCommand,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfStating } from './figure-access';
import { FigureBody, figureOf } from './figure-body';
import { FigureSources } from './figure-sources';
import type { FigureTarget } from './targets';

export class CorrectActualBody extends FigureBody {
  @ApiProperty({ required: false, description: 'Of a joint indicator: the keeper whose part it is' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;

  @ApiProperty({
    example: 'รวมอำเภอวังชิ้นที่ส่งข้อมูลภายหลัง',
    description: 'Why the figure is another; part of the public record',
  })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;
}

export class CorrectActual extends RequestedCommand<CorrectActualBody, FigureTarget> {}

@CommandHandler(CorrectActual)
export class CorrectActualHandler implements ICommandHandler<CorrectActual> {
  constructor(
    private readonly ledger: Ledger,
    private readonly sources: FigureSources,
  ) {}

  async execute({ target, body, requester, context }: CorrectActual): Promise<CommandOutcome> {
    const { agreementId, indicatorId, period: span } = target;
    const { source, officeId, reason, ...figure } = body;
    const provenance = provenanceOf(source, requester);
    const { refusal, adopted, basis } = await this.sources.supportOf(body, span, provenance, requester);
    const key = { indicatorId, span, ...(officeId !== undefined && { officeId }) };
    const access = { permission: 'agreement.report', indicatorId, officeId } as const;
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfStating(of, access, provenance, state);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'CorrectActual',
        data: { ...key, ...figureOf(figure), ...adopted, reason, correctedBy: requester.actor.id },
        provenance,
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: withProvenance(acting, provenance),
      authorise: (state) => refusalOf(requester, state) ?? refusal,
      ...(basis && { basis }),
    });
    return { id: indicatorId, ...accepted };
  }
}
