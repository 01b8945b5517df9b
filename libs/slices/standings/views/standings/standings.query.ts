import type { EntityManager } from 'typeorm';
import type { Sight } from '@khamrap/platform/access';
import { JUDGED_STATUSES } from '../../domain/judgement';
import type { AgreementStandingRow, StandingRow, StoredStandingRow } from './standings.rows';
import { asAnswered } from './standings.rows';
import { changesInSight } from './rows-in-sight';
import {
  Parameters,
  standingsStatement,
  type StandingsFilter,
  type StandingsStatement,
  type View,
} from './standings.sql';
import { standingTable } from './standings.tables';

/** Where a page ended: the sort keys of its last row. */
export type StandingsCursor = readonly [agreementId: string, displayOrder: string, indicatorId: string, period: string];
export type AgreementsCursor = readonly [agreementId: string];

const OF_AGREEMENT_AND_INDICATOR = `
  a.agreement_id AS "agreementId", a.title AS "agreementTitle", a.level AS "agreementLevel", a.status AS "agreementStatus",
  a.basis, a.fiscal_year AS "fiscalYear", a.province, a.scheme_id AS "schemeId", a.rule_version AS "ruleVersion",
  i.indicator_id AS "indicatorId", i.display_order AS "displayOrder",
  i.display_number AS "displayNumber", i.printed_number AS "printedNumber", i.parent_indicator_id AS "parentIndicatorId",
  i.goal_number AS "goalNumber", i.name, i.name_en AS "nameEn", i.kind, i.unit, i.direction, i.accumulation,
  i.office_id AS "officeId", i.office_name AS "officeName", i.lead_person AS "leadPerson", i.keepers, i.weights,
  i.cancelled_from_round AS "cancelledFromRound"`;

/** Columns of a standing by their names in the answer; those with a type are written as text. */
const OF_STANDING: readonly (readonly [
  column: string,
  name: string,
  type?: 'numeric' | 'date' | 'integer' | 'boolean' | 'uuid',
])[] = [
  ['round', 'round'],
  ['target', 'target', 'numeric'],
  ['target_unit', 'targetUnit'],
  ['target_span', 'targetSpan'],
  ['target_as_printed', 'targetAsPrinted'],
  ['target_event_id', 'targetEventId', 'uuid'],
  ['target_details', 'targetDetails'],
  ['figure_kind', 'figureKind'],
  ['actual', 'actual', 'numeric'],
  ['actual_unit', 'actualUnit'],
  ['actual_as_printed', 'actualAsPrinted'],
  ['actual_event_id', 'actualEventId', 'uuid'],
  ['actual_details', 'actualDetails'],
  ['finality', 'finality'],
  ['as_of', 'asOf', 'date'],
  ['evidence_count', 'evidenceCount', 'integer'],
  ['is_certified', 'isCertified', 'boolean'],
  ['status', 'status'],
  ['status_reason', 'statusReason'],
  ['attainment_percent', 'attainmentPercent', 'numeric'],
  ['gap', 'gap', 'numeric'],
  ['score', 'score', 'numeric'],
  ['score_basis', 'scoreBasis'],
  ['score_reason', 'scoreReason'],
  ['self_score', 'selfScore', 'numeric'],
  ['evaluator_score', 'evaluatorScore', 'numeric'],
];
const AS_TEXT: readonly unknown[] = ['numeric', 'date'];

function columnsOf({ column, weight }: Pick<StandingsStatement, 'column' | 'weight'>): string {
  const ofStanding = OF_STANDING.map(([name, answered, type]) => {
    const cast = AS_TEXT.includes(type) ? '::text' : '';
    return `(${column(name, type)})${cast} AS "${answered}"`;
  });
  return `${OF_AGREEMENT_AND_INDICATOR}, coalesce((${weight})::text, 'notStated') AS weight, s.period, s.versions,
    ${ofStanding.join(', ')}, s.from_position AS "changedAtPosition",
    to_char(to_timestamp(s.from_recorded_at_ms / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "changedAt"`;
}

