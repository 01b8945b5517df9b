import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection, streamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { timesOf, type KnownQuery } from '@khamrap/platform/http';
import { momentOfStreams } from '@khamrap/platform/projections';
import { KnownNames } from '../narration/known-names';
import { NarrationOfEvents } from '../narration/narration-of-events';
import { Timelines } from '../narration/timelines';
import { ToldStreams } from '../narration/told-streams';
import { TargetCourses } from './target-courses';
import type { TargetsAnswer } from './targets.answer';

export class ReadTargets extends Query<TargetsAnswer> {
  constructor(
    readonly agreementId: string,
    readonly query: KnownQuery,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

@QueryHandler(ReadTargets)
export class ReadTargetsHandler implements IQueryHandler<ReadTargets> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly streams: ToldStreams,
    private readonly narrations: NarrationOfEvents,
    private readonly timelines: Timelines,
    private readonly names: KnownNames,
  ) {}

  async execute({ agreementId, query, requester }: ReadTargets): Promise<TargetsAnswer> {
    const { position } = await momentOfStreams(this.store, query);
    const stream = streamName('agreement', agreementId);
    const narration = this.narrations.of(stream);
    const reader = query.publishedBy === undefined ? requester : undefined;
    const events = narration ? await this.streams.events(stream, position, reader) : [];
    if (!narration || events.length === 0) throw new CommandRejected(new Rejection('history.nothingDisclosed'));
    const told = await this.names.telling(position, events, (names) =>
      new TargetCourses(this.timelines.of(narration, events, names)).answer(),
    );
    await this.streams.note(stream, events, reader);
    return { agreementId, ...told, position, ...timesOf(query) };
  }
}
