import { streamName, type Provenance } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import type { Basis, CommandContext, DecodedEvent, Ledger } from '@khamrap/platform/event-store';
import { withProvenance, type CommandOutcome, type SourceBody } from '@khamrap/platform/http';
import type { AwardCommand, FactsOfOthers, StatementToRecord } from '../domain/award.commands';
import { awardDecider } from '../domain/award.decider';
import type { AwardEvent } from '../domain/award.events';
import type { AwardState } from '../domain/award.state';
import { provenanceFor, refusalOfChanging } from './award-access';

/** Who states something of an award, and from which source. */
interface Asked {
  readonly body: { readonly source?: SourceBody };
  readonly requester: Requester;
  readonly context: CommandContext;
}

/** What the command is formed with: where the statement comes from, and what is known of that which it names. */
interface Told {
  readonly provenance: Provenance;
  readonly facts: FactsOfOthers;
}

/** Records a statement of an award, the first or a correction: who may, what it rests on, what is answered. */
export async function recordStatement(
  ledger: Ledger,
  awardId: string,
  statement: StatementToRecord,
  { body, requester, context }: Asked,
  commandOf: (told: Told) => AwardCommand,
): Promise<CommandOutcome> {
  const provenance = provenanceFor(body.source, requester, statement);
  const { facts, basis } = await factsFor(ledger, statement);
  const accepted = await ledger.execute({
    decider: awardDecider,
    stream: streamName('award', awardId),
    command: commandOf({ provenance, facts }),
    context: withProvenance(context, provenance),
    authorise: (state) => refusalOfChanging(requester, state),
    basis,
  });
  return { id: awardId, ...accepted };
}

/** Asks the streams that a statement names, and notes up to which revision each of them was read. */
async function factsFor(
  ledger: Ledger,
  statement: StatementToRecord,
): Promise<{ readonly facts: FactsOfOthers; readonly basis: readonly Basis[] }> {
  if (statement.kind === 'announced') return { facts: {}, basis: [] };
  const { partOf, basisAgreement } = statement.data;
  const announcing = await eventsOf(ledger, 'award', partOf);
  const agreed = await eventsOf(ledger, 'agreement', basisAgreement?.agreementId);
  return {
    facts: { isAnnounced: isAnnouncement(announcing), isAgreementKnown: agreed.length > 0 },
    basis: [announcing.at(-1), agreed.at(-1)].flatMap((last) =>
      last ? [{ stream: last.stream, revision: last.revision }] : [],
    ),
  };
}

async function eventsOf(ledger: Ledger, category: string, id: string | undefined): Promise<readonly DecodedEvent[]> {
  return id === undefined ? [] : ledger.history(streamName(category, id));
}

function isAnnouncement(events: readonly DecodedEvent[]): boolean {
  const state = events.reduce<AwardState>(
    (folded, event) => awardDecider.evolve(folded, event as unknown as AwardEvent),
    awardDecider.initialState,
  );
  return state.status === 'stands' && state.statement.kind === 'announced';
}