/** Standings in the order of agreement, display number, span; `countMax` + 1 rows at the most, to tell whether more follow. */
export async function findStandings(
  manager: EntityManager,
  view: View,
  filter: StandingsFilter,
  after: StandingsCursor | undefined,
  countMax: number,
): Promise<StandingRow[]> {
  const parameters = new Parameters();
  const statement = standingsStatement(view, filter, parameters, 'JOIN');
  const conditions = [...statement.conditions];
  if (after) {
    const keys = after.map((key) => parameters.add(key)).join(', ');
    conditions.push(`(a.agreement_id, i.display_order, i.indicator_id, s.period) > (${keys})`);
  }
  const rows = await manager.query<StoredStandingRow[]>(
    `SELECT ${columnsOf(statement)} FROM ${statement.from} WHERE ${conditions.join(' AND ')}
     ORDER BY a.agreement_id, i.display_order, i.indicator_id, s.period LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
  return rows.map(asAnswered);
}

/** Agreements with their standings counted, in the order of their ids. */
export async function findAgreementStandings(
  manager: EntityManager,
  view: View,
  filter: StandingsFilter,
  after: AgreementsCursor | undefined,
  countMax: number,
): Promise<AgreementStandingRow[]> {
  const parameters = new Parameters();
  const statement = standingsStatement(view, filter, parameters, 'LEFT JOIN');
  const conditions = [...statement.conditions];
  const status = statement.column('status');
  if (after) conditions.push(`a.agreement_id > ${parameters.add(after[0])}`);
  return manager.query<AgreementStandingRow[]>(
    `SELECT a.agreement_id AS "agreementId", min(a.title) AS title, min(a.level) AS level, min(a.status) AS status,
            min(a.basis) AS basis, min(a.fiscal_year) AS "fiscalYear", min(a.province) AS province,
            min(a.period_from)::text AS "periodFrom", min(a.period_to)::text AS "periodTo",
            min(a.maker_office_id) AS "officeId", min(a.maker_office_name) AS "officeName",
            min(a.announced_on)::text AS "announcedOn", min(a.effective_on)::text AS "effectiveOn",
            min(a.scheme_id) AS "schemeId", min(a.rule_version) AS "ruleVersion",
            count(DISTINCT i.indicator_id)::int AS "indicatorCount",
            count(*) FILTER (WHERE ${status} = ANY(${parameters.add(JUDGED_STATUSES)}::text[]))::int AS "targetsJudged",
            count(*) FILTER (WHERE ${status} = 'achieved')::int AS "targetsMet",
            (SELECT coalesce(jsonb_object_agg(status, n), '{}') FROM (
               SELECT status, count(*) AS n FROM unnest(array_agg(${status})) AS each(status)
               WHERE status IS NOT NULL GROUP BY status) AS counted
            ) AS "byStatus"
     FROM ${statement.from} WHERE ${conditions.join(' AND ')}
     GROUP BY a.agreement_id ORDER BY a.agreement_id LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
}

/** A standing from one position on: as it is, or (`present` is false) as it was last, where it has ceased to be. */
export interface StandingChange {
  readonly present: boolean;
  readonly row: StandingRow;
}

const AS_IT_IS: Pick<StandingsStatement, 'column' | 'weight'> = { column: (name) => `s.${name}`, weight: 'i.weight' };

/**
 * What changed after one position and up to another, as far as somebody sees it, in the order of positions: what the live stream
 * sends. Each row stands beside its agreement and indicator as they were then, so the same question has the same answer for ever.
 */
export async function findChanges(
  manager: EntityManager,
  sight: Sight,
  after: number,
  upTo: number,
): Promise<StandingChange[]> {
  const parameters = new Parameters();
  const window = `s.from_position > ${parameters.add(after)} AND s.from_position <= ${parameters.add(upTo)}`;
  const rows = await manager.query<(StoredStandingRow & { present: boolean })[]>(
    `SELECT ${columnsOf(AS_IT_IS)}, s.present
     FROM ${changesInSight(standingTable, sight, parameters)} AS s
     CROSS JOIN LATERAL (SELECT * FROM read_model.agreement_history AS h
       WHERE h.agreement_id = s.agreement_id AND h.from_position <= s.from_position
       ORDER BY h.from_position DESC LIMIT 1) AS a
     CROSS JOIN LATERAL (SELECT * FROM read_model.indicator_history AS h
       WHERE h.agreement_id = s.agreement_id AND h.indicator_id = s.indicator_id AND h.from_position <= s.from_position
       ORDER BY h.from_position DESC LIMIT 1) AS i
     WHERE ${window} ORDER BY s.from_position, i.display_order, i.indicator_id, s.period`,
    parameters.values,
  );
  return rows.map(({ present, ...row }) => ({ present, row: asAnswered(row) }));
}

export type { AgreementStandingRow, StandingRow } from './standings.rows';
