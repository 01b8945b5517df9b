import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { contextOfActing } from './acting-context';
import { actOfReceiver, refusalOfGranting } from './agreement-access';
import { OfficeFacts } from './office-facts';
import type { AmendmentTarget } from './targets';

export class RejectAmendmentBody {
  @ApiProperty({ example: 'phrae-province', description: 'The receiver that decides' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'เหตุที่อ้างยังไม่กระทบค่าเป้าหมาย' })
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly reason: string;
}

export class RejectAmendment extends RequestedCommand<RejectAmendmentBody, AmendmentTarget> {}

@CommandHandler(RejectAmendment)
export class RejectAmendmentHandler implements ICommandHandler<RejectAmendment> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target, body, requester, context }: RejectAmendment): Promise<CommandOutcome> {
    const { agreementId, amendmentId } = target;
    const { officeId, reason } = body;
    const act = actOfReceiver({ officeId, office: await this.offices.of(officeId) });
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'RejectAmendment', data: { amendmentId, officeId, reason, rejectedBy: requester.actor.id } },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise: (state) => refusalOfGranting(requester, act, 'amendment.own', state),
    });
    return { id: amendmentId, ...accepted };
  }
}
