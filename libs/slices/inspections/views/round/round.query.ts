import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { streamName } from '@khamrap/kernel';
import { noteShown, type Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { timesOf } from '@khamrap/platform/http';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import { isInSight } from '../../commands/inspection-access';
import { refuse } from '../../domain/inspection.refusals';
import { roundAnswer, type InspectionRoundAnswer } from './round.answer';
import { roundView } from './round.view';

export class ReadInspectionRound extends Query<InspectionRoundAnswer> {
  constructor(
    readonly roundId: string,
    readonly freshness: Freshness,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

/** Reads a round from its own stream: always current, and as it stood, or could be known, at any position. */
@QueryHandler(ReadInspectionRound)
export class ReadInspectionRoundHandler implements IQueryHandler<ReadInspectionRound> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ roundId, freshness, requester: asking }: ReadInspectionRound): Promise<InspectionRoundAnswer> {
    // What the public could know, everybody is told as the public.
    const requester = freshness.publishedBy === undefined ? asking : undefined;
    const { position, until } = await momentOfStreams(this.store, freshness);
    const stream = streamName('inspection', roundId);
    const events = await this.ledger.history(stream, until);
    const view = roundView(events, (place) => isInSight(requester, 'inspection.read', place));
    if (!view) throw new CommandRejected(refuse('inspection.notOpened'));
    if (view.inside.length > 0) await noteShown(requester, { stream, positions: view.inside, isPrivate: false });
    const asOfPosition = Math.max(position, view.last.position);
    return { ...roundAnswer(roundId, view), ...timesOf(freshness), asOfPosition };
  }
}
