import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, RequestedCommand, SHA256_HEX, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { contextOfActing } from './acting-context';
import { refusalOfActing } from './agreement-access';
import { OfficeFacts } from './office-facts';
import type { AgreementTarget } from './targets';

export class AcceptTermsBody {
  @ApiProperty({ example: 'phrae-province', description: 'The receiver that accepts' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    pattern: SHA256_HEX.source,
    description: 'SHA-256 of the terms that were read (`termsHash`)',
  })
  @Matches(SHA256_HEX)
  readonly termsHash: string;
}

export class AcceptTerms extends RequestedCommand<AcceptTermsBody, AgreementTarget> {}

@CommandHandler(AcceptTerms)
export class AcceptTermsHandler implements ICommandHandler<AcceptTerms> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target: { agreementId }, body, requester, context }: AcceptTerms): Promise<CommandOutcome> {
    const { officeId, termsHash } = body;
    const office = await this.offices.of(officeId);
    const act = { permission: 'agreement.negotiate', side: 'receiver', officeId, office, isBroughtIn: true } as const;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'AcceptTerms', data: { officeId, termsHash } },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise: (state) => refusalOfActing(requester, act, state),
    });
    return { id: agreementId, ...accepted };
  }
}
