import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Rejection, streamName, type Provenance } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, derivedId, Ledger, type CommandContext } from '@khamrap/platform/event-store';
import {
  contextUnder,
  provenanceOf,
  RequestedCommand,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { covers, refusalAt } from './agreement-access';
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
    const provenance = provenanceOf(source, requester);
    const office = maker && (await this.offices.of(maker.officeId));
    const refusalOf = (of: Requester): Rejection | undefined =>
      refusalAt(of, 'agreement.draft', heading.province, offices) ??
      refusalOfElsewhere(of, { office, officeId: maker?.officeId, isOwnWord: isOwnWord(body, provenance) });
    const refusal = refusalOf(requester);
    if (refusal) throw new CommandRejected(refusal);
    const { indicators, basis } = await this.sources.of(body, context.commandId, requester);
    const { goalSet = fromGoalSet } = heading;
    const data = { ...heading, ...(goalSet !== undefined && { goalSet }) };
    const id = agreementIdOf(body, context);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', id),
      command: { type: 'DraftAgreement', data, provenance, ...(indicators.length > 0 && { indicators }) },
      context: withProvenance(contextUnder(context, requester, refusalOf), provenance),
      ...(basis.length > 0 && { basis }),
    });
    return { id, ...accepted };
  }
}

interface Beginning {
  readonly officeId: string | undefined;
  readonly office: OfficeFact | undefined;
  readonly isOwnWord: boolean;
}

/** What is to be signed and comes from no document, its parties begin themselves. */
function isOwnWord({ basis }: DraftAgreementBody, { kind }: Provenance): boolean {
  return basis === 'signed' && kind === 'native';
}

/** A province that the body names makes no office of another one theirs whose grants are for a province. */
function refusalOfElsewhere(
  requester: Requester,
  { office, officeId, isOwnWord: isOwn }: Beginning,
): Rejection | undefined {
  const mayDraft = requester.grants
    .filter(({ permissions }) => permissions.has('agreement.draft'))
    .some(({ scope }) => {
      switch (scope.kind) {
        case 'nation':
          return !isOwn;
        case 'province':
          return isGovernors(office, scope.province);
        case 'office':
          return officeId === undefined || covers(scope, officeId);
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
