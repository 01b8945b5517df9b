import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isCommitment, type PrivateText } from '@khamrap/kernel';
import { noteShown, type Requester } from '@khamrap/platform/access';
import {
  CommandRejected,
  EVENT_STORE,
  Ledger,
  type DecodedEvent,
  type EventStore,
} from '@khamrap/platform/event-store';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import { Vault } from '@khamrap/platform/vault';
import { isPrivacyOfficer } from '../../commands/privacy-officer';
import { streamOfRequest } from '../../commands/request-target';
import type { PersonalDataRequestEvent } from '../../domain/personal-data-request.events';
import { refuse } from '../../domain/personal-data-request.refusals';
import type { PersonalDataRequestAnswer } from './request.answer';

export class ReadPersonalDataRequest extends Query<PersonalDataRequestAnswer> {
  constructor(
    readonly requestId: string,
    readonly freshness: Freshness,
    readonly requester: Requester,
  ) {
    super();
  }
}

type View = Omit<PersonalDataRequestAnswer, 'asOfPosition' | 'requestId' | 'revision'>;
type Opened = (text: PrivateText | undefined) => { readonly explanation?: string | null };

/** Reads a request from its own stream, for the person it is about and the privacy officer; for others there is none. */
@QueryHandler(ReadPersonalDataRequest)
export class ReadPersonalDataRequestHandler implements IQueryHandler<ReadPersonalDataRequest> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly vault: Vault,
  ) {}

  async execute({ requestId, freshness, requester }: ReadPersonalDataRequest): Promise<PersonalDataRequestAnswer> {
    const { position, until } = await momentOfStreams(this.store, freshness);
    const stream = streamOfRequest(requestId);
    const history = await this.ledger.history(stream, until);
    const last = history.at(-1);
    const values = await this.vault.valuesOf(stream, explanationsIn(history));
    const view = viewOf(history, openedBy(values));
    const isTheirs = isPrivacyOfficer(requester) || view?.subject === requester.actor.id;
    if (!view || !last || !isTheirs) throw new CommandRejected(refuse('personalDataRequest.notFiled'));
    if (values.size > 0) await noteShown(requester, { stream, positions: [], isPrivate: true });
    return { requestId, revision: last.revision, asOfPosition: Math.max(position, last.position), ...view };
  }
}

function explanationsIn(history: readonly DecodedEvent[]): readonly string[] {
  return history.flatMap(({ data: { explanation } }) => (isCommitment(explanation) ? [explanation.$private] : []));
}

function openedBy(values: ReadonlyMap<string, string>): Opened {
  return (text) => {
    if (text === undefined) return {};
    return { explanation: typeof text === 'string' ? text : (values.get(text.$private) ?? null) };
  };
}

function viewOf(history: readonly DecodedEvent[], opened: Opened): View | undefined {
  let view: View | undefined;
  for (const recorded of history) {
    const event = recorded as unknown as PersonalDataRequestEvent;
    if (event.type === 'PersonalDataRequestFiled') {
      const { explanation, ...data } = event.data;
      view = { ...data, status: 'open', ...opened(explanation) };
    } else if (view) {
      view = decided(view, event, new Date(recorded.recordedAtMs).toISOString(), opened);
    }
  }
  return view;
}

function decided(
  view: View,
  event: Exclude<PersonalDataRequestEvent, { type: 'PersonalDataRequestFiled' }>,
  decidedAt: string,
  opened: Opened,
): View {
  switch (event.type) {
    case 'PersonalDataRequestFulfilled':
      return { ...view, status: 'fulfilled', decision: { decidedAt, ...opened(event.data.explanation) } };
    case 'PersonalDataRequestRefused': {
      const { ground, reason, explanation } = event.data;
      return { ...view, status: 'refused', decision: { decidedAt, ground, reason, ...opened(explanation) } };
    }
    case 'PersonalDataErased': {
      const { categories, fromVault, evidence } = event.data;
      const erased = { categories, valueCount: fromVault.commitments.length, fileCount: evidence.length };
      return { ...view, decision: Object.assign({ decidedAt }, view.decision, { erased }) };
    }
  }
}
