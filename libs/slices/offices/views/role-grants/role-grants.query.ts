import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IsoDate } from '@khamrap/kernel';
import { FULL_SIGHT, sightOf, type Requester } from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { decodeCursor } from '@khamrap/platform/http';
import { dayOfAnswer, ReadModels } from '@khamrap/platform/projections';
import { OFFICES } from '../offices/offices.projection';
import { zonesOn } from '../zones/zones.rows';
import type { OwnRoleGrantsPage, OwnRoleGrantsQuery, RoleGrantsPage, RoleGrantsQuery } from './role-grants.answer';
import { findRoleGrants } from './role-grants.rows';

/** Who could do what, where, on which day, as it was known when: as far as the requester's own grants reach. */
export class ListRoleGrants extends Query<RoleGrantsPage> {
  constructor(
    readonly query: RoleGrantsQuery,
    readonly today: IsoDate,
    readonly requester: Requester,
  ) {
    super();
  }
}

/** The same of one's own roles, wherever they reach. */
export class ListOwnRoleGrants extends Query<OwnRoleGrantsPage> {
  constructor(
    readonly query: OwnRoleGrantsQuery,
    readonly today: IsoDate,
    readonly requester: Requester,
  ) {
    super();
  }
}

@QueryHandler(ListRoleGrants)
export class ListRoleGrantsHandler implements IQueryHandler<ListRoleGrants> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ query, today, requester }: ListRoleGrants): Promise<RoleGrantsPage> {
    return this.list(query, today, sightOf(requester, 'role.read'));
  }

  /** @param sight how far the one who asks may see who holds which role */
  async list(query: RoleGrantsQuery, today: IsoDate, sight: ReturnType<typeof sightOf>): Promise<RoleGrantsPage> {
    const after = query.cursor === undefined ? undefined : String(decodeCursor(query.cursor, ['text'])[0]);
    const { standpoint, result } = await this.readModels.read(
      OFFICES,
      query,
      async (manager, at) => {
        const effectiveOn = await dayOfAnswer(this.store, query, at, today);
        const zones = await zonesOn(manager, at, effectiveOn);
        const found = await findRoleGrants(manager, at, { query, sight, zones }, after);
        return { effectiveOn, found };
      },
      sight,
    );
    const { effectiveOn, found } = result;
    const items = found.slice(0, query.limit);
    const last = found.length > query.limit ? items.at(-1) : undefined;
    return { items, effectiveOn, position: standpoint.position, ...(last && { next: [last.grantId] }) };
  }
}

@QueryHandler(ListOwnRoleGrants)
export class ListOwnRoleGrantsHandler implements IQueryHandler<ListOwnRoleGrants> {
  constructor(private readonly handler: ListRoleGrantsHandler) {}

  async execute({ query, today, requester }: ListOwnRoleGrants): Promise<OwnRoleGrantsPage> {
    const pseudonym = requester.actor.id;
    const page = await this.handler.list(Object.assign(query, { grantee: pseudonym }), today, FULL_SIGHT);
    return { ...page, pseudonym };
  }
}
