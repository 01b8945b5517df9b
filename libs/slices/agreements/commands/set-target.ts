import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
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
import { TargetBody, targetOf } from './target-body';
import type { IndicatorTarget } from './targets';

export class SetTargetBody extends TargetBody {
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
    const { source, ...target } = body;
    const provenance = provenanceOf(source, requester);
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfTerms(of, 'agreement.setTarget', provenance, state, indicatorId);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'SetTarget', data: { indicatorId, ...targetOf(target) }, provenance },
      context: withProvenance(acting, provenance),
      authorise: (state) => refusalOf(requester, state),
    });
    return { id: indicatorId, ...accepted };
  }
}
