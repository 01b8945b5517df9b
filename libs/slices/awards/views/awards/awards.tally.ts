import type { EntityManager } from 'typeorm';
import type { Standpoint } from '@khamrap/platform/projections';
import { awardsAt, conditionsOf, Parameters, type AwardsFilter } from './awards.query';

/** By what awards can be tallied. */
export const TALLIED_BY = ['category', 'grantor', 'awardYear', 'province'] as const;
export type TalliedBy = (typeof TALLIED_BY)[number];

/** How many awards: by name, by stated numbers, and together, where those that are part of a stated number count once. */
export interface Tally {
  readonly namedAwards: number;
  readonly statedCount: number;
  readonly total: number;
}

export interface TallyItem extends Tally {
  /** Category, office or name of the grantor, year, or province; `notStated` and `severalProvinces` are groups too. */
  readonly key: string;
  /** Name of the grantor. */
  readonly name: string | null;
}

/** More awards are known by name than their announcement counts: both are kept, and the greater number is added. */
export interface ExceededCount {
  readonly announcementId: string;
  readonly statedCount: number;
  readonly namedAwards: number;
}

/** The number that a document gives for several items together, beside what these items add up to. */
export interface StatedTotal {
  readonly group: string;
  /** Several where the document contradicts itself. */
  readonly stated: readonly number[];
  readonly counted: number;
  readonly agrees: boolean;
}

