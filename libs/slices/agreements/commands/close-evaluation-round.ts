import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { bangkokDateOf, streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import { RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfAccess } from './agreement-access';
import { SchemeFacts } from './scheme-facts';
import type { RoundTarget } from './targets';

export class CloseEvaluationRound extends RequestedCommand<undefined, RoundTarget> {}

@CommandHandler(CloseEvaluationRound)
export class CloseEvaluationRoundHandler implements ICommandHandler<CloseEvaluationRound> {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
  ) {}

  async execute({ target, requester, context }: CloseEvaluationRound): Promise<CommandOutcome> {
    const { agreementId, round } = target;
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfAccess(of, 'agreement.closeRound', state);
    const authorise = (state: AgreementState): Rejection | undefined => refusalOf(requester, state);
    const scheme = await this.schemes.ofAgreement(agreementId, authorise);
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
    const { id: closedBy, office: officeId } = acting.actor;
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'CloseEvaluationRound',
        data: { round, closedBy, ...(officeId !== undefined && { officeId }) },
        rounds: scheme?.rounds ?? [],
        ...(scheme && { rule: scheme.rule }),
        ...(scheme?.bands && { bands: scheme.bands }),
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: acting,
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: agreementId, ...accepted };
  }
}
