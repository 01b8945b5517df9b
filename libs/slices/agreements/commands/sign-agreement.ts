import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Matches, Min } from 'class-validator';
import { bangkokDateOf, Rejection, streamName, type IsoDate } from '@khamrap/kernel';
import type { RoleName } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
  Excludes,
  IsBody,
  IsDateText,
  IsIdentifier,
  IsPlainText,
  RequestedCommand,
  SHA256_HEX,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { SignAgreement as SigningIntention } from '../domain/agreement.commands';
import { CAPACITIES, SIDES, type Side, type SigningCapacity } from '../domain/agreement.events';
import { contextOfActing } from './acting-context';
import { refusalOfActing } from './agreement-access';
import { OfficeFacts } from './office-facts';
import type { AgreementTarget } from './targets';

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

/** A document that was signed with a certificate elsewhere. The ledger keeps what was signed with what, and verifies neither. */
class CertificateBody {
  @ApiProperty({ description: 'SHA-256 of the signed document', pattern: SHA256_HEX.source, example: EXAMPLE_SHA256 })
  @Matches(SHA256_HEX)
  readonly documentSha256: string;

  @ApiProperty({ description: 'SHA-256 of the certificate', pattern: SHA256_HEX.source, example: EXAMPLE_SHA256 })
  @Matches(SHA256_HEX)
  readonly certificateSha256: string;

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
    required: false,
    description: 'The written order of a delegation or appointment; `delegated` needs it',
  })
  @IsOptional()
  @IsPlainText({ bytesMax: 4_000 })
  readonly authority?: string;

  @ApiProperty({
    example: 12,
    type: 'integer',
    minimum: 0,
    description: 'The revision at which the terms were frozen (`termsRevision`)',
  })
  @IsInt()
  @Min(0)
  readonly termsRevision: number;

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
  @Excludes('certificate')
  readonly paper?: PaperBody;

  @ApiProperty({
    required: false,
    type: CertificateBody,
    description: 'Where a document was signed with a certificate',
  })
  @IsOptional()
  @IsBody(() => CertificateBody)
  readonly certificate?: CertificateBody;
}

export class SignAgreement extends RequestedCommand<SignAgreementBody, AgreementTarget> {}

@CommandHandler(SignAgreement)
export class SignAgreementHandler implements ICommandHandler<SignAgreement> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ target: { agreementId }, body, requester, context }: SignAgreement): Promise<CommandOutcome> {
    const { paper: _paper, certificate: _certificate, ...signature } = body;
    const { side, officeId } = signature;
    const capture = captureOf(body);
    const office = await this.offices.of(officeId);
    const isBroughtIn = capture.kind !== 'click';
    const act = { permission: 'agreement.sign', side, officeId, office, isBroughtIn } as const;
    const acting = await contextOfActing(this.ledger, { agreementId, context, requester }, act);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'SignAgreement',
        data: { ...signature, capture },
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
        actorId: requester.actor.id,
      },
      context: acting,
      authorise: (state) => refusalOfActing(requester, act, state) ?? refusalOfCapacity(body, acting.actor.role),
    });
    return { id: agreementId, ...accepted };
  }
}

/** Who acts by delegation alone is never the holder, whatever else was said; on paper, who signed is what the paper says. */
function refusalOfCapacity({ capacity, paper, certificate }: SignAgreementBody, role: string): Rejection | undefined {
  const isClick = !paper && !certificate;
  const isHolder = capacity === 'holder' && role === ('delegate' satisfies RoleName);
  return isClick && isHolder ? new Rejection('signature.notTheHolder', {}, '/capacity') : undefined;
}

function captureOf({ paper, certificate }: SignAgreementBody): SigningIntention['data']['capture'] {
  if (paper) {
    const { scanSha256, signedOn } = paper;
    return { kind: 'paper', scanSha256, signedOn };
  }
  if (!certificate) return { kind: 'click' };
  const { documentSha256, certificateSha256, signedOn } = certificate;
  return { kind: 'certificate', documentSha256, certificateSha256, signedOn };
}
