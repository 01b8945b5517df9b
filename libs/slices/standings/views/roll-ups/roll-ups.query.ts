import { NOT_STATED } from '@khamrap/kernel';
import type { VersionedTable } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import type { Status } from '../../domain/judgement';
import { addedUp, sumsOfIndicators, type Sums } from '../../domain/roll-up';
import { isPublicSight, withinSight } from '../standings/rows-in-sight';
import { Parameters, standingsStatement, type View } from '../standings/standings.sql';
import { agreementRoundTable, standingTable } from '../standings/standings.tables';
import { BY_RULE, roundsAt, SUM_COLUMNS, sumsOf, type RoundsFilter, type SumsRow } from './rounds.sql';

/** A group, before it is told as a roll-up. */
export interface Group {
  /** An office, a province, the number of a goal; null where an agreement has none. */
  readonly key: string | null;
  readonly name: string | null;
  readonly sums: Sums;
  /** Whether all of it lies within the sight of whoever asks. */
  readonly isWhole: boolean;
  /** Whether nothing went in that is not published. */
  readonly isPublished: boolean;
}

/** One group of several. */
export function merged(key: string | null, name: string | null, groups: readonly Group[]): Group {
  return {
    key,
    name,
    sums: addedUp(groups.map(({ sums }) => sums)),
    isWhole: groups.every(({ isWhole }) => isWhole),
    isPublished: groups.every(({ isPublished }) => isPublished),
  };
}

/** Of a row: whether it lies within a sight, and whether it is told as it is published, as far as the row can tell. */
function reachOf({ sight }: View, alias: string, table: VersionedTable, parameters: Parameters): string {
  if (sight.kind === 'all') return `true AS "isWhole", ${alias}.published IS NULL AS "isPublished"`;
  if (isPublicSight(sight)) return 'false AS "isWhole", true AS "isPublished"';
  return `${withinSight(alias, table, sight, parameters)} AS "isWhole", false AS "isPublished"`;
}

const KEYS = {
  office: { key: 'r.office_id', name: 'min(r.office_name)' },
  province: { key: 'r.province', name: 'NULL::text' },
} as const;

/** Agreements added up by the office that makes them, or by province. */
export async function sumUpAgreements(
  manager: EntityManager,
  view: View,
  by: keyof typeof KEYS,
  filter: RoundsFilter,
): Promise<readonly Group[]> {
  const parameters = new Parameters();
  const { key, name } = KEYS[by];
  const reach = reachOf(view, 'k', agreementRoundTable, parameters);
  const rows = await manager.query<(SumsRow & Omit<Group, 'sums'>)[]>(
    `SELECT ${key} AS key, ${name} AS name, r.scheme_id || '/' || r.rule_version AS rule, ${SUM_COLUMNS},
            bool_and(r."isWhole") AS "isWhole", bool_and(r."isPublished") AS "isPublished"
     FROM (SELECT k.*, ${reach} FROM ${roundsAt(view, filter, parameters, 'k')}) AS r
     GROUP BY ${key}, ${BY_RULE} ORDER BY ${key}`,
    parameters.values,
  );
  const groups = new Map<string | null, Group>();
  for (const { key: of, name: called, isWhole, isPublished, ...row } of rows) {
    const group = { key: of, name: called, sums: sumsOf(row), isWhole, isPublished };
    const known = groups.get(of);
    groups.set(of, known ? merged(of, called, [known, group]) : group);
  }
  return [...groups.values()];
}

interface IndicatorRow {
  readonly agreementId: string;
  readonly indicatorId: string;
  readonly parentIndicatorId: string | null;
  readonly goalNumber: number | null;
  readonly weight: string | null;
  readonly score: string | null;
  readonly isCertified: boolean;
  readonly status: Status;
  readonly rule: string | null;
  readonly isWhole: boolean;
  readonly isPublished: boolean;
}

/** Indicators added up by the joint goal that they serve. Goals are numbered within a province, so one is named. */
export async function sumUpGoals(
  manager: EntityManager,
  view: View,
  { round, ...filter }: RoundsFilter,
): Promise<readonly Group[]> {
  const parameters = new Parameters();
  const { office, ...others } = filter;
  const asked = round === '' ? others : { ...others, round };
  const statement = standingsStatement(view, asked, parameters, 'JOIN');
  const conditions = [...statement.conditions];
  if (office !== undefined) conditions.push(`a.maker_office_id = ${parameters.add(office)}`);
  const rows = await manager.query<IndicatorRow[]>(
    `SELECT ${reachOf(view, 's', standingTable, parameters)}, a.agreement_id AS "agreementId", i.indicator_id AS "indicatorId",
            i.parent_indicator_id AS "parentIndicatorId", i.goal_number AS "goalNumber", i.weight::text AS weight,
            s.score::text AS score, s.is_certified AS "isCertified", s.status, a.scheme_id || '/' || a.rule_version AS rule
     FROM ${statement.from} WHERE ${conditions.join(' AND ')}`,
    parameters.values,
  );
  const indicators = rows.map((row) => ({
    ...row,
    goal: row.goalNumber,
    parentIndicatorId: row.parentIndicatorId ?? undefined,
    weight: row.weight ?? NOT_STATED,
    score: row.score ?? undefined,
    isCounted: row.status !== 'notApplicable',
  }));
  return [...sumsOfIndicators(indicators)]
    .toSorted(([one], [other]) => (one ?? Infinity) - (other ?? Infinity))
    .map(([goal, sums]) => {
      const own = rows.filter(({ goalNumber }) => goalNumber === goal);
      const reach = { isWhole: own.every((row) => row.isWhole), isPublished: own.every((row) => row.isPublished) };
      return { key: goal === null ? null : String(goal), name: null, sums, ...reach };
    });
}
