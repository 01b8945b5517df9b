import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Rejection, streamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, derivedId, Ledger, type CommandContext } from '@khamrap/platform/event-store';
import { provenanceOf, RequestedCommand, withProvenance, type CommandOutcome } from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { refusalAt } from './agreement-access';
import type { DraftAgreementBody, PartyBody } from './draft-agreement-body';
import { DraftSources } from './draft-sources';
import { isGovernors, OfficeFacts, type OfficeFact } from './office-facts';

export class DraftAgreement extends RequestedCommand<DraftAgreementBody> {}

@CommandHandler(DraftAgreement)
export class DraftAgreementHandler implements ICommandHandler<DraftAgreement> {
  constructor(
    private readonly ledger: Ledger,
    private readonly sources: DraftSources,
    private readonly offices: OfficeFacts,
  ) {}

  async execute({ body, requester, context }: DraftAgreement): Promise<CommandOutcome> {
    const { source, copyFrom: _copied, fromGoalSet, ...heading } = body;
    const maker = makerOf(body);
    // An agreement takes its maker's place for the year, so nobody else begins it in passing.
    const offices = maker ? [maker.officeId] : heading.parties.map(({ officeId }) => officeId);
    const refusal =
      refusalAt(requester, 'agreement.draft', heading.province, offices) ??
      refusalOfElsewhere(requester, maker && (await this.offices.of(maker.officeId)), maker?.officeId);
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

/** A province that the body names makes no office of another one theirs whose grants are for a province. */
function refusalOfElsewhere(
  requester: Requester,
  office: OfficeFact | undefined,
  officeId: string | undefined,
): Rejection | undefined {
  const mayDraft = requester.grants
    .filter(({ permissions }) => permissions.has('agreement.draft'))
    .some(({ scope }) => {
      switch (scope.kind) {
        case 'nation':
          return true;
        case 'province':
          return isGovernors(office, scope.province);
        case 'office':
          return officeId === undefined || scope.office === officeId;
        case 'zone':
        case 'indicator':
          return false;
      }
    });
  return mayDraft ? undefined : new Rejection('agreement.notYours');
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
