import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import { provenanceOf, RequestedCommand, withProvenance, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfTerms } from './agreement-access';
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
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfTerms(of, 'agreement.draft', provenance, state, indicatorId);
    const authorise = (state: AgreementState): Rejection | undefined => refusalOf(requester, state);
    const scheme = terms.rounds && (await this.schemes.ofAgreement(agreementId, authorise));
    const acting = await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'ReviseIndicator',
        data: { indicatorId, ...terms },
        provenance,
        ...(scheme && { calendar: scheme.rounds }),
      },
      context: withProvenance(acting, provenance),
      authorise,
      ...(scheme && { basis: scheme.basis }),
    });
    return { id: indicatorId, ...accepted };
  }
}
