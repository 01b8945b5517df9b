import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOfActing } from './acting-context';
import { refusalOfActing } from './agreement-access';
import { OfficeFacts } from './office-facts';
import { SchemeFacts } from './scheme-facts';
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
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target: { agreementId }, body, requester, context }: ProposeTerms): Promise<CommandOutcome> {
    const { officeId, note } = body;
    const office = await this.offices.of(officeId);
    const act = { permission: 'agreement.negotiate', side: 'maker', officeId, office, isBroughtIn: true } as const;
    const authorise = (state: AgreementState): Rejection | undefined => refusalOfActing(requester, act, state);
    const scheme = await this.schemes.ofAgreement(agreementId, authorise);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'ProposeTerms',
        data: { officeId, ...(note !== undefined && { note }) },
        ...(scheme && { calendar: scheme.rounds }),
      },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: agreementId, ...accepted };
  }
}
