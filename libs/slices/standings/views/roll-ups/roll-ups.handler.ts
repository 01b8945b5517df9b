import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PROVINCES, ZONES } from '@khamrap/kernel';
import { PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { RequestRefused, timesOf } from '@khamrap/platform/http';
import { ReadModels, type SightToAsk, type Standpoint } from '@khamrap/platform/projections';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { rollUpOf, yearOnYear } from '../../domain/roll-up';
import { isPublicSight } from '../standings/rows-in-sight';
import { STANDINGS } from '../standings/standings.projection';
import type { View } from '../standings/standings.sql';
import { findZones } from '../standings/zones.query';
import type { RollUpRow, RollUpsPage, RollUpsQuery } from './roll-ups.answer';
import { merged, sumUpAgreements, sumUpGoals, type Group } from './roll-ups.query';

export class ListRollUps extends Query<RollUpsPage> {
  constructor(
    readonly query: RollUpsQuery,
    readonly sight: SightToAsk = PUBLIC_SIGHT,
  ) {
    super();
  }
}

@QueryHandler(ListRollUps)
export class ListRollUpsHandler implements IQueryHandler<ListRollUps> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, sight }: ListRollUps): Promise<RollUpsPage> {
    if (query.by === 'goal' && query.province === undefined)
      throw new RequestRefused('invalidRequest', { errors: [PROVINCE_NEEDED] });
    const find = async (manager: EntityManager, at: Standpoint, seen: Sight) => {
      const view = { standpoint: at, sight: seen };
      const now = await groupsSeen(manager, view, query, query.fiscalYear);
      // The number of a goal means another goal in another year.
      const before = query.by === 'goal' ? [] : await groupsSeen(manager, view, query, query.fiscalYear - 1);
      return { now, before: new Map(before.map((group) => [group.key, group])) };
    };
    const { standpoint, result } = await this.readModels.read(STANDINGS, query, find, sight);
    const isOfRound = query.round !== undefined;
    const items = result.now.map(({ key, name, sums, isPublished }): RollUpRow => {
      const earlier = result.before.get(key);
      return {
        key,
        ...namesOf(query.by, key, name),
        ...rollUpOf(sums, isOfRound),
        yearBefore: earlier ? yearOnYear(sums, earlier.sums, query.fiscalYear - 1, isOfRound) : null,
        published: isPublished,
      };
    });
    return { items, position: standpoint.position, ...timesOf(query) };
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

/**
 * The groups as somebody sees them: in full those that lie within their sight as a whole, of all others what is published. A sum
 * over the part of a group that somebody sees in full would be a number that is true for nobody.
 */
async function groupsSeen(
  manager: EntityManager,
  view: View,
  query: RollUpsQuery,
  fiscalYear: number,
): Promise<readonly Group[]> {
  const seen = await groupsOf(manager, view, query, fiscalYear);
  if (view.sight.kind === 'all' || isPublicSight(view.sight)) return seen;
  const published = await groupsOf(manager, { ...view, sight: PUBLIC_SIGHT }, query, fiscalYear);
  const whole = new Map(seen.filter(({ isWhole }) => isWhole).map((group) => [group.key, group]));
  return published.map((group) => {
    const inFull = whole.get(group.key);
    return inFull && !isDeepStrictEqual(inFull.sums, group.sums) ? inFull : group;
  });
}

/** The groups of a fiscal year, in the order of their keys. */
async function groupsOf(
  manager: EntityManager,
  view: View,
  { by, zone, province, office, scheme, round = '' }: RollUpsQuery,
  fiscalYear: number,
): Promise<readonly Group[]> {
  const zones =
    zone !== undefined || by === 'zone' ? await findZones(manager, view.standpoint, { fiscalYear }) : undefined;
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
      return sumUpGoals(manager, view, filter);
    case 'office':
    case 'province':
      return sumUpAgreements(manager, view, by, filter);
    case 'nation': {
      const provinces = await sumUpAgreements(manager, view, 'province', filter);
      return provinces.length === 0 ? [] : [merged('TH', null, provinces)];
    }
    case 'zone': {
      const provinces = await sumUpAgreements(manager, view, 'province', filter);
      return [...(zones?.ofPrimeMinister ?? [])].flatMap((zoneId) => {
        const held = zones?.provinces.get(zoneId) ?? [];
        const own = provinces.filter(({ key }) => key !== null && held.includes(key));
        return own.length === 0 ? [] : [merged(zoneId, null, own)];
      });
    }
  }
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
