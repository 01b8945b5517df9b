import { VersionedTable, type Standpoint } from '@khamrap/platform/projections';

/** Assignments as they were last told. `zone_provinces` and `provinces` are JSON texts; days are null where none was stated. */
export const assignmentTable = new VersionedTable({
  name: 'inspection_assignment',
  key: { assignment_id: 'text' },
  columns: {
    inspector: 'text',
    level: 'text',
    office_id: 'text',
    zone_id: 'text',
    zone_provinces: 'text',
    zone_stated_by: 'text',
    provinces: 'text',
    begun_on: 'date',
    last_on: 'date',
    reason: 'text',
    document_reference: 'text',
    document_sha256: 'text',
    assigned_by: 'text',
    assigned_at_ms: 'bigint',
    assigned_position: 'bigint',
    ended_on: 'date',
    end_reason: 'text',
    ended_by: 'text',
    ended_at_ms: 'bigint',
    ended_position: 'bigint',
  },
  indexes: ['(inspector, assignment_id)', '(zone_id, assignment_id)'],
});

/** The rows as they stand, or stood, at the position `$1`: for the FROM of a statement. */
export function assignmentsAt({ past }: Standpoint): string {
  if (!past) return `(SELECT * FROM read_model.${assignmentTable.name} WHERE present AND from_position <= $1)`;
  return `(SELECT DISTINCT ON (assignment_id) * FROM read_model.${assignmentTable.history} WHERE from_position <= $1
           ORDER BY assignment_id, from_position DESC)`;
}
