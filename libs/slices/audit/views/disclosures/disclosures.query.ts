import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Rejection, type Position } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { IsWholeNumberText } from '@khamrap/platform/http';
import { TILE_WIDTH } from '@khamrap/platform/transparency/proof';
import { disclosureAnswer, type DisclosureAnswer, type DisclosuresAnswer } from './disclosures.answer';
import { Disclosures } from './disclosures';

/** An answer ends with the disclosure that passes this; the next one goes on behind it. */
const ANSWER_CHARACTERS_MAX = 8_000_000;

export class DisclosuresQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 0, default: 0, description: 'The first position' })
  @IsWholeNumberText(0, Number.MAX_SAFE_INTEGER)
  readonly from: Position = 0;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: TILE_WIDTH, default: TILE_WIDTH })
  @IsWholeNumberText(1, TILE_WIDTH)
  readonly count: number = TILE_WIDTH;
}

export class ReadDisclosure extends Query<DisclosureAnswer> {
  constructor(
    readonly position: Position,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

/** What somebody may not have is answered like what is not there: that there is a leaf, the log tells everybody. */
@QueryHandler(ReadDisclosure)
export class ReadDisclosureHandler implements IQueryHandler<ReadDisclosure> {
  constructor(private readonly disclosures: Disclosures) {}

  async execute({ position, requester }: ReadDisclosure): Promise<DisclosureAnswer> {
    for await (const told of this.disclosures.ofPositions([position], requester)) return disclosureAnswer(told);
    throw new CommandRejected(new Rejection('disclosure.notDisclosed'));
  }
}

export class ListDisclosures extends Query<DisclosuresAnswer> {
  constructor(
    readonly query: DisclosuresQuery,
    readonly requester: Requester | undefined,
  ) {
    super();
  }
}

@QueryHandler(ListDisclosures)
export class ListDisclosuresHandler implements IQueryHandler<ListDisclosures> {
  constructor(
    private readonly disclosures: Disclosures,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ query: { from, count }, requester }: ListDisclosures): Promise<DisclosuresAnswer> {
    const size = (await this.store.head()).position + 1;
    let until = Math.max(from, Math.min(from + count, size));
    const items: DisclosureAnswer[] = [];
    let characters = 0;
    for await (const told of this.disclosures.ofRange(from, until, requester)) {
      items.push(disclosureAnswer(told));
      characters += told.body.length;
      if (characters > ANSWER_CHARACTERS_MAX) until = told.position + 1;
      if (told.position + 1 === until) break;
    }
    return { items, from, until, ...(until < size && { next: until }) };
  }
}
