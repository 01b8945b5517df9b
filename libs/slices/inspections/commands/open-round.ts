import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { streamName } from '@khamrap/kernel';
import { CommandRejected, derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  contextUnder,
  provenanceOf,
  RequestedCommand,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { inspectionDecider } from '../domain/inspection.decider';
import { decidedOn } from './conducting';
import { refusalOfConducting } from './inspection-access';
import { InspectionRoundBody } from './round-body';
import { RoundTermsReader } from './round-terms';

export class OpenInspectionRoundBody extends InspectionRoundBody {}

export class OpenInspectionRound extends RequestedCommand<OpenInspectionRoundBody> {}

@CommandHandler(OpenInspectionRound)
export class OpenInspectionRoundHandler implements ICommandHandler<OpenInspectionRound> {
  constructor(
    private readonly ledger: Ledger,
    private readonly terms: RoundTermsReader,
  ) {}

  async execute({ body, requester, context }: OpenInspectionRound): Promise<CommandOutcome> {
    const provenance = provenanceOf(body.source, requester);
    const told = { actor: requester.actor.id, decidedOn: decidedOn(context), provenance };
    const { round, refusal, basis } = await this.terms.of(body, told);
    const notAllowed = refusalOfConducting(requester, round, provenance);
    if (notAllowed) throw new CommandRejected(notAllowed);
    const roundId = derivedId('inspection', context.commandId);
    const acting = contextUnder(context, requester, (each) => refusalOfConducting(each, round, provenance));
    const accepted = await this.ledger.execute({
      decider: inspectionDecider,
      stream: streamName('inspection', roundId),
      command: { type: 'OpenRound', data: round, ...told },
      context: withProvenance(acting, provenance),
      authorise: () => refusal,
      basis,
    });
    return { id: roundId, ...accepted };
  }
}
