import { JUDGED_STATUSES, STATUSES, type Status } from '../../domain/judgement';
import type { Sums } from '../../domain/roll-up';
import { newestInSight, rowsInSight } from '../standings/rows-in-sight';
import { agreementRoundTable, COUNT_COLUMNS } from '../standings/standings.tables';
import { equal, fixedConditions, type Parameters, type StandingsFilter, type View } from '../standings/standings.sql';

/** Which rounds of which agreements are summed up. `round` is empty for all spans together. */
export interface RoundsFilter extends Pick<StandingsFilter, 'province' | 'provinces' | 'office' | 'scheme' | 'level'> {
  readonly fiscalYear: number;
  readonly round: string;
}

/** `agreement_round` under a name, as it is now or as it was and as somebody sees it, narrowed by a filter. */
export function roundsAt(
  { standpoint: { past, position }, sight }: View,
  filter: RoundsFilter,
  parameters: Parameters,
  name = 'r',
): string {
  const fixed = (alias: string): string[] => [
    ...fixedConditions(filter, parameters, alias),
    ...equal(`${alias}.round`, filter.round, parameters),
    ...equal(`${alias}.office_id`, filter.office, parameters),
    ...equal(`${alias}.scheme_id`, filter.scheme, parameters),
    ...equal(`${alias}.level`, filter.level, parameters),
  ];
  const latest = rowsInSight(agreementRoundTable, sight, parameters);
  if (!past) return `(SELECT * FROM ${latest} AS k WHERE k.present AND ${fixed('k').join(' AND ')}) AS ${name}`;
  const at = parameters.add(position);
  return `(SELECT h.* FROM ${latest} AS k
    CROSS JOIN LATERAL ${newestInSight(agreementRoundTable, sight, parameters, 'k', at)} AS h
    WHERE k.first_position <= ${at} AND ${fixed('k').join(' AND ')} AND h.present) AS ${name}`;
}

// Without a counted weight nothing is missing to a total.
const HAS_NO_SCORE = `r.total IS NULL AND coalesce(r.no_total_reason, '') NOT IN ('weightNotStated', 'nothingCounted')`;

/** What `Sums` is made of, over rows `r` of `agreement_round`, grouped by rule besides: to sort the rules of each group would cost more. */
export const SUM_COLUMNS = `
  count(*)::int AS "agreementCount",
  ${COUNT_COLUMNS.map(([status, column]) => `sum(r.${column})::int AS "${status}"`).join(', ')},
  count(r.total)::int AS "totalCount",
  count(*) FILTER (WHERE r.no_total_reason = 'weightNotStated')::int AS "weightNotStatedCount",
  count(*) FILTER (WHERE ${HAS_NO_SCORE})::int AS "notScoredCount",
  coalesce(sum(r.weighted_score), 0)::text AS "weightedScore",
  coalesce(sum(r.counted_weight) FILTER (WHERE r.weighted_score IS NOT NULL), 0)::text AS "countedWeight",
  coalesce(sum(r.counted_weight * r.certified_weight_percent * 0.01) FILTER (WHERE r.weighted_score IS NOT NULL), 0)::text
    AS "certifiedWeight",
  CASE WHEN count(*) FILTER (WHERE r.weighted_score IS NOT NULL AND r.stated_weight IS NULL) = 0
    THEN coalesce(sum(r.stated_weight) FILTER (WHERE r.weighted_score IS NOT NULL), 0)::text END AS "statedWeight"`;

export const BY_RULE = 'r.scheme_id, r.rule_version';

export type SumsRow = Omit<Sums, 'byStatus' | 'rules'> &
  Readonly<Record<Status, number>> & { readonly rule: string | null };

export function sumsOf(row: SumsRow): Sums {
  const byStatus = Object.fromEntries(
    STATUSES.flatMap((status) => (row[status] > 0 ? [[status, row[status]]] : [])),
  ) as Sums['byStatus'];
  const { agreementCount, totalCount, weightNotStatedCount, notScoredCount, rule } = row;
  const { weightedScore, countedWeight, certifiedWeight, statedWeight } = row;
  return {
    agreementCount,
    byStatus,
    totalCount,
    weightNotStatedCount,
    notScoredCount,
    weightedScore,
    countedWeight,
    certifiedWeight,
    statedWeight,
    rules: rule === null ? [] : [rule],
  };
}

/** How many of the standings of a row `r` are judged, and how many of these met their target. */
export const TARGETS_JUDGED = COUNT_COLUMNS.filter(([status]) => JUDGED_STATUSES.includes(status))
  .map(([, column]) => `r.${column}`)
  .join(' + ');
