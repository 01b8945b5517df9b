import type { IsoDate } from '@khamrap/kernel';
import { PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import type { Standpoint } from '@khamrap/platform/projections';
import type { Status } from '../../domain/judgement';
import { TARGET_COLUMNS } from './published-columns';
import { Parameters } from './parameters';
import { newestInSight, rowsInSight } from './rows-in-sight';
import { standingTable } from './standings.tables';

export { Parameters };

export interface StandingsFilter {
  readonly fiscalYear?: number;
  /** ISO 3166-2, such as `TH-54`. */
  readonly province?: string;
  /** The provinces of a zone. */
  readonly provinces?: readonly string[];
  readonly level?: string;
  readonly office?: string;
  readonly goal?: number;
  readonly agreement?: string;
  readonly round?: string;
  readonly scheme?: string;
  readonly status?: Status;
  /** Only what holds on that day: with the targets and weights that are effective by then. */
  readonly effectiveOn?: IsoDate;
}

/** A version of the target takes the place of columns of a standing. */
interface Override {
  /** Joined to the standing `s`; its column `o.row`, as JSON, is null where the standing stands as it is. */
  readonly join: string;
  readonly columns: ReadonlySet<string>;
}

const OF_TARGET: ReadonlySet<string> = new Set([
  ...TARGET_COLUMNS,
  'status',
  'status_reason',
  'attainment_percent',
  'gap',
  'score',
  'score_basis',
  'score_reason',
]);

function overrideOf({ effectiveOn }: StandingsFilter, parameters: Parameters): Override | undefined {
  if (effectiveOn === undefined) return undefined;
  return {
    join: `LEFT JOIN LATERAL (SELECT version AS row
        FROM jsonb_array_elements(s.versions::jsonb) WITH ORDINALITY AS each(version, number)
        WHERE version->>'from' <= ${parameters.add(effectiveOn)} ORDER BY number DESC LIMIT 1) AS o ON true`,
    columns: OF_TARGET,
  };
}

/** From where and by whom standings are seen. */
export interface View {
  readonly standpoint: Standpoint;
  readonly sight: Sight;
}

/** How a statement reads standings: the tables it joins, the columns of a standing, and what it asks of them. */
export interface StandingsStatement {
  readonly from: string;
  readonly conditions: readonly string[];
  /** A column of the standing `s`, as it is to be seen. */
  column(name: string, type?: string): string;
  /** The weight of the indicator `i`, as it is to be seen. */
  readonly weight: string;
}

/** @param join `LEFT JOIN` keeps agreements without indicators */
export function standingsStatement(
  view: View,
  filter: StandingsFilter,
  parameters: Parameters,
  join: 'JOIN' | 'LEFT JOIN',
): StandingsStatement {
  const override = overrideOf(filter, parameters);
  const { effectiveOn } = filter;
  const weights =
    effectiveOn === undefined
      ? undefined
      : `LEFT JOIN LATERAL (SELECT version->>'weight' AS weight
          FROM jsonb_array_elements(i.weights::jsonb) WITH ORDINALITY AS each(version, number)
          WHERE coalesce(version->>'effectiveFrom', '') <= ${parameters.add(effectiveOn)}
          ORDER BY number DESC LIMIT 1) AS w ON true`;
  const column = (name: string, type = 'text'): string =>
    override?.columns.has(name)
      ? `CASE WHEN o.row IS NULL THEN s.${name} ELSE (o.row->>'${name}')::${type} END`
      : `s.${name}`;
  return {
    from: [standingsAt(view, filter, parameters, join), override?.join, weights].filter(Boolean).join('\n'),
    column,
    weight: weights
      ? `CASE WHEN w.weight IS NULL THEN i.weight ELSE nullif(w.weight, 'notStated')::numeric END`
      : 'i.weight',
    conditions: conditionsOf(filter, parameters, column('status')),
  };
}

/**
 * The rows as they are now, or as they were: for the past, every key that existed by then is looked up once in each history,
 * so the cost grows with the number of indicators and not with the length of the history.
 */
function standingsAt(
  { standpoint, sight }: View,
  filter: StandingsFilter,
  parameters: Parameters,
  join: 'JOIN' | 'LEFT JOIN',
): string {
  if (!standpoint.past) {
    const standings = rowsInSight(standingTable, sight, parameters);
    return `read_model.agreement AS a
      ${join} read_model.indicator AS i ON i.agreement_id = a.agreement_id AND i.present
      ${join} ${standings} AS s ON s.agreement_id = i.agreement_id AND s.indicator_id = i.indicator_id AND s.present`;
  }
  const keysOfStandings = rowsInSight(standingTable, sight.kind === 'all' ? sight : PUBLIC_SIGHT, parameters);
  const position = parameters.add(standpoint.position);
  // Province, year and agreement never change, so they may narrow the keys; all else is judged on the rows of the past.
  const keys = [...fixedConditions(filter, parameters, 'k'), `k.first_position <= ${position}`];
  return `(SELECT * FROM read_model.agreement AS k WHERE ${keys.join(' AND ')}) AS ak
    CROSS JOIN LATERAL (SELECT * FROM read_model.agreement_history AS h
      WHERE h.agreement_id = ak.agreement_id AND h.from_position <= ${position} ORDER BY h.from_position DESC LIMIT 1) AS a
    ${join} read_model.indicator AS ik ON ik.agreement_id = ak.agreement_id AND ik.first_position <= ${position}
    ${join} LATERAL (SELECT * FROM read_model.indicator_history AS h
      WHERE h.agreement_id = ik.agreement_id AND h.indicator_id = ik.indicator_id AND h.from_position <= ${position}
      ORDER BY h.from_position DESC LIMIT 1) AS i ON i.present
    ${join} ${keysOfStandings} AS sk
      ON sk.agreement_id = i.agreement_id AND sk.indicator_id = i.indicator_id AND sk.first_position <= ${position}
    ${join} LATERAL ${newestInSight(standingTable, sight, parameters, 'sk', position)} AS s ON s.present`;
}

/** Of rows that a table has for each agreement: what never changes there. */
export function fixedConditions(filter: StandingsFilter, parameters: Parameters, alias: string): string[] {
  const { fiscalYear, province, provinces, agreement } = filter;
  return [
    ...equal(`${alias}.province`, province, parameters),
    ...(provinces === undefined ? [] : [`${alias}.province = ANY(${parameters.add(provinces)}::text[])`]),
    ...equal(`${alias}.fiscal_year`, fiscalYear, parameters),
    ...equal(`${alias}.agreement_id`, agreement, parameters),
  ];
}

function conditionsOf(filter: StandingsFilter, parameters: Parameters, status: string): string[] {
  const { effectiveOn } = filter;
  return [
    'a.present',
    ...fixedConditions(filter, parameters, 'a'),
    ...equal('a.level', filter.level, parameters),
    ...equal('a.scheme_id', filter.scheme, parameters),
    ...equal('i.office_id', filter.office, parameters),
    ...equal('i.goal_number', filter.goal, parameters),
    ...equal('s.round', filter.round, parameters),
    ...equal(status, filter.status, parameters),
    ...(effectiveOn === undefined
      ? []
      : [`(a.effective_on IS NULL OR a.effective_on <= ${parameters.add(effectiveOn)}::date)`]),
  ];
}

export function equal(column: string, value: unknown, parameters: Parameters): string[] {
  return value === undefined ? [] : [`${column} = ${parameters.add(value)}`];
}
