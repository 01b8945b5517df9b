import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PROVINCES, ZONES } from '@khamrap/kernel';
import { RequestRefused } from '@khamrap/platform/http';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { addedUp, rollUpOf, yearOnYear } from '../../domain/roll-up';
import { STANDINGS } from '../standings/standings.projection';
import { findZones } from '../standings/zones.query';
import type { RollUpRow, RollUpsPage, RollUpsQuery } from './roll-ups.answer';
import { sumUpAgreements, sumUpGoals, type Group } from './roll-ups.query';

export class ListRollUps extends Query<RollUpsPage> {
  constructor(readonly query: RollUpsQuery) {
    super();
  }
}

@QueryHandler(ListRollUps)
export class ListRollUpsHandler implements IQueryHandler<ListRollUps> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query }: ListRollUps): Promise<RollUpsPage> {
    if (query.by === 'goal' && query.province === undefined)
      throw new RequestRefused('invalidRequest', { errors: [PROVINCE_NEEDED] });
    const { standpoint, result } = await this.readModels.read(STANDINGS, query, async (manager, at) => {
      const now = await groupsOf(manager, at, query, query.fiscalYear);
      // The number of a goal means another goal in another year.
      const before = query.by === 'goal' ? [] : await groupsOf(manager, at, query, query.fiscalYear - 1);
      return { now, before: new Map(before.map((group) => [group.key, group])) };
    });
    const isOfRound = query.round !== undefined;
    const items = result.now.map(({ key, name, sums }): RollUpRow => {
      const earlier = result.before.get(key);
      return {
        key,
        ...namesOf(query.by, key, name),
        ...rollUpOf(sums, isOfRound),
        yearBefore: earlier ? yearOnYear(sums, earlier.sums, query.fiscalYear - 1, isOfRound) : null,
      };
    });
    return { items, position: standpoint.position };
  }
}

const PROVINCE_NEEDED = {
  code: 'provinceNeeded',
  parameter: 'province',
  messages: {
    th: 'เป้าหมายร่วมมีลำดับที่ของแต่ละจังหวัด โปรดระบุจังหวัด',
    en: 'goals are numbered within a province: name the province',
  },
};

/** The groups of a fiscal year, in the order of their keys. */
async function groupsOf(
  manager: EntityManager,
  at: Standpoint,
  { by, zone, province, office, scheme, round = '' }: RollUpsQuery,
  fiscalYear: number,
): Promise<readonly Group[]> {
  const zones = zone !== undefined || by === 'zone' ? await findZones(manager, at, { fiscalYear }) : undefined;
  const filter = {
    fiscalYear,
    round,
    ...(province !== undefined && { province }),
    ...(zone !== undefined && { provinces: zones?.provinces.get(zone) ?? [] }),
    ...(office !== undefined && { office }),
    ...(scheme !== undefined && { scheme }),
  };
  switch (by) {
    case 'goal':
      return sumUpGoals(manager, at, filter);
    case 'office':
    case 'province':
      return sumUpAgreements(manager, at, by, filter);
    case 'nation': {
      const provinces = await sumUpAgreements(manager, at, 'province', filter);
      return provinces.length === 0 ? [] : [merged('TH', provinces)];
    }
    case 'zone': {
      const provinces = await sumUpAgreements(manager, at, 'province', filter);
      return [...(zones?.ofPrimeMinister ?? [])].flatMap((zoneId) => {
        const held = zones?.provinces.get(zoneId) ?? [];
        const own = provinces.filter(({ key }) => key !== null && held.includes(key));
        return own.length === 0 ? [] : [merged(zoneId, own)];
      });
    }
  }
}

function merged(key: string, groups: readonly Group[]): Group {
  return { key, name: null, sums: addedUp(groups.map(({ sums }) => sums)) };
}

/** The names of a group, as far as they are known here. */
export function namesOf(
  by: RollUpsQuery['by'],
  key: string | null,
  name: string | null,
): { readonly nameTh: string | null; readonly nameEn: string | null } {
  switch (by) {
    case 'province':
      return named(PROVINCES.find(({ code }) => code === key));
    case 'zone':
      return named(ZONES.find(({ zoneId }) => zoneId === key));
    case 'nation':
      return { nameTh: 'ประเทศไทย', nameEn: 'Thailand' };
    case 'office':
    case 'goal':
      return { nameTh: name, nameEn: null };
  }
}

function named(known: { readonly nameTh: string; readonly nameEn: string } | undefined): ReturnType<typeof namesOf> {
  return { nameTh: known?.nameTh ?? null, nameEn: known?.nameEn ?? null };
}
