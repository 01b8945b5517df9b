import type { InspectorAssigned, InspectorAssignmentEnded } from '@khamrap/inspections/events';
import { NOT_STATED } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import {
  writeTogether,
  type ColumnValue,
  type ProjectionDefinition,
  type ProjectionFold,
  type ProjectionWriter,
  type RowChange,
} from '@khamrap/platform/projections';
import type {
  DelegationEnded,
  DelegationGranted,
  HolderAppointed,
  HolderEnded,
  OfficeDissolved,
  OfficeRegistered,
  OfficeRenamed,
  RoleEnded,
  RoleGranted,
} from '../../domain/office.events';
import type { ZoneEvent } from '../../domain/zone.events';
import { RoleGrantChanges, storedRoleGrants } from './role-grants.changes';
import {
  officesTables,
  officeTable,
  roleGrantTable,
  tenureTable,
  zoneProvincesTable,
  zoneTable,
} from './offices.tables';

export const OFFICES = 'offices';

type Row = Readonly<Record<string, ColumnValue>>;
type GrantEvent =
  RoleGranted | RoleEnded | DelegationGranted | DelegationEnded | InspectorAssigned | InspectorAssignmentEnded;
type ListedEvent =
  OfficeRegistered | OfficeRenamed | OfficeDissolved | HolderAppointed | HolderEnded | GrantEvent | ZoneEvent;

const EVENT_TYPES: readonly ListedEvent['type'][] = [
  'OfficeRegistered',
  'OfficeRenamed',
  'OfficeDissolved',
  'HolderAppointed',
  'HolderEnded',
  'RoleGranted',
  'RoleEnded',
  'DelegationGranted',
  'DelegationEnded',
  'ZoneRegistered',
  'ZoneProvincesSet',
  'InspectorAssigned',
  'InspectorAssignmentEnded',
];

/** The lists of offices, of who held their posts and who was given which role, and of inspection zones. */
export const officesProjection: ProjectionDefinition = {
  name: OFFICES,
  version: 3,
  eventTypes: EVENT_TYPES,
  tables: officesTables.flatMap((table) => [table.name, table.history]),
  createTables: (schema) => officesTables.flatMap((table) => table.createStatements(schema)),
  begin: (): ProjectionFold => ({ project }),
};

// What a batch changes is read from the tables before it, so nothing is remembered from one batch to the next.
async function project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const changes = new Changes(
    await storedOffices(batch, writer),
    await openTenures(batch, writer),
    new RoleGrantChanges(await storedRoleGrants(batch, writer)),
  );
  for (const event of batch) changes.take(event);
  await writeTogether(writer, [
    [officeTable, changes.offices],
    [tenureTable, changes.tenures],
    [zoneTable, changes.zones],
    [zoneProvincesTable, changes.zoneProvinces],
    [roleGrantTable, changes.roleGrants.made],
  ]);
}

/** What a batch changes, in the order of its events. */
class Changes {
  readonly offices: RowChange[] = [];
  readonly tenures: RowChange[] = [];
  readonly zones: RowChange[] = [];
  readonly zoneProvinces: RowChange[] = [];

  /** The rows are by office; they go along with the events. */
  constructor(
    private readonly officeRows: Map<string, Row>,
    private readonly openTenureRows: Map<string, Row>,
    readonly roleGrants: RoleGrantChanges,
  ) {}

  take(event: DecodedEvent): void {
    const stated = event as unknown as ListedEvent;
    switch (stated.type) {
      case 'OfficeRegistered':
        return this.#tell(event, officeRow(officeIdOf(event), stated.data));
      case 'OfficeRenamed': {
        const { nameTh, nameEn } = stated.data;
        return this.#tell(event, { ...this.#office(event), name_th: nameTh, name_en: nameEn ?? null });
      }
      case 'OfficeDissolved': {
        const { on, successorOfficeId } = stated.data;
        const end = {
          status: 'dissolved',
          dissolved_on: dayOrNull(on),
          successor_office_id: successorOfficeId ?? null,
        };
        return this.#tell(event, { ...this.#office(event), ...end });
      }
      case 'HolderAppointed':
        return this.#appoint(event, stated.data);
      case 'HolderEnded':
        return this.#end(event, stated.data);
      case 'RoleGranted':
        return this.roleGrants.grantRole(event, officeIdOf(event), stated.data);
      case 'RoleEnded':
        return this.roleGrants.end(event, stated.data.grantId, stated.data);
      case 'DelegationGranted':
        return this.roleGrants.delegate(event, officeIdOf(event), stated.data);
      case 'DelegationEnded':
        return this.roleGrants.end(event, stated.data.delegationId, stated.data);
      case 'InspectorAssigned':
        return this.roleGrants.assign(event, stated.data);
      case 'InspectorAssignmentEnded':
        return this.roleGrants.end(event, stated.data.assignmentId, stated.data);
      case 'ZoneRegistered': {
        const { scheme, officeId, number, nameTh, nameEn } = stated.data;
        const names = { name_th: nameTh, name_en: nameEn ?? null };
        const row = { zone_id: zoneIdIn(event), scheme, office_id: officeId ?? null, number: number ?? null, ...names };
        return void this.zones.push(change(event, row));
      }
      case 'ZoneProvincesSet': {
        const { provinces, effectiveFrom, basis } = stated.data;
        const key = { zone_id: zoneIdIn(event), effective_from: effectiveFrom };
        return void this.zoneProvinces.push(change(event, { ...key, provinces: JSON.stringify(provinces), basis }));
      }
    }
  }

