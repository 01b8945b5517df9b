import type { AgreementEvent } from '@khamrap/agreements/events';
import { streamName, type Provenance } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import {
  CommandRejected,
  type Basis,
  type CommandContext,
  type DecodedEvent,
  type Ledger,
} from '@khamrap/platform/event-store';
import {
  contextUnder,
  provenanceOf,
  withProvenance,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import type { AwardCommand, FactsOfOthers, StatementToRecord } from '../domain/award.commands';
import { awardDecider } from '../domain/award.decider';
import type { AwardEvent } from '../domain/award.events';
import type { AwardState } from '../domain/award.state';
import { officesIn, refusalOfChanging, refusalOfElsewhere, refusalOfStatement } from './award-access';
import type { OfficePlaces } from './office-places';

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

/** Where statements are recorded, and where what they name is looked up. */
interface Books {
  readonly ledger: Ledger;
  readonly offices: OfficePlaces;
}

/** Records a statement of an award, the first or a correction: who may, what it rests on, what is answered. */
export async function recordStatement(
  { ledger, offices }: Books,
  awardId: string,
  statement: StatementToRecord,
  { body, requester, context }: Asked,
  commandOf: (told: Told) => AwardCommand,
): Promise<CommandOutcome> {
  const provenance = provenanceOf(body.source, requester);
  const stream = streamName('award', awardId);
  const { state } = await ledger.stateOf(awardDecider, stream);
  const before = state.status === 'notRecorded' ? [] : officesIn(state.statement);
  const asking = { provenance, offices: await offices.of([...officesIn(statement), ...before]) };
  const refusal = refusalOfElsewhere(requester, state, asking) ?? refusalOfStatement(requester, statement, asking);
  if (refusal) throw new CommandRejected(refusal);
  const { facts, basis } = await factsFor(ledger, statement);
  const acting = contextUnder(context, requester, (each) => refusalOfStatement(each, statement, asking));
  const accepted = await ledger.execute({
    decider: awardDecider,
    stream,
    command: commandOf({ provenance, facts }),
    context: withProvenance(acting, provenance),
    authorise: (current) => refusalOfChanging(requester, current, asking),
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
    facts: { isAnnounced: isAnnouncement(announcing), isAgreementKnown: agreed.some(isPublication) },
    basis: [announcing.at(-1), agreed.at(-1)].flatMap((last) =>
      last ? [{ stream: last.stream, revision: last.revision }] : [],
    ),
  };
}

async function eventsOf(ledger: Ledger, category: string, id: string | undefined): Promise<readonly DecodedEvent[]> {
  return id === undefined ? [] : ledger.history(streamName(category, id));
}

/** Of what is not published nobody learns by naming it. */
function isPublication(event: DecodedEvent): boolean {
  const { type, data } = event as unknown as AgreementEvent;
  return type === 'AgreementTookEffect' || (type === 'AgreementDrafted' && data.basis !== 'signed');
}

function isAnnouncement(events: readonly DecodedEvent[]): boolean {
  const state = events.reduce<AwardState>(
    (folded, event) => awardDecider.evolve(folded, event as unknown as AwardEvent),
    awardDecider.initialState,
  );
  return state.status === 'stands' && state.statement.kind === 'announced';
}
