import type { EntityManager } from 'typeorm';
import type { Standpoint } from '@khamrap/platform/projections';
import { JUDGED_STATUSES, type Status } from '../../domain/judgement';

export interface StandingsFilter {
  readonly fiscalYear?: number;
  /** ISO 3166-2, such as `TH-54`. */
  readonly province?: string;
  readonly office?: string;
  readonly goal?: number;
  readonly agreement?: string;
  readonly status?: Status;
}

/** Where a page ended: the sort keys of its last row. */
export type StandingsCursor = readonly [agreementId: string, displayOrder: string, indicatorId: string, period: string];
export type AgreementsCursor = readonly [agreementId: string];

/** One indicator and span, as it stood. Decimals are texts with the precision of their source. */
export interface StandingRow {
  agreementId: string;
  agreementTitle: string;
  agreementStatus: string;
  basis: string;
  fiscalYear: number;
  province: string | null;
  indicatorId: string;
  displayOrder: string;
  displayNumber: string;
  printedNumber: string | null;
  parentIndicatorId: string | null;
  goalNumber: number | null;
  name: string;
  nameEn: string | null;
  unit: string;
  direction: string;
  /** `notStated` where the source does not say it: that is no weight of zero. */
  weight: string;
  officeId: string | null;
  officeName: string | null;
  leadPerson: string | null;
  period: string;
  target: string | null;
  targetUnit: string | null;
  targetSpan: string | null;
  targetAsPrinted: string | null;
  targetEventId: string | null;
  actual: string | null;
  actualUnit: string | null;
  actualAsPrinted: string | null;
  actualEventId: string | null;
  finality: string | null;
  asOf: string | null;
  evidenceCount: number | null;
  status: Status;
  attainmentPercent: string | null;
  gap: string | null;
  changedAtPosition: number;
  changedAt: string;
}

/** An agreement with the standings of its indicators counted. */
export interface AgreementStandingRow {
  agreementId: string;
  title: string;
  level: string;
  status: string;
  basis: string;
  fiscalYear: number;
  province: string | null;
  periodFrom: string;
  periodTo: string;
  officeId: string | null;
  officeName: string | null;
  announcedOn: string | null;
  effectiveOn: string | null;
  indicatorCount: number;
  targetsJudged: number;
  targetsMet: number;
  /** How many indicators and spans have each status. */
  byStatus: Partial<Record<Status, number>>;
}

const STANDING_COLUMNS = `
  a.agreement_id AS "agreementId", a.title AS "agreementTitle", a.status AS "agreementStatus", a.basis,
  a.fiscal_year AS "fiscalYear", a.province, i.indicator_id AS "indicatorId", i.display_order AS "displayOrder",
  i.display_number AS "displayNumber", i.printed_number AS "printedNumber", i.parent_indicator_id AS "parentIndicatorId",
  i.goal_number AS "goalNumber", i.name, i.name_en AS "nameEn", i.unit, i.direction, coalesce(i.weight::text, 'notStated') AS weight, i.office_id AS "officeId",
  i.office_name AS "officeName", i.lead_person AS "leadPerson", s.period, s.target::text, s.target_unit AS "targetUnit",
  s.target_span AS "targetSpan", s.target_as_printed AS "targetAsPrinted", s.target_event_id AS "targetEventId",
  s.actual::text, s.actual_unit AS "actualUnit", s.actual_as_printed AS "actualAsPrinted",
  s.actual_event_id AS "actualEventId", s.finality, s.as_of::text AS "asOf", s.evidence_count AS "evidenceCount", s.status,
  s.attainment_percent::text AS "attainmentPercent", s.gap::text, s.from_position AS "changedAtPosition",
  to_char(to_timestamp(s.from_recorded_at_ms / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "changedAt"`;

// Drafts stay inside: what parties have not undertaken is no standing.
const NOT_A_DRAFT = `a.present AND a.status <> 'draft'`;

