import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isCommitment, Rejection, streamName, type Json } from '@khamrap/kernel';
import { noteShown, permits, type Permission, type Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { timesOf } from '@khamrap/platform/http';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import { Vault } from '@khamrap/platform/vault';
import { indicatorsOfOwn, refusalOfAccess } from '../../commands/agreement-access';
import { officesOf } from '../../domain/agreement.place';
import type { DraftedAgreement } from '../../domain/agreement.state';
import type { AgreementAnswer } from './agreement.answer';
import { agreementView, commitmentsIn, type AgreementView } from './agreement.view';
import { publicAgreement, wholeAgreement, type ToldAgreement } from './public-agreement';

export class ReadAgreement extends Query<AgreementAnswer> {
  constructor(
    readonly agreementId: string,
    readonly freshness: Freshness,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

/** Reads an agreement from its own stream: always current, and as it stood, or could be known, at any position. */
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
    // What the public could know, everybody is told as the public.
    const told = await this.#told(view, freshness.publishedBy === undefined ? requester : undefined);
    return { ...told, ...timesOf(freshness), asOfPosition: Math.max(position, told.asOfPosition) };
  }

  /** Everything to those within reach; to all others what is published, where it is. */
  async #told(view: AgreementView, requester: Requester | undefined): Promise<ToldAgreement> {
    const { state } = view;
    const absent = new Rejection('agreement.notDrafted');
    const refusal = requester ? refusalOfAccess(requester, 'agreement.read', state) : absent;
    if (requester && !refusal) return wholeAgreement(await this.#opened(view, requester));
    const own = requester ? indicatorsOfOwn(requester, state, 'agreement.read') : new Set<string>();
    const told = publicAgreement(requester && own.size > 0 ? await this.#opened(view, requester) : view, own);
    if (!told) throw new CommandRejected(refusal ?? absent);
    return told;
  }

  /** Puts private values back in place of their commitments, for those who work on the agreement or on one of its indicators. */
  async #opened(view: AgreementView, requester: Requester): Promise<AgreementView> {
    const { agreementId, state, indicators } = view;
    const own = new Set(WORKING.flatMap((permission) => [...indicatorsOfOwn(requester, state, permission)]));
    const opening = worksOnAll(requester, state)
      ? indicators
      : indicators.filter(({ terms }) => own.has(terms.indicatorId));
    if (opening.length === 0) return view;
    const stream = streamName('agreement', agreementId);
    const values = await this.vault.valuesOf(stream, commitmentsIn(opening));
    if (values.size > 0) await noteShown(requester, { stream, positions: [], isPrivate: true });
    const opened = indicators.map((each) => (opening.includes(each) ? withValues(each, values) : each));
    return { ...view, indicators: opened as AgreementView['indicators'] };
  }
}

/** Who may do one of these works on the figures. */
const WORKING = ['agreement.report', 'agreement.certify'] as const satisfies readonly Permission[];

function worksOnAll(requester: Requester, state: DraftedAgreement): boolean {
  const { province } = state;
  const places = officesOf(state).map((office) => ({ office, ...(province !== undefined && { province }) }));
  return places.some((place) => WORKING.some((permission) => permits(requester, permission, place)));
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
