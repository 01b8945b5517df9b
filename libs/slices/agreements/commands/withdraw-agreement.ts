import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { contextOfActing } from './acting-context';
import { refusalOfActing } from './agreement-access';
import { OfficeFacts } from './office-facts';
import type { AgreementTarget } from './targets';

export class WithdrawAgreementBody {
  @ApiProperty({ example: 'phrae-cdd', description: 'The maker that gives the draft up' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'จัดทำร่วมกับจังหวัดแทน' })
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly reason: string;
}

export class WithdrawAgreement extends RequestedCommand<WithdrawAgreementBody, AgreementTarget> {}

@CommandHandler(WithdrawAgreement)
export class WithdrawAgreementHandler implements ICommandHandler<WithdrawAgreement> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target: { agreementId }, body, requester, context }: WithdrawAgreement): Promise<CommandOutcome> {
    const { officeId, reason } = body;
    const office = await this.offices.of(officeId);
    const act = { permission: 'agreement.negotiate', side: 'maker', officeId, office, isBroughtIn: true } as const;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'WithdrawAgreement', data: { officeId, reason } },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise: (state) => refusalOfActing(requester, act, state),
    });
    return { id: agreementId, ...accepted };
  }
}
