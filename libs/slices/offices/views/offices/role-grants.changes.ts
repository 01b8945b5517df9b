import type { InspectorAssigned } from '@khamrap/inspections/events';
import { NOT_STATED } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ColumnValue, ProjectionWriter, RowChange } from '@khamrap/platform/projections';
import type { DelegationGranted, RoleGranted } from '../../domain/office.events';
import { roleGrantTable } from './offices.tables';

type Row = Readonly<Record<string, ColumnValue>>;

/** What a batch changes of roles that were given, in the order of its events. */
export class RoleGrantChanges {
  readonly made: RowChange[] = [];

  /** @param rows by grant; they go along with the events */
  constructor(private readonly rows: Map<string, Row>) {}

  grantRole(event: DecodedEvent, officeId: string, data: RoleGranted['data']): void {
    const { grantId, grantee, role, scope, from, to, reason, grantedBy } = data;
    this.#tell(event, {
      ...notEnded(event),
      grant_id: grantId,
      kind: 'role',
      office_id: officeId,
      grantee,
      role,
      scope_kind: scope.kind,
      scope_value: scope.value ?? null,
      provinces: null,
      covers_below: true,
      permissions: null,
      begun_on: from,
      last_on: to ?? null,
      reason,
      granted_by: grantedBy,
    });
  }

  /** Of a delegation it may not be known who acts: it gives no role. */
  delegate(event: DecodedEvent, officeId: string, data: DelegationGranted['data']): void {
    const { delegationId, delegate, scope, coversBelow = false, from, to, orderReference } = data;
    if (delegate === undefined) return;
    this.#tell(event, {
      ...notEnded(event),
      grant_id: delegationId,
      kind: 'delegation',
      office_id: officeId,
      grantee: delegate,
      role: 'delegate',
      scope_kind: 'office',
      scope_value: officeId,
      provinces: null,
      covers_below: coversBelow,
      permissions: JSON.stringify(scope),
      begun_on: dayOrNull(from),
      last_on: to ?? null,
      reason: orderReference ?? null,
      granted_by: event.actor.id,
    });
  }

  /** Whoever is assigned to inspect is an inspector, for the provinces that were assigned. */
  assign(event: DecodedEvent, data: InspectorAssigned['data']): void {
    const { assignmentId, inspector, officeId, zone, provinces, from, to, reason, assignedBy } = data;
    this.#tell(event, {
      ...notEnded(event),
      grant_id: assignmentId,
      kind: 'assignment',
      office_id: officeId,
      grantee: inspector,
      role: 'inspector',
      scope_kind: 'zone',
      scope_value: zone.zoneId,
      provinces: JSON.stringify(provinces),
      covers_below: true,
      permissions: null,
      begun_on: from,
      last_on: to ?? null,
      reason,
      granted_by: assignedBy,
    });
  }

  end(event: DecodedEvent, grantId: string, { on, reason }: { readonly on: string; readonly reason?: string }): void {
    const row = this.rows.get(grantId);
    if (!row) return;
    this.#tell(event, {
      ...row,
      has_ended: true,
      ended_on: dayOrNull(on),
      end_reason: reason ?? null,
      ended_by: event.actor.id,
      ended_at_ms: event.recordedAtMs,
      ended_position: event.position,
    });
  }

  #tell(event: DecodedEvent, row: Row): void {
    this.rows.set(String(row['grant_id']), row);
    this.made.push({ row, present: true, position: event.position, recordedAtMs: event.recordedAtMs });
  }
}

/** What events name a grant by. */
const ID_FIELDS = ['grantId', 'delegationId', 'assignmentId'] as const;

/** The rows that the events of a batch may change, as they stood before it. */
export function storedRoleGrants(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<Map<string, Row>> {
  const named = batch.flatMap(({ data }) => ID_FIELDS.map((field) => data[field]));
  return roleGrantTable.stored(
    writer,
    named.filter((id) => typeof id === 'string'),
  );
}

function notEnded({ recordedAtMs, position }: DecodedEvent): Row {
  return {
    granted_at_ms: recordedAtMs,
    granted_position: position,
    has_ended: false,
    ended_on: null,
    end_reason: null,
    ended_by: null,
    ended_at_ms: null,
    ended_position: null,
  };
}

function dayOrNull(day: string): string | null {
  return day === NOT_STATED ? null : day;
}
