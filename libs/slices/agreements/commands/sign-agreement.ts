import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { bangkokDateOf, streamName, type IsoDate } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsIdentifier,
  IsPlainText,
  RequestedCommand,
  SHA256_HEX,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { CAPACITIES, SIDES, type Side, type SigningCapacity } from '../domain/agreement.events';
import { refusalOfAccess, refusalOfSigning } from './agreement-access';

const EXAMPLE_SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** A signature that was given on paper, by its scan. */
class PaperBody {
  @ApiProperty({
    description: 'SHA-256 of the scanned paper, hexadecimal',
    pattern: SHA256_HEX.source,
    example: EXAMPLE_SHA256,
  })
  @Matches(SHA256_HEX)
  readonly scanSha256: string;

  @ApiProperty({ type: 'string', example: '2021-10-12' })
  @IsDateText()
  readonly signedOn: IsoDate;
}

export class SignAgreementBody {
  @ApiProperty({ enum: SIDES })
  @IsIn(SIDES)
  readonly side: Side;

  @ApiProperty({ example: 'phrae-cdd' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'สุสังข์ ชุ่มมะโน', description: 'Name of the official who signs: part of the public record' })
  @IsPlainText({ bytesMax: 500 })
  readonly signatoryName: string;

  @ApiProperty({ example: 'พัฒนาการจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 500 })
  readonly position: string;

  @ApiProperty({ enum: CAPACITIES })
  @IsIn(CAPACITIES)
  readonly capacity: SigningCapacity;

  @ApiProperty({
    description: 'SHA-256 of the terms that the signatory has seen (`termsHash` of the agreement)',
    pattern: SHA256_HEX.source,
    example: EXAMPLE_SHA256,
  })
  @Matches(SHA256_HEX)
  readonly termsHash: string;

  @ApiProperty({
    required: false,
    type: PaperBody,
    description: 'Where it was signed on paper; otherwise this act is the signature',
  })
  @IsOptional()
  @IsBody(() => PaperBody)
  readonly paper?: PaperBody;
}

export class SignAgreement extends RequestedCommand<SignAgreementBody, { readonly agreementId: string }> {}

@CommandHandler(SignAgreement)
export class SignAgreementHandler implements ICommandHandler<SignAgreement> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { agreementId }, body, requester, context }: SignAgreement): Promise<CommandOutcome> {
    const { paper, ...signature } = body;
    const { side, officeId } = signature;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'SignAgreement',
        data: {
          ...signature,
          capture: paper
            ? { kind: 'paper', scanSha256: paper.scanSha256, signedOn: paper.signedOn }
            : { kind: 'click' },
        },
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context,
      authorise: (state) =>
        refusalOfAccess(requester, 'agreement.sign', state) ??
        refusalOfSigning(requester, { side, officeId, isOnPaper: paper !== undefined }, state),
    });
    return { id: agreementId, ...accepted };
  }
}
