import { NOT_STATED } from '@khamrap/kernel';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import type { Status } from '../../domain/judgement';
import { addedUp, sumsOfIndicators, type Sums } from '../../domain/roll-up';
import { Parameters, standingsStatement } from '../standings/standings.sql';
import { BY_RULE, roundsAt, SUM_COLUMNS, sumsOf, type RoundsFilter, type SumsRow } from './rounds.sql';

/** A group, before it is told as a roll-up. */
export interface Group {
  /** An office, a province, the number of a goal; null where an agreement has none. */
  readonly key: string | null;
  readonly name: string | null;
  readonly sums: Sums;
}

const KEYS = {
  office: { key: 'r.office_id', name: 'min(r.office_name)' },
  province: { key: 'r.province', name: 'NULL::text' },
} as const;

/** Agreements added up by the office that makes them, or by province. */
export async function sumUpAgreements(
  manager: EntityManager,
  standpoint: Standpoint,
  by: keyof typeof KEYS,
  filter: RoundsFilter,
): Promise<readonly Group[]> {
  const parameters = new Parameters();
  const { key, name } = KEYS[by];
  const rows = await manager.query<(SumsRow & { key: string | null; name: string | null })[]>(
    `SELECT ${key} AS key, ${name} AS name, r.scheme_id || '/' || r.rule_version AS rule, ${SUM_COLUMNS}
     FROM ${roundsAt(standpoint, filter, parameters)} GROUP BY ${key}, ${BY_RULE} ORDER BY ${key}`,
    parameters.values,
  );
  const groups = new Map<string | null, Group>();
  for (const { key: of, name: called, ...row } of rows) {
    const known = groups.get(of);
    groups.set(of, { key: of, name: called, sums: known ? addedUp([known.sums, sumsOf(row)]) : sumsOf(row) });
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
}

/** Indicators added up by the joint goal that they serve. Goals are numbered within a province, so one is named. */
export async function sumUpGoals(
  manager: EntityManager,
  standpoint: Standpoint,
  { round, ...filter }: RoundsFilter,
): Promise<readonly Group[]> {
  const parameters = new Parameters();
  const { office, ...others } = filter;
  const asked = round === '' ? others : { ...others, round };
  const statement = standingsStatement(standpoint, asked, parameters, 'JOIN');
  const conditions = [...statement.conditions];
  if (office !== undefined) conditions.push(`a.maker_office_id = ${parameters.add(office)}`);
  const rows = await manager.query<IndicatorRow[]>(
    `SELECT a.agreement_id AS "agreementId", i.indicator_id AS "indicatorId",
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
    .map(([goal, sums]) => ({ key: goal === null ? null : String(goal), name: null, sums }));
}
