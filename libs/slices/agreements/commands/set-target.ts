import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { streamName } from '@khamrap/kernel';
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
import { refusalOfAccess } from './agreement-access';
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
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'SetTarget', data: { indicatorId, ...targetOf(target) }, provenance },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'agreement.setTarget', state, indicatorId),
    });
    return { id: indicatorId, ...accepted };
  }
}
