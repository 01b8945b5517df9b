import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { bangkokDateOf, spanKey, streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsIdentifier,
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
import { SpanBody, spanOf } from './span-body';
import type { IndicatorTarget } from './targets';

export class ReportActualBody extends FigureBody {
  @ApiProperty({ type: SpanBody })
  @IsBody(() => SpanBody)
  readonly span: SpanBody;

  @ApiProperty({ required: false, description: 'Of a joint indicator: the keeper whose part it is' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;
}

export class ReportActual extends RequestedCommand<ReportActualBody, IndicatorTarget> {}

@CommandHandler(ReportActual)
export class ReportActualHandler implements ICommandHandler<ReportActual> {
  constructor(
    private readonly ledger: Ledger,
    private readonly sources: FigureSources,
  ) {}

  async execute({ target, body, requester, context }: ReportActual): Promise<CommandOutcome> {
    const { agreementId, indicatorId } = target;
    const { source, span: spanBody, officeId, ...figure } = body;
    const provenance = provenanceOf(source, requester);
    const span = spanOf(spanBody);
    const { refusal, adopted, basis } = await this.sources.supportOf(body, spanKey(span), provenance, requester);
    const access = { permission: 'agreement.report', indicatorId, officeId } as const;
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfStating(of, access, provenance, state);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'ReportActual',
        data: { indicatorId, span, ...(officeId !== undefined && { officeId }), ...figureOf(figure), ...adopted },
        provenance,
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
        actorId: requester.actor.id,
      },
      context: withProvenance(acting, provenance),
      authorise: (state) => refusalOf(requester, state) ?? refusal,
      ...(basis && { basis }),
    });
    return { id: indicatorId, ...accepted };
  }
}
