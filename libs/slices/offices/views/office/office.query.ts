import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName, type IsoDate } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { FreshnessQuery, IsDateText } from '@khamrap/platform/http';
import { momentOfStreams } from '@khamrap/platform/projections';
import { placeOf } from '../../commands/office-access';
import { refuse } from '../../domain/office.refusals';
import { dayOfAnswer } from '../day-of-answer';
import type { OfficeRecordAnswer } from './office.answer';
import { officeView } from './office.view';

export class OfficeQuery extends FreshnessQuery {
  @ApiPropertyOptional({
    type: 'string',
    example: '2022-10-01',
    description: 'Who held the post on this day; on the day on which the answer stands without it',
  })
  @IsOptional()
  @IsDateText()
  readonly effectiveOn?: IsoDate;
}

export class ReadOffice extends Query<OfficeRecordAnswer> {
  constructor(
    readonly officeId: string,
    readonly query: OfficeQuery,
    readonly today: IsoDate,
    readonly requester: Requester,
  ) {
    super();
  }
}

/** Reads an office from its own stream: always current, and as it stood at any position. */
@QueryHandler(ReadOffice)
export class ReadOfficeHandler implements IQueryHandler<ReadOffice> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ officeId, query, today, requester }: ReadOffice): Promise<OfficeRecordAnswer> {
    const standpoint = await momentOfStreams(this.store, query);
    const { position, until } = standpoint;
    const effectiveOn = await dayOfAnswer(this.store, query, standpoint, today);
    const events = await this.ledger.history(streamName('office', officeId), until);
    const view = officeView(officeId, events, effectiveOn);
    if (!view) throw new CommandRejected(refuse('office.notRegistered'));
    const { lastPosition, roleGrants, ...office } = view;
    const place = placeOf(officeId, view.province);
    const maySeeRoles = permits(requester, 'office.grantRole', place) || permits(requester, 'audit.read', place);
    return {
      ...office,
      effectiveOn,
      asOfPosition: Math.max(position, lastPosition),
      ...(maySeeRoles && { roleGrants }),
    };
  }
}
