import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateIf } from 'class-validator';
import { bangkokDateOf, NOT_STATED, streamName, type IsoDate, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsDateText,
  IsDecimalText,
  IsIdentifier,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfAccess } from './agreement-access';
import type { RoundTarget } from './targets';

export class AnnounceResultBody {
  @ApiProperty({ example: '4.5123', description: 'A decimal number as text, or `notStated`' })
  @ValidateIf(({ score }: AnnounceResultBody) => score !== NOT_STATED)
  @IsDecimalText()
  readonly score: string;

  @ApiProperty({ required: false, example: 'quality', description: 'Code of the band' })
  @IsOptional()
  @IsIdentifier()
  readonly band?: string;

  @ApiProperty({ type: 'string', example: '2022-12-15' })
  @IsDateText()
  readonly announcedOn: IsoDate;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly asPrinted?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class AnnounceResult extends RequestedCommand<AnnounceResultBody, RoundTarget> {}

@CommandHandler(AnnounceResult)
export class AnnounceResultHandler implements ICommandHandler<AnnounceResult> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target, body, requester, context }: AnnounceResult): Promise<CommandOutcome> {
    const { agreementId, round } = target;
    const { source, ...result } = body;
    const provenance = provenanceOf(source, requester);
    // Who announces closes rounds; what a document states was announced by others, and is for those who transcribe.
    const permission = provenance.kind === 'transcribed' ? 'sourceDocument.register' : 'agreement.closeRound';
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfAccess(of, permission, state);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'AnnounceResult',
        data: { round, ...result },
        provenance,
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: withProvenance(acting, provenance),
      authorise: (state) => refusalOf(requester, state),
    });
    return { id: agreementId, ...accepted };
  }
}
