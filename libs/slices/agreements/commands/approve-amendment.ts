import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { contextOfActing } from './acting-context';
import { actOfReceiver, refusalOfGranting } from './agreement-access';
import { OfficeFacts } from './office-facts';
import type { AmendmentTarget } from './targets';

export class ApproveAmendmentBody {
  @ApiProperty({ example: 'phrae-province', description: 'The receiver that decides' })
  @IsIdentifier()
  readonly officeId: string;
}

export class ApproveAmendment extends RequestedCommand<ApproveAmendmentBody, AmendmentTarget> {}

@CommandHandler(ApproveAmendment)
export class ApproveAmendmentHandler implements ICommandHandler<ApproveAmendment> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target, body, requester, context }: ApproveAmendment): Promise<CommandOutcome> {
    const { agreementId, amendmentId } = target;
    const { officeId } = body;
    const act = actOfReceiver({ officeId, office: await this.offices.of(officeId) });
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'ApproveAmendment', data: { amendmentId, officeId, approvedBy: requester.actor.id } },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise: (state) => refusalOfGranting(requester, act, 'amendment.own', state),
    });
    return { id: amendmentId, ...accepted };
  }
}
