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

export class CloseAgreement extends RequestedCommand<undefined, { readonly agreementId: string }> {}

@CommandHandler(CloseAgreement)
export class CloseAgreementHandler implements ICommandHandler<CloseAgreement> {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
  ) {}

  async execute({ target: { agreementId }, requester, context }: CloseAgreement): Promise<CommandOutcome> {
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfAccess(of, 'agreement.closeRound', state);
    const authorise = (state: AgreementState): Rejection | undefined => refusalOf(requester, state);
    const scheme = await this.schemes.ofAgreement(agreementId, authorise);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'CloseAgreement',
        data: { closedBy: context.actor.id },
        rounds: scheme?.rounds ?? [],
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: agreementId, ...accepted };
  }
}
