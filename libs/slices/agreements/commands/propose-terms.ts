import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { refusalOfActing } from './agreement-access';
import type { AgreementTarget } from './targets';

export class ProposeTermsBody {
  @ApiProperty({ example: 'phrae-cdd', description: 'The maker that proposes' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly note?: string;
}

export class ProposeTerms extends RequestedCommand<ProposeTermsBody, AgreementTarget> {}

@CommandHandler(ProposeTerms)
export class ProposeTermsHandler implements ICommandHandler<ProposeTerms> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { agreementId }, body, requester, context }: ProposeTerms): Promise<CommandOutcome> {
    const { officeId, note } = body;
    const act = { permission: 'agreement.negotiate', side: 'maker', officeId, isBroughtIn: true } as const;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'ProposeTerms', data: { officeId, ...(note !== undefined && { note }) } },
      context,
      authorise: (state) => refusalOfActing(requester, act, state),
    });
    return { id: agreementId, ...accepted };
  }
}
