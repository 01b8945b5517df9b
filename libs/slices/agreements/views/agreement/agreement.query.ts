import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isCommitment, Rejection, streamName, type Json, type Position } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import { Vault } from '@khamrap/platform/vault';
import { refusalOfAccess } from '../../commands/agreement-access';
import { officesOf } from '../../domain/agreement.place';
import type { AgreementAnswer } from './agreement.answer';
import { agreementView, commitmentsIn, type AgreementView } from './agreement.view';

export class ReadAgreement extends Query<AgreementAnswer> {
  constructor(
    readonly agreementId: string,
    readonly freshness: Freshness,
    readonly requester: Requester,
  ) {
    super();
  }
}

/** Reads an agreement from its own stream: always current, and as it stood at any position. */
@QueryHandler(ReadAgreement)
export class ReadAgreementHandler implements IQueryHandler<ReadAgreement> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly vault: Vault,
  ) {}

  async execute({ agreementId, freshness, requester }: ReadAgreement): Promise<AgreementAnswer> {
    const { position, until } = await momentOfStreams(this.store, freshness);
    const view = agreementView(agreementId, await this.ledger.history(streamName('agreement', agreementId), until));
    if (!view) throw new CommandRejected(new Rejection('agreement.notDrafted'));
    const refusal = refusalOfAccess(requester, 'agreement.read', view.state);
    if (refusal) throw new CommandRejected(refusal);
    return answerOf(await this.#opened(view, requester), Math.max(position, view.lastPosition));
  }

  /** Puts private values back in place of their commitments, for those who work on the agreement. */
  async #opened(view: AgreementView, requester: Requester): Promise<AgreementView> {
    const { province } = view.state;
    const places = officesOf(view.state).map((office) => ({ office, ...(province !== undefined && { province }) }));
    const mayOpen = places.some(
      (place) => permits(requester, 'agreement.report', place) || permits(requester, 'agreement.certify', place),
    );
    if (!mayOpen) return view;
    const values = await this.vault.valuesOf(commitmentsIn(view.indicators));
    return { ...view, indicators: withValues(view.indicators, values) as AgreementView['indicators'] };
  }
}

function answerOf(
  { state, heading, lastPosition: _lastPosition, ...view }: AgreementView,
  position: Position,
): AgreementAnswer {
  return { ...view, status: state.status, ...heading, asOfPosition: position };
}

function withValues(value: unknown, values: ReadonlyMap<string, string>): unknown {
  if (isCommitment(value as Json)) {
    const { $private } = value as { $private: string };
    return values.get($private) ?? value;
  }
  if (Array.isArray(value)) return value.map((item) => withValues(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withValues(field, values)]));
}