  #tell(event: DecodedEvent, row: Row): void {
    this.officeRows.set(officeIdOf(event), row);
    this.offices.push(change(event, row));
  }

  #appoint(event: DecodedEvent, { personName, positionTitle, from, until }: HolderAppointed['data']): void {
    const row: Row = {
      office_id: officeIdOf(event),
      tenure: event.revision,
      person_name: personName,
      position_title: positionTitle,
      begun_on: dayOrNull(from),
      has_left: until !== undefined,
      left_on: dayOrNull(until),
      end_reason: until === undefined ? null : NOT_STATED,
    };
    if (until === undefined) this.openTenureRows.set(officeIdOf(event), row);
    this.tenures.push(change(event, row));
  }

  #end(event: DecodedEvent, { on, reason }: HolderEnded['data']): void {
    const open = this.openTenureRows.get(officeIdOf(event));
    if (!open) throw new Error(`${event.stream}: a holder ended whom nobody appointed`);
    this.openTenureRows.delete(officeIdOf(event));
    this.tenures.push(change(event, { ...open, has_left: true, left_on: dayOrNull(on), end_reason: reason }));
  }

  #office(event: DecodedEvent): Row {
    const row = this.officeRows.get(officeIdOf(event));
    if (!row) throw new Error(`${event.stream} has events before it was registered`);
    return row;
  }
}

async function storedOffices(batch: readonly DecodedEvent[], { client, schema }: ProjectionWriter) {
  const { rows } = await client.query<Row & { office_id: string }>(
    `SELECT office_id, name_th, name_en, kind, province, parent_office_id, area, telephone, email, status,
            dissolved_on::text, successor_office_id
     FROM ${schema}.${officeTable.name} WHERE office_id = ANY($1)`,
    [officeIdsIn(batch)],
  );
  return new Map<string, Row>(rows.map((row) => [row.office_id, row]));
}

async function openTenures(batch: readonly DecodedEvent[], { client, schema }: ProjectionWriter) {
  const { rows } = await client.query<Row & { office_id: string }>(
    `SELECT office_id, tenure, person_name, position_title, begun_on::text, has_left, left_on::text, end_reason
     FROM ${schema}.${tenureTable.name} WHERE office_id = ANY($1) AND NOT has_left`,
    [officeIdsIn(batch)],
  );
  return new Map<string, Row>(rows.map((row) => [row.office_id, row]));
}

function officeRow(officeId: string, data: OfficeRegistered['data']): Row {
  return {
    office_id: officeId,
    name_th: data.nameTh,
    name_en: data.nameEn ?? null,
    kind: data.kind,
    province: data.province ?? null,
    parent_office_id: data.parentOfficeId ?? null,
    area: data.area ?? null,
    telephone: data.contact?.telephone ?? null,
    email: data.contact?.email ?? null,
    status: 'registered',
    dissolved_on: null,
    successor_office_id: null,
  };
}

function officeIdsIn(batch: readonly DecodedEvent[]): string[] {
  return [...new Set(batch.filter(({ stream }) => stream.startsWith('office-')).map(officeIdOf))];
}

function officeIdOf({ stream }: Pick<DecodedEvent, 'stream'>): string {
  return stream.slice('office-'.length);
}

function zoneIdIn({ stream }: DecodedEvent): string {
  return stream.slice('zone-'.length);
}

function dayOrNull(day: string | undefined): string | null {
  return day === undefined || day === NOT_STATED ? null : day;
}

function change({ position, recordedAtMs }: DecodedEvent, row: Row): RowChange {
  return { row, present: true, position, recordedAtMs };
}
