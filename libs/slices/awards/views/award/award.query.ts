import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection, streamName, type Position } from '@khamrap/kernel';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { timesOf } from '@khamrap/platform/http';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import type { BasisSuperseded } from '../../domain/award.basis';
import type { AwardAnswer } from './award.answer';
import { awardView, basisOf, supersededIn, type AwardView } from './award.view';

export class ReadAward extends Query<AwardAnswer> {
  constructor(
    readonly awardId: string,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

/** Reads an award from its own stream: always current, and as it stood at any position. */
@QueryHandler(ReadAward)
export class ReadAwardHandler implements IQueryHandler<ReadAward> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ awardId, freshness }: ReadAward): Promise<AwardAnswer> {
    const { position } = await momentOfStreams(this.store, freshness);
    const view = awardView(await this.ledger.history(streamName('award', awardId), position));
    if (!view) throw new CommandRejected(new Rejection('award.notRecorded'));
    const superseded = await this.#superseded(view, position);
    return {
      awardId,
      revision: view.revision,
      asOfPosition: position,
      ...timesOf(freshness),
      kind: view.statement.kind,
      status: view.status,
      statement: view.statement.data,
      ...(superseded && { basisSuperseded: superseded }),
      history: view.history,
    };
  }

  async #superseded(view: AwardView, position: Position): Promise<BasisSuperseded | undefined> {
    const basis = basisOf(view);
    if (!basis) return undefined;
    const events = await this.ledger.history(streamName('agreement', basis.agreementId), position);
    return supersededIn(basis, view.statedPosition, events);
  }
}