/** Tallies of groups in the order of their places; `countMax` + 1 rows at the most, to tell whether more follow. */
export async function findTallies(
  manager: EntityManager,
  standpoint: Standpoint,
  { by, ...filter }: AwardsFilter & { readonly by: TalliedBy },
  after: string | undefined,
  countMax: number,
): Promise<(TallyItem & { readonly place: string })[]> {
  const parameters = new Parameters();
  const tallied = tally(GROUPS[by], standpoint, filter, parameters);
  const from = after === undefined ? '' : `WHERE place > ${parameters.add(after)}`;
  return manager.query(
    `SELECT * FROM (${tallied}) AS tallied ${from} ORDER BY place LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
}

/** What the tallies of all groups add up to. */
export async function sumOfTallies(
  manager: EntityManager,
  standpoint: Standpoint,
  { by, ...filter }: AwardsFilter & { readonly by: TalliedBy },
): Promise<number> {
  const parameters = new Parameters();
  const [row] = await manager.query<{ sum: number }[]>(
    `SELECT coalesce(sum(total), 0)::bigint AS sum FROM (${tally(GROUPS[by], standpoint, filter, parameters)}) AS tallied`,
    parameters.values,
  );
  return row?.sum ?? 0;
}

/** The tally of all that the filter finds. */
export async function tallyOfAll(manager: EntityManager, standpoint: Standpoint, filter: AwardsFilter): Promise<Tally> {
  const parameters = new Parameters();
  const [row] = await manager.query<Tally[]>(tally(ALL, standpoint, filter, parameters), parameters.values);
  const { namedAwards = 0, statedCount = 0, total = 0 } = row ?? {};
  return { namedAwards, statedCount, total };
}

/** Announcements, of those that the filter finds, of which more awards are known by name than they count. */
export function findExceededCounts(
  manager: EntityManager,
  standpoint: Standpoint,
  filter: AwardsFilter,
): Promise<ExceededCount[]> {
  const parameters = new Parameters();
  const awards = awardsAt(standpoint, parameters);
  return manager.query<ExceededCount[]>(
    `WITH known AS (SELECT * FROM ${awards} AS award WHERE ${STANDS})
     SELECT award.award_id AS "announcementId", award.award_count AS "statedCount", count(*)::bigint AS "namedAwards"
     FROM known AS award JOIN known AS part ON part.part_of = award.award_id
     WHERE ${conditionsOf(filter, parameters).join(' AND ')}
     GROUP BY award.award_id, award.award_count HAVING count(*) > award.award_count ORDER BY award.award_id`,
    parameters.values,
  );
}

/** The totals that documents state, for the items that the filter finds, beside the sum of all their items. */
export function findStatedTotals(
  manager: EntityManager,
  standpoint: Standpoint,
  filter: AwardsFilter,
): Promise<StatedTotal[]> {
  const parameters = new Parameters();
  const awards = awardsAt(standpoint, parameters);
  const found = `SELECT award.total_group FROM ${awards} AS award
    WHERE ${[...conditionsOf(filter, parameters), STANDS].join(' AND ')}`;
  return manager.query<StatedTotal[]>(
    `SELECT tallied.place AS "group", stated.counts AS stated, tallied.total AS counted,
            stated.counts = ARRAY[tallied.total] AS agrees
     FROM (${tally(TOTAL_GROUP, standpoint, {}, parameters)}) AS tallied
     JOIN LATERAL (SELECT array_agg(DISTINCT total_count::bigint ORDER BY total_count::bigint) AS counts
       FROM ${awards} AS award WHERE ${STANDS} AND award.total_group = tallied.place) AS stated ON true
     WHERE tallied.place IN (${found}) ORDER BY tallied.place`,
    parameters.values,
  );
}

const STANDS = `award.present AND award.status = 'stands'`;

/** To which groups an award belongs: SQL of a key that sorts, of the key that is shown, and of a name. */
interface Grouping {
  readonly place: string;
  readonly key: string;
  readonly name: string;
  readonly join?: string;
}

const grouping = (column: string): Grouping => ({ place: column, key: column, name: 'NULL::text' });
const ALL: Grouping = grouping(`'all'::text`);
const TOTAL_GROUP: Grouping = grouping('award.total_group');
const GROUPS: Readonly<Record<TalliedBy, Grouping>> = {
  category: grouping('award.category'),
  awardYear: grouping('award.award_year'),
  province: grouping('award.province_group'),
  grantor: {
    // A name may be written like the identifier of an office.
    place: `CASE WHEN grantor ? 'officeId' THEN 'office/' || (grantor->>'officeId') ELSE 'name/' || (grantor->>'name') END
      COLLATE "C"`,
    key: `coalesce(grantor->>'officeId', grantor->>'name')`,
    name: `grantor->>'name'`,
    join: 'CROSS JOIN LATERAL jsonb_array_elements(award.grantors::jsonb) AS grantor',
  },
};

/**
 * Counts each group: an announcement by its stated number, or by those of its awards that are known by name where these are
 * more; an award by name where no announcement of the same group has it already.
 */
function tally(
  { place, key, name, join = '' }: Grouping,
  standpoint: Standpoint,
  filter: AwardsFilter,
  parameters: Parameters,
): string {
  const awards = awardsAt(standpoint, parameters);
  const conditions = [STANDS, `${place} IS NOT NULL`, ...conditionsOf(filter, parameters)];
  return `WITH keyed AS (
      SELECT ${place} AS place, ${key} AS key, ${name} AS name, award.award_id, award.kind, award.award_count, award.part_of
      FROM ${awards} AS award ${join} WHERE ${conditions.join(' AND ')}
    ), covered AS (
      SELECT part.place, part.part_of AS award_id, count(*) AS named
      FROM keyed AS part JOIN keyed AS whole ON whole.place = part.place AND whole.award_id = part.part_of
      GROUP BY part.place, part.part_of
    )
    SELECT keyed.place, min(keyed.key) AS key, min(keyed.name) AS name,
           count(*) FILTER (WHERE kind = 'granted')::bigint AS "namedAwards",
           coalesce(sum(award_count) FILTER (WHERE kind = 'announced'), 0)::bigint AS "statedCount",
           (sum(greatest(award_count, coalesce(covered.named, 0))) - coalesce(sum(covered.named), 0))::bigint AS total
    FROM keyed LEFT JOIN covered ON covered.place = keyed.place AND covered.award_id = keyed.award_id
    GROUP BY keyed.place`;
}
