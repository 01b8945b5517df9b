import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IsoDate } from '@khamrap/kernel';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { decodeCursor, timesOf } from '@khamrap/platform/http';
import { dayOfAnswer, ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { holderOn } from '../../domain/tenure';
import { zonesOn } from '../zones/zones.rows';
import type { OfficeItem, OfficesPage, OfficesQuery } from './offices.answer';
import { OFFICES } from './offices.projection';
import { findOffices, findTenures, type OfficesFilter } from './offices.rows';

export class ListOffices extends Query<OfficesPage> {
  constructor(
    readonly query: OfficesQuery,
    readonly today: IsoDate,
  ) {
    super();
  }
}

@QueryHandler(ListOffices)
export class ListOfficesHandler implements IQueryHandler<ListOffices> {
  constructor(
    private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ query, today }: ListOffices): Promise<OfficesPage> {
    const after = query.cursor === undefined ? undefined : String(decodeCursor(query.cursor, ['text'])[0]);
    const { standpoint, result } = await this.readModels.read(OFFICES, query, async (manager, at) => {
      const effectiveOn = await dayOfAnswer(this.store, query, at, today);
      const filter = await filterOf(manager, at, query, effectiveOn);
      const found = await findOffices(manager, at, filter, after, query.limit);
      return {
        effectiveOn,
        isLast: found.length <= query.limit,
        items: await withHolders(manager, at, found.slice(0, query.limit), effectiveOn),
      };
    });
    const { items, effectiveOn, isLast } = result;
    const last = isLast ? undefined : items.at(-1);
    return {
      items,
      effectiveOn,
      position: standpoint.position,
      ...timesOf(query),
      ...(last && { next: [last.officeId] }),
    };
  }
}

/** A province and a zone together find what lies in both; a zone that nobody knows holds no province. */
async function filterOf(
  manager: EntityManager,
  at: Standpoint,
  { kind, parent, province, zone: zoneId }: OfficesQuery,
  day: IsoDate,
): Promise<OfficesFilter> {
  if (zoneId === undefined) return { kind, parent, ...(province !== undefined && { provinces: [province] }) };
  const zone = (await zonesOn(manager, at, day)).find((each) => each.zoneId === zoneId);
  const inZone = zone?.provinces ?? [];
  return { kind, parent, provinces: province === undefined ? inZone : inZone.filter((each) => each === province) };
}

async function withHolders(
  manager: EntityManager,
  at: Standpoint,
  offices: Awaited<ReturnType<typeof findOffices>>,
  day: IsoDate,
): Promise<OfficeItem[]> {
  const tenures = await findTenures(
    manager,
    at,
    offices.map(({ officeId }) => officeId),
  );
  return offices.map((office) => {
    const { standing, holder } = holderOn(tenures.get(office.officeId) ?? [], day);
    return { ...office, holderStanding: standing, holder: holder ?? null };
  });
}
