import type { Sight } from '@khamrap/platform/access';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import type { AssignmentItem, AssignmentsQuery } from './assignments.answer';
import { assignmentsAt } from './assignments.table';

export interface AssignmentsFilter {
  readonly query: AssignmentsQuery;
  /** Whose reach shows it. */
  readonly sight: Sight;
}

type StoredAssignment = Omit<
  AssignmentItem,
  'provinces' | 'zoneProvinces' | 'assignedAt' | 'assignedPosition' | 'endedAt' | 'endedPosition'
> & {
  readonly provinces: string;
  readonly zone_provinces: string;
  readonly assigned_at_ms: string;
  readonly assigned_position: string;
  readonly ended_at_ms: string | null;
  readonly ended_position: string | null;
};

/** Assignments in the order of their identifiers; one more than the page holds, to tell whether more follow. */
export async function findAssignments(
  manager: EntityManager,
  at: Standpoint,
  filter: AssignmentsFilter,
  after: string | undefined,
): Promise<AssignmentItem[]> {
  const values: unknown[] = [at.position];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = conditionsOf(filter, after, parameter);
  const rows = await manager.query<StoredAssignment[]>(
    `SELECT assignment_id AS "assignmentId", inspector, level, office_id AS "officeId", zone_id AS "zoneId",
            zone_provinces, zone_stated_by AS "zoneStatedBy", provinces, begun_on::text AS "from",
            last_on::text AS "to", reason, document_reference AS "documentReference", document_sha256 AS "documentSha256",
            assigned_by AS "assignedBy", assigned_at_ms, assigned_position, ended_on::text AS "endedOn",
            end_reason AS "endReason", ended_by AS "endedBy", ended_at_ms, ended_position
     FROM ${assignmentsAt(at)} AS assignment WHERE ${['true', ...conditions].join(' AND ')}
     ORDER BY assignment_id LIMIT ${parameter(filter.query.limit + 1)}`,
    values,
  );
  return rows.map(itemOf);
}

function conditionsOf(
  { query, sight }: AssignmentsFilter,
  after: string | undefined,
  parameter: (value: unknown) => string,
): string[] {
  const equal = (column: string, value: unknown): string[] =>
    value === undefined ? [] : [`${column} = ${parameter(value)}`];
  return [
    ...equal('assignment_id', query.id),
    ...equal('inspector', query.inspector),
    ...equal('level', query.level),
    ...equal('office_id', query.office),
    ...equal('zone_id', query.zone),
    ...(query.province === undefined ? [] : [`provinces::jsonb ? ${parameter(query.province)}`]),
    ...(query.effectiveOn === undefined ? [] : [heldOn(`${parameter(query.effectiveOn)}::date`)]),
    // Like a role for a zone, it is seen where all of it lies within reach.
    ...(sight.kind === 'all' ? [] : [`provinces::jsonb <@ to_jsonb(${parameter(sight.provinces)}::text[])`]),
    ...(after === undefined ? [] : [`assignment_id > ${parameter(after)}`]),
  ];
}

/** What was ended in the course of the day held on a part of it. */
function heldOn(day: string): string {
  return `begun_on <= ${day} AND (last_on IS NULL OR last_on >= ${day}) AND (ended_on IS NULL OR ended_on >= ${day})`;
}

function itemOf(row: StoredAssignment): AssignmentItem {
  const { provinces, zone_provinces, assigned_at_ms, assigned_position, ended_at_ms, ended_position, ...rest } = row;
  return {
    ...rest,
    zoneProvinces: JSON.parse(zone_provinces) as string[],
    provinces: JSON.parse(provinces) as string[],
    assignedAt: new Date(Number(assigned_at_ms)).toISOString(),
    assignedPosition: Number(assigned_position),
    endedAt: ended_at_ms === null ? null : new Date(Number(ended_at_ms)).toISOString(),
    endedPosition: ended_position === null ? null : Number(ended_position),
  };
}
