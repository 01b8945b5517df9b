import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { streamName, type Rejection } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { provenanceOf, RequestedCommand, withProvenance, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { refusalOfAccess } from './agreement-access';
import { IndicatorBody } from './indicator-body';
import { SchemeFacts } from './scheme-facts';
import type { IndicatorTarget } from './targets';

/** All terms anew: what is left out is out. */
export class ReviseIndicatorBody extends IndicatorBody {}

export class ReviseIndicator extends RequestedCommand<ReviseIndicatorBody, IndicatorTarget> {}

@CommandHandler(ReviseIndicator)
export class ReviseIndicatorHandler implements ICommandHandler<ReviseIndicator> {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
  ) {}

  async execute({ target, body, requester, context }: ReviseIndicator): Promise<CommandOutcome> {
    const { agreementId, indicatorId } = target;
    const { source, ...terms } = body;
    const provenance = provenanceOf(source, requester);
    const authorise = (state: AgreementState): Rejection | undefined =>
      refusalOfAccess(requester, 'agreement.draft', state, indicatorId);
    const scheme = terms.rounds && (await this.schemes.ofAgreement(agreementId, authorise));
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'ReviseIndicator',
        data: { indicatorId, ...terms },
        provenance,
        ...(scheme && { calendar: scheme.rounds }),
      },
      context: withProvenance(context, provenance),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: indicatorId, ...accepted };
  }
}