/** Collects the parameters of a statement in the order in which its text names them. */
class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** Standings in the order of agreement, display number, span; `countMax` + 1 rows at the most, to tell whether more follow. */
export async function findStandings(
  manager: EntityManager,
  standpoint: Standpoint,
  filter: StandingsFilter,
  after: StandingsCursor | undefined,
  countMax: number,
): Promise<StandingRow[]> {
  const parameters = new Parameters();
  const from = standingsAt(standpoint, filter, parameters, 'JOIN');
  const conditions = conditionsOf(filter, parameters);
  if (after) {
    const keys = after.map((key) => parameters.add(key)).join(', ');
    conditions.push(`(a.agreement_id, i.display_order, i.indicator_id, s.period) > (${keys})`);
  }
  const rows = await manager.query<StandingRow[]>(
    `SELECT ${STANDING_COLUMNS} FROM ${from} WHERE ${conditions.join(' AND ')}
     ORDER BY a.agreement_id, i.display_order, i.indicator_id, s.period LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
  return rows.map(withNumbers);
}

/** Agreements with their standings counted, in the order of their ids. */
export async function findAgreementStandings(
  manager: EntityManager,
  standpoint: Standpoint,
  filter: StandingsFilter,
  after: AgreementsCursor | undefined,
  countMax: number,
): Promise<AgreementStandingRow[]> {
  const parameters = new Parameters();
  const from = standingsAt(standpoint, filter, parameters, 'LEFT JOIN');
  const conditions = conditionsOf(filter, parameters);
  if (after) conditions.push(`a.agreement_id > ${parameters.add(after[0])}`);
  return manager.query<AgreementStandingRow[]>(
    `SELECT a.agreement_id AS "agreementId", min(a.title) AS title, min(a.level) AS level, min(a.status) AS status,
            min(a.basis) AS basis, min(a.fiscal_year) AS "fiscalYear", min(a.province) AS province,
            min(a.period_from)::text AS "periodFrom", min(a.period_to)::text AS "periodTo",
            min(a.maker_office_id) AS "officeId", min(a.maker_office_name) AS "officeName",
            min(a.announced_on)::text AS "announcedOn", min(a.effective_on)::text AS "effectiveOn",
            count(DISTINCT i.indicator_id)::int AS "indicatorCount",
            count(*) FILTER (WHERE s.status = ANY(${parameters.add(JUDGED_STATUSES)}::text[]))::int AS "targetsJudged",
            count(*) FILTER (WHERE s.status = 'achieved')::int AS "targetsMet",
            (SELECT coalesce(jsonb_object_agg(status, n), '{}') FROM (
               SELECT status, count(*) AS n FROM unnest(array_agg(s.status)) AS each(status)
               WHERE status IS NOT NULL GROUP BY status) AS counted
            ) AS "byStatus"
     FROM ${from} WHERE ${conditions.join(' AND ')}
     GROUP BY a.agreement_id ORDER BY a.agreement_id LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
}

/** A standing from one position on: as it is, or (`present` is false) as it was last, where it has ceased to be. */
export interface StandingChange {
  readonly present: boolean;
  readonly row: StandingRow;
}

/**
 * What changed after one position and up to another, in the order of positions: what the live stream sends. Each row stands
 * beside its agreement and indicator as they were then, so the same question has the same answer for ever, and what was
 * changed in a draft stays inside.
 */
export async function findChanges(manager: EntityManager, after: number, upTo: number): Promise<StandingChange[]> {
  const rows = await manager.query<(StandingRow & { present: boolean })[]>(
    `SELECT ${STANDING_COLUMNS}, s.present
     FROM read_model.standing_history AS s
     CROSS JOIN LATERAL (SELECT * FROM read_model.agreement_history AS h
       WHERE h.agreement_id = s.agreement_id AND h.from_position <= s.from_position
       ORDER BY h.from_position DESC LIMIT 1) AS a
     CROSS JOIN LATERAL (SELECT * FROM read_model.indicator_history AS h
       WHERE h.agreement_id = s.agreement_id AND h.indicator_id = s.indicator_id AND h.from_position <= s.from_position
       ORDER BY h.from_position DESC LIMIT 1) AS i
     WHERE s.from_position > $1 AND s.from_position <= $2 AND ${NOT_A_DRAFT}
     ORDER BY s.from_position, i.display_order, i.indicator_id, s.period`,
    [after, upTo],
  );
  return rows.map(({ present, ...row }) => ({ present, row: withNumbers(row) }));
}

/**
 * The rows as they are now, or as they were: for the past, every key that existed by then is looked up once in each history,
 * so the cost grows with the number of indicators and not with the length of the history.
 * @param join `LEFT JOIN` keeps agreements without indicators
 */
function standingsAt(
  standpoint: Standpoint,
  filter: StandingsFilter,
  parameters: Parameters,
  join: 'JOIN' | 'LEFT JOIN',
): string {
  if (!standpoint.past) {
    return `read_model.agreement AS a
      ${join} read_model.indicator AS i ON i.agreement_id = a.agreement_id AND i.present
      ${join} read_model.standing AS s ON s.agreement_id = i.agreement_id AND s.indicator_id = i.indicator_id AND s.present`;
  }
  const position = parameters.add(standpoint.position);
  // Province, year and agreement never change, so they may narrow the keys; all else is judged on the rows of the past.
  const keys = [
    ...(filter.province === undefined ? [] : [`k.province = ${parameters.add(filter.province)}`]),
    ...(filter.fiscalYear === undefined ? [] : [`k.fiscal_year = ${parameters.add(filter.fiscalYear)}`]),
    ...(filter.agreement === undefined ? [] : [`k.agreement_id = ${parameters.add(filter.agreement)}`]),
    `k.first_position <= ${position}`,
  ];
  return `(SELECT * FROM read_model.agreement AS k WHERE ${keys.join(' AND ')}) AS ak
    CROSS JOIN LATERAL (SELECT * FROM read_model.agreement_history AS h
      WHERE h.agreement_id = ak.agreement_id AND h.from_position <= ${position} ORDER BY h.from_position DESC LIMIT 1) AS a
    ${join} read_model.indicator AS ik ON ik.agreement_id = ak.agreement_id AND ik.first_position <= ${position}
    ${join} LATERAL (SELECT * FROM read_model.indicator_history AS h
      WHERE h.agreement_id = ik.agreement_id AND h.indicator_id = ik.indicator_id AND h.from_position <= ${position}
      ORDER BY h.from_position DESC LIMIT 1) AS i ON i.present
    ${join} read_model.standing AS sk
      ON sk.agreement_id = i.agreement_id AND sk.indicator_id = i.indicator_id AND sk.first_position <= ${position}
    ${join} LATERAL (SELECT * FROM read_model.standing_history AS h
      WHERE h.agreement_id = sk.agreement_id AND h.indicator_id = sk.indicator_id AND h.period = sk.period
        AND h.from_position <= ${position} ORDER BY h.from_position DESC LIMIT 1) AS s ON s.present`;
}

function conditionsOf(filter: StandingsFilter, parameters: Parameters): string[] {
  const equal = (column: string, value: unknown): string[] =>
    value === undefined ? [] : [`${column} = ${parameters.add(value)}`];
  return [
    NOT_A_DRAFT,
    ...equal('a.fiscal_year', filter.fiscalYear),
    ...equal('a.province', filter.province),
    ...equal('a.agreement_id', filter.agreement),
    ...equal('i.office_id', filter.office),
    ...equal('i.goal_number', filter.goal),
    ...equal('s.status', filter.status),
  ];
}

function withNumbers(row: StandingRow): StandingRow {
  return { ...row, changedAtPosition: Number(row.changedAtPosition) };
}
