import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName, type IsoDate } from '@khamrap/kernel';
import { permits, sees, sightOf, type Permission, type Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, Ledger, type EventStore } from '@khamrap/platform/event-store';
import { IsDateText, KnownQuery, timesOf } from '@khamrap/platform/http';
import { dayOfAnswer, momentOfStreams } from '@khamrap/platform/projections';
import { placeOf } from '../../commands/office-access';
import { ScopeFacts, type SeenAt } from '../../commands/scope-facts';
import { refuse } from '../../domain/office.refusals';
import type { OfficeRecordAnswer } from './office.answer';
import { officeView, type RoleGrantView } from './office.view';

/** Whoever may do any of this to an office may know how often something was recorded of it. */
const OF_OFFICES: readonly Permission[] = ['office.register', 'office.grantRole', 'role.read'];

export class OfficeQuery extends KnownQuery {
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
    readonly requester?: Requester,
  ) {
    super();
  }
}

/** Reads an office from its own stream: always current, and as it stood at any position. Who is who is not published. */
@QueryHandler(ReadOffice)
export class ReadOfficeHandler implements IQueryHandler<ReadOffice> {
  constructor(
    private readonly ledger: Ledger,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly scopes: ScopeFacts,
  ) {}

  async execute({ officeId, query, today, requester: asking }: ReadOffice): Promise<OfficeRecordAnswer> {
    // What the public could know, everybody is told as the public.
    const requester = query.publishedBy === undefined ? asking : undefined;
    const standpoint = await momentOfStreams(this.store, query);
    const { position, until } = standpoint;
    const effectiveOn = await dayOfAnswer(this.store, query, standpoint, today);
    const events = await this.ledger.history(streamName('office', officeId), until);
    const view = officeView(officeId, events, effectiveOn);
    if (!view) throw new CommandRejected(refuse('office.notRegistered'));
    const { lastPosition, revision, publishedRevision, roleGrants, delegations, ...office } = view;
    const place = placeOf(officeId, view.province);
    const may = (permission: Permission): boolean => requester !== undefined && permits(requester, permission, place);
    const maySeeRoles = may('role.read');
    return {
      ...office,
      revision: OF_OFFICES.some(may) ? revision : publishedRevision,
      effectiveOn,
      ...timesOf(query),
      asOfPosition: Math.max(position, lastPosition),
      delegations: maySeeRoles ? delegations : delegations.map(({ delegate: _delegate, ...delegation }) => delegation),
      ...(maySeeRoles && {
        roleGrants: await this.#seen(requester, roleGrants, { keptAt: place, day: effectiveOn, until }),
      }),
    };
  }

  /** Kept at one office, roles may hold anywhere: each is told to those who see who holds a role there, as in the list of roles. */
  async #seen(
    requester: Requester | undefined,
    roleGrants: readonly RoleGrantView[],
    at: SeenAt,
  ): Promise<readonly RoleGrantView[]> {
    const sight = sightOf(requester, 'role.read');
    if (sight.kind === 'all') return roleGrants;
    const seen = await Promise.all(
      roleGrants.map(async ({ scope }) => {
        const places = await this.scopes.seenFrom(scope, at);
        return places?.every(({ province, office = '' }) =>
          sees(sight, { province: province ?? null, offices: [office] }),
        );
      }),
    );
    return roleGrants.filter((_grant, index) => seen[index] === true);
  }
}
