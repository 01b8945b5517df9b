import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  withProvenance,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfTerms } from './agreement-access';
import type { IndicatorTarget } from './targets';

export class RemoveIndicatorBody {
  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class RemoveIndicator extends RequestedCommand<RemoveIndicatorBody, IndicatorTarget> {}

@CommandHandler(RemoveIndicator)
export class RemoveIndicatorHandler implements ICommandHandler<RemoveIndicator> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target, body, requester, context }: RemoveIndicator): Promise<CommandOutcome> {
    const { agreementId, indicatorId } = target;
    const { source, ...removal } = body;
    const provenance = provenanceOf(source, requester);
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfTerms(of, 'agreement.draft', provenance, state, indicatorId);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'RemoveIndicator', data: { indicatorId, ...removal }, provenance },
      context: withProvenance(acting, provenance),
      authorise: (state) => refusalOf(requester, state),
    });
    return { id: indicatorId, ...accepted };
  }
}
