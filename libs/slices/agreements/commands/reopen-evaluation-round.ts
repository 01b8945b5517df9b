import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import { IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfAccess } from './agreement-access';
import type { RoundTarget } from './targets';

export class ReopenEvaluationRoundBody {
  @ApiProperty({ example: 'รายงานของผู้จัดเก็บข้อมูลรายหนึ่งตกหล่น', description: 'Why: part of the public record' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;
}

export class ReopenEvaluationRound extends RequestedCommand<ReopenEvaluationRoundBody, RoundTarget> {}

@CommandHandler(ReopenEvaluationRound)
export class ReopenEvaluationRoundHandler implements ICommandHandler<ReopenEvaluationRound> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target, body, requester, context }: ReopenEvaluationRound): Promise<CommandOutcome> {
    const { agreementId, round } = target;
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfAccess(of, 'agreement.closeRound', state);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'ReopenEvaluationRound',
        data: { round, reason: body.reason, reopenedBy: context.actor.id },
      },
      context: await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf),
      authorise: (state) => refusalOf(requester, state),
    });
    return { id: agreementId, ...accepted };
  }
}
