import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection, streamName } from '@khamrap/kernel';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { timesOf } from '@khamrap/platform/http';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import type { PublishedSchemeAnswer } from './scheme.answer';
import { schemeView } from './scheme.view';

export class ReadScheme extends Query<PublishedSchemeAnswer> {
  constructor(
    readonly schemeId: string,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

/** Reads a scheme from its own stream: always current, and as it stood at any position. */
@QueryHandler(ReadScheme)
export class ReadSchemeHandler implements IQueryHandler<ReadScheme> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ schemeId, freshness }: ReadScheme): Promise<PublishedSchemeAnswer> {
    const { position, until } = await momentOfStreams(this.store, freshness);
    const view = schemeView(schemeId, await this.ledger.history(streamName('scheme', schemeId), until));
    if (!view) throw new CommandRejected(new Rejection('scheme.notPublished'));
    const { lastPosition, ...scheme } = view;
    return { ...scheme, asOfPosition: Math.max(position, lastPosition), ...timesOf(freshness) };
  }
}
