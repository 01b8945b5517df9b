import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ColumnValue, ProjectionDefinition, ProjectionWriter, RowChange } from '@khamrap/platform/projections';
import type { AssignmentEvent, InspectorAssigned } from '../../domain/assignments/assignment.events';
import { assignmentTable } from './assignments.table';

export const ASSIGNMENTS = 'inspection_assignments';

type Row = Readonly<Record<string, ColumnValue>>;

const EVENT_TYPES: readonly AssignmentEvent['type'][] = ['InspectorAssigned', 'InspectorAssignmentEnded'];

/** The list of who was assigned to inspect what, and when. */
export const assignmentsProjection: ProjectionDefinition = {
  name: ASSIGNMENTS,
  version: 1,
  eventTypes: EVENT_TYPES,
  tables: [assignmentTable.name, assignmentTable.history],
  createTables: (schema) => assignmentTable.createStatements(schema),
  begin: () => ({ project }),
};

// What a batch changes is read from the table before it, so nothing is remembered from one batch to the next.
async function project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const ended = batch.filter(({ type }) => type === 'InspectorAssignmentEnded');
  const ids = ended.map(({ data }) => data['assignmentId'] as string);
  const rows = await assignmentTable.stored(writer, ids);
  const changes = batch.map((event): RowChange => {
    const row = rowAfter(rows, event);
    rows.set(String(row['assignment_id']), row);
    return { row, present: true, position: event.position, recordedAtMs: event.recordedAtMs };
  });
  await assignmentTable.write(writer, changes);
}

function rowAfter(rows: ReadonlyMap<string, Row>, event: DecodedEvent): Row {
  const { recordedAtMs, position } = event;
  const stated = event as unknown as AssignmentEvent;
  switch (stated.type) {
    case 'InspectorAssigned':
      return { ...rowOf(stated.data), assigned_at_ms: recordedAtMs, assigned_position: position };
    case 'InspectorAssignmentEnded': {
      const { assignmentId, on, reason, endedBy } = stated.data;
      const before = rows.get(assignmentId);
      if (!before) throw new Error(`${event.stream}: an assignment ended that nobody has given`);
      const end = { ended_on: on, end_reason: reason, ended_by: endedBy };
      return { ...before, ...end, ended_at_ms: recordedAtMs, ended_position: position };
    }
  }
}

function rowOf({ zone, basisDocument, ...data }: InspectorAssigned['data']): Row {
  return {
    assignment_id: data.assignmentId,
    inspector: data.inspector,
    level: data.level,
    office_id: data.officeId,
    zone_id: zone.zoneId,
    zone_provinces: JSON.stringify(zone.provinces),
    zone_stated_by: zone.statedBy,
    provinces: JSON.stringify(data.provinces),
    begun_on: data.from,
    last_on: data.to ?? null,
    reason: data.reason,
    document_reference: basisDocument?.reference ?? null,
    document_sha256: basisDocument?.sha256 ?? null,
    assigned_by: data.assignedBy,
    ended_on: null,
    end_reason: null,
    ended_by: null,
    ended_at_ms: null,
    ended_position: null,
  };
}
