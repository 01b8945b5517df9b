import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { streamName } from '@khamrap/kernel';
import { CommandRejected, derivedId, Ledger, type CommandContext } from '@khamrap/platform/event-store';
import { provenanceOf, RequestedCommand, withProvenance, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { refusalAt } from './agreement-access';
import type { DraftAgreementBody, PartyBody } from './draft-agreement-body';
import { DraftSources } from './draft-sources';

export class DraftAgreement extends RequestedCommand<DraftAgreementBody> {}

@CommandHandler(DraftAgreement)
export class DraftAgreementHandler implements ICommandHandler<DraftAgreement> {
  constructor(
    private readonly ledger: Ledger,
    private readonly sources: DraftSources,
  ) {}

  async execute({ body, requester, context }: DraftAgreement): Promise<CommandOutcome> {
    const { source, copyFrom: _copied, fromGoalSet, ...heading } = body;
    const maker = makerOf(body);
    // An agreement takes its maker's place for the year, so nobody else begins it in passing.
    const offices = maker ? [maker.officeId] : heading.parties.map(({ officeId }) => officeId);
    const refusal = refusalAt(requester, 'agreement.draft', heading.province, offices);
    if (refusal) throw new CommandRejected(refusal);
    const provenance = provenanceOf(source, requester);
    const { indicators, basis } = await this.sources.of(body, context.commandId, requester);
    const { goalSet = fromGoalSet } = heading;
    const data = { ...heading, ...(goalSet !== undefined && { goalSet }) };
    const id = agreementIdOf(body, context);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', id),
      command: { type: 'DraftAgreement', data, provenance, ...(indicators.length > 0 && { indicators }) },
      context: withProvenance(context, provenance),
      ...(basis.length > 0 && { basis }),
    });
    return { id, ...accepted };
  }
}

/** One agreement for each office that makes it, level and year; where no maker is stated, one for each command. */
function agreementIdOf(body: DraftAgreementBody, { commandId }: CommandContext): string {
  const { basis, level, fiscalYear } = body;
  const maker = makerOf(body);
  return maker
    ? derivedId('agreement', basis, level, maker.officeId, String(fiscalYear))
    : derivedId('agreement', commandId);
}

function makerOf({ parties }: DraftAgreementBody): PartyBody | undefined {
  return parties.find(({ side }) => side === 'maker');
}
