import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsDecimalText, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { APPEAL_OUTCOMES, type AppealOutcome } from '../domain/agreement.events';
import type { AgreementState } from '../domain/agreement.state';
import { boundsOfTotal } from '../domain/rounds/score-bounds';
import { contextOnAgreement } from './acting-context';
import { refusalOfDecidingAppeal } from './round-access';
import { SchemeFacts } from './scheme-facts';

export class DecideAppealBody {
  @ApiProperty({ enum: APPEAL_OUTCOMES })
  @IsIn(APPEAL_OUTCOMES)
  readonly outcome: AppealOutcome;

  @ApiProperty({ example: 'หลักฐานที่ยื่นเพิ่มเป็นไปตามเกณฑ์', description: 'Part of the public record' })
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly reason: string;

  @ApiProperty({ required: false, example: '4.5', description: 'The score that follows; a dismissed appeal has none' })
  @IsOptional()
  @IsDecimalText()
  readonly score?: string;
}

export class DecideAppeal extends RequestedCommand<
  DecideAppealBody,
  { readonly agreementId: string; readonly appealId: string }
> {}

@CommandHandler(DecideAppeal)
export class DecideAppealHandler implements ICommandHandler<DecideAppeal> {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
  ) {}

  async execute({ target, body, requester, context }: DecideAppeal): Promise<CommandOutcome> {
    const { agreementId, appealId } = target;
    const { outcome, reason, score } = body;
    const authorise = (state: AgreementState): Rejection | undefined => refusalOfDecidingAppeal(requester, state);
    const scheme = score === undefined ? undefined : await this.schemes.ofAgreement(agreementId, authorise);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOfDecidingAppeal);
    const { id: decidedBy, office: officeId } = acting.actor;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'DecideAppeal',
        data: { appealId, outcome, decidedBy, reason, ...(score !== undefined && { score }) },
        ...(officeId !== undefined && { officeId }),
        ...(scheme && { bounds: boundsOfTotal(scheme.rule) }),
      },
      context: acting,
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: appealId, ...accepted };
  }
}
