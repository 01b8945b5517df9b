import { Injectable } from '@nestjs/common';
import type { Goal, GoalSetEvent } from '@khamrap/goals/events';
import { NOT_STATED, Rejection, streamName, type StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, derivedId, Ledger, type Basis, type DecodedEvent } from '@khamrap/platform/event-store';
import { agreementDecider } from '../domain/agreement.decider';
import type { AgreementEvent, IndicatorAdded } from '../domain/agreement.events';
import { isPublished } from '../domain/agreement.place';
import type { AgreementState } from '../domain/agreement.state';
import { compareDisplayNumbers } from '../domain/terms/display-number';
import { refusalOfAccess } from './agreement-access';
import type { DraftAgreementBody } from './draft-agreement-body';
import { SchemeFacts } from './scheme-facts';

type Terms = IndicatorAdded['data'];

/** What a draft takes over from other streams, and where these stood when they were read. */
export interface TakenOver {
  readonly indicators: readonly Terms[];
  readonly basis: readonly Basis[];
}

interface ReadStream {
  readonly events: readonly DecodedEvent[];
  readonly basis: Basis;
}

/** Reads what a draft names: parents, a scheme, last year's agreement, a goal set. */
@Injectable()
export class DraftSources {
  constructor(
    private readonly ledger: Ledger,
    private readonly schemes: SchemeFacts,
  ) {}

  /** @throws CommandRejected where something that is named does not exist, or not for the requester */
  async of(body: DraftAgreementBody, commandId: string, requester: Requester): Promise<TakenOver> {
    const basis: Basis[] = [];
    for (const [index, { agreementId }] of (body.parents ?? []).entries()) {
      const unknown = new Rejection('agreement.parentUnknown', { agreementId }, `/parents/${index}/agreementId`);
      const { events, basis: read } = await this.#read(streamName('agreement', agreementId), unknown);
      if (isHidden(stateOf(events), requester)) throw new CommandRejected(unknown);
      basis.push(read);
    }
    if (body.scheme) basis.push(...(await this.schemes.of(body.scheme, body.fiscalYear)).basis);
    const { indicators, basis: read } = await this.#termsOf(body, requester);
    const ids = new Map(indicators.map(({ indicatorId }, index) => [indicatorId, idOf(commandId, index)]));
    return { indicators: indicators.map((terms) => underNewIds(terms, ids)), basis: [...basis, ...read] };
  }

  async #termsOf({ copyFrom, fromGoalSet }: DraftAgreementBody, requester: Requester): Promise<TakenOver> {
    if (copyFrom) {
      const unknown = new Rejection(
        'agreement.sourceOfTermsUnknown',
        { agreementId: copyFrom.agreementId },
        '/copyFrom/agreementId',
      );
      const { events, basis } = await this.#read(streamName('agreement', copyFrom.agreementId), unknown);
      if (refusalOfAccess(requester, 'agreement.read', stateOf(events))) throw new CommandRejected(unknown);
      return { indicators: termsIn(events), basis: [basis] };
    }
    if (fromGoalSet !== undefined) {
      const unknown = new Rejection('agreement.sourceOfTermsUnknown', { fromGoalSet }, '/fromGoalSet');
      const { events, basis } = await this.#read(streamName('goal-set', fromGoalSet), unknown);
      return { indicators: goalsIn(events).map(mainIndicator), basis: [basis] };
    }
    return { indicators: [], basis: [] };
  }

  async #read(stream: StreamName, unknown: Rejection): Promise<ReadStream> {
    const events = await this.ledger.history(stream);
    const revision = events.at(-1)?.revision;
    if (revision === undefined) throw new CommandRejected(unknown);
    return { events, basis: { stream, revision } };
  }
}

/** Names of agreements can be worked out, so what is not public is no parent for those who may not know of it. */
function isHidden(state: AgreementState, requester: Requester): boolean {
  if (state.status === 'notDrafted' || isPublished(state)) return false;
  return refusalOfAccess(requester, 'agreement.read', state)?.code === 'agreement.notDrafted';
}

/** The same command always gives the same identifiers, so a repeat is the same request. */
function idOf(commandId: string, index: number): string {
  return derivedId('indicator', commandId, String(index));
}

function underNewIds({ parentIndicatorId, ...terms }: Terms, ids: ReadonlyMap<string, string>): Terms {
  const indicatorId = ids.get(terms.indicatorId) ?? terms.indicatorId;
  const parent = parentIndicatorId === undefined ? undefined : ids.get(parentIndicatorId);
  return { ...terms, indicatorId, ...(parent !== undefined && { parentIndicatorId: parent }) };
}

function stateOf(events: readonly DecodedEvent[]): AgreementState {
  return events.reduce<AgreementState>(
    (state, event) => agreementDecider.evolve(state, event as unknown as AgreementEvent),
    agreementDecider.initialState,
  );
}

/** The indicators as they stand in the other agreement, parents before their sub-indicators. */
function termsIn(events: readonly DecodedEvent[]): readonly Terms[] {
  const terms = new Map<string, Terms>();
  for (const decoded of events) {
    const event = decoded as unknown as AgreementEvent;
    if (event.type === 'AgreementDrafted') terms.clear();
    if (event.type === 'IndicatorAdded' || event.type === 'IndicatorRevised') {
      terms.set(event.data.indicatorId, event.data);
    }
    if (event.type === 'IndicatorRemoved') terms.delete(event.data.indicatorId);
    if (event.type === 'WeightAmended') {
      const amended = terms.get(event.data.indicatorId);
      if (amended) terms.set(amended.indicatorId, { ...amended, weight: event.data.weight });
    }
  }
  return [...terms.values()].sort((one, other) => compareDisplayNumbers(one.displayNumber, other.displayNumber));
}

/** The newest revision of the set. */
function goalsIn(events: readonly DecodedEvent[]): readonly Goal[] {
  return (events.at(-1) as unknown as GoalSetEvent).data.goals;
}

function mainIndicator({ number, nameTh, nameEn }: Goal): Terms {
  return {
    indicatorId: String(number),
    displayNumber: String(number),
    goalNumber: number,
    name: nameTh,
    ...(nameEn !== undefined && { nameEn }),
    unit: NOT_STATED,
    direction: NOT_STATED,
    weight: NOT_STATED,
  };
}
