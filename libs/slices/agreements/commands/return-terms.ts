import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsUuidText,
  RequestedCommand,
  SHA256_HEX,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { contextOfActing } from './acting-context';
import { refusalOfActing } from './agreement-access';
import { OfficeFacts } from './office-facts';
import type { AgreementTarget } from './targets';

const COMMENT_COUNT_MAX = 500;

class CommentBody {
  @ApiProperty({ required: false, format: 'uuid', description: 'The indicator that is meant; all terms where absent' })
  @IsOptional()
  @IsUuidText()
  readonly indicatorId?: string;

  @ApiProperty({ example: 'ค่าเป้าหมายต่ำกว่าผลของปีก่อน' })
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly comment: string;
}

export class ReturnTermsBody {
  @ApiProperty({ example: 'phrae-province', description: 'The receiver that returns the terms' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    pattern: SHA256_HEX.source,
    description: 'SHA-256 of the terms that were read (`termsHash`)',
  })
  @Matches(SHA256_HEX)
  readonly termsHash: string;

  @ApiProperty({ type: [CommentBody] })
  @IsListOfBodies(() => CommentBody, { countMax: COMMENT_COUNT_MAX })
  readonly comments: readonly CommentBody[];
}

export class ReturnTerms extends RequestedCommand<ReturnTermsBody, AgreementTarget> {}

@CommandHandler(ReturnTerms)
export class ReturnTermsHandler implements ICommandHandler<ReturnTerms> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target: { agreementId }, body, requester, context }: ReturnTerms): Promise<CommandOutcome> {
    const { officeId, termsHash, comments } = body;
    const office = await this.offices.of(officeId);
    const act = { permission: 'agreement.negotiate', side: 'receiver', officeId, office, isBroughtIn: true } as const;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'ReturnTerms', data: { officeId, termsHash, comments } },
      context: await contextOfActing(this.ledger, { agreementId, context, requester }, act),
      authorise: (state) => refusalOfActing(requester, act, state),
    });
    return { id: agreementId, ...accepted };
  }
}
