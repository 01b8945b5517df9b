import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Rejection, streamName } from '@khamrap/kernel';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { timesOf } from '@khamrap/platform/http';
import { momentOfStreams, type Freshness } from '@khamrap/platform/projections';
import type { GoalSetAnswer } from './goal-set.answer';
import { goalSetView } from './goal-set.view';

export class ReadGoalSet extends Query<GoalSetAnswer> {
  constructor(
    readonly goalSetId: string,
    readonly freshness: Freshness,
  ) {
    super();
  }
}

/** Reads a goal set from its own stream: always current, and as it stood at any position. */
@QueryHandler(ReadGoalSet)
export class ReadGoalSetHandler implements IQueryHandler<ReadGoalSet> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ goalSetId, freshness }: ReadGoalSet): Promise<GoalSetAnswer> {
    const { position, until } = await momentOfStreams(this.store, freshness);
    const view = goalSetView(goalSetId, await this.ledger.history(streamName('goal-set', goalSetId), until));
    if (!view) throw new CommandRejected(new Rejection('goalSet.notPublished'));
    const { lastPosition, ...goalSet } = view;
    return { ...goalSet, asOfPosition: Math.max(position, lastPosition), ...timesOf(freshness) };
  }
}
