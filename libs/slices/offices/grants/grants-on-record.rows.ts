import { isIsoDate, NOT_STATED, type IsoDate, type NotStated, type Position } from '@khamrap/kernel';
import { FULL_SIGHT } from '@khamrap/platform/access';
import { NotProjectedYet, type ReadModels } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import type { ScopeKind } from '../domain/office.events';
import { OFFICES } from '../views/offices/offices.projection';
import { GrantsOnRecord } from './grants-on-record';

interface OfficeRow {
  readonly office_id: string;
  readonly province: string | null;
  readonly parent_office_id: string | null;
  readonly dissolved_on: string | null;
  /** When it was recorded that it is dissolved; null while there is the office. */
  readonly dissolved_at_ms: string | null;
}

interface ZoneProvincesRow {
  readonly zone_id: string;
  readonly effective_from: string;
  readonly provinces: string;
  readonly basis: string;
}

interface RoleRow {
  readonly grant_id: string;
  readonly kind: 'role' | 'delegation' | 'assignment';
  readonly grantee: string;
  readonly role: string;
  readonly scope_kind: ScopeKind;
  readonly scope_value: string | null;
  readonly provinces: string | null;
  readonly office_id: string;
  readonly covers_below: boolean;
  readonly permissions: string | null;
  readonly begun_on: string | null;
  readonly last_on: string | null;
  readonly has_ended: boolean;
  readonly ended_on: string | null;
  readonly ended_at_ms: string | null;
}

const UNDEFINED_TABLE = '42P01';

/** The record as the read model tells it, and the position that it stands on; undefined while there is no such read model. */
export async function readGrantsOnRecord(
  readModels: ReadModels,
): Promise<{ readonly record: GrantsOnRecord; readonly position: Position } | undefined> {
  try {
    const { result: record, standpoint } = await readModels.read(OFFICES, {}, recordOf, FULL_SIGHT);
    return { record, position: standpoint.position };
  } catch (error) {
    // The build that is read may be one that knew of no roles: the next one is being made beside it.
    if (error instanceof NotProjectedYet || (error as { code?: unknown }).code === UNDEFINED_TABLE) return undefined;
    throw error;
  }
}

async function recordOf(manager: EntityManager): Promise<GrantsOnRecord> {
  const record = new GrantsOnRecord();
  const roles = await manager.query<RoleRow[]>(
    `SELECT grant_id, kind, grantee, role, scope_kind, scope_value, provinces, office_id, covers_below, permissions,
            begun_on::text, last_on::text, has_ended, ended_on::text, ended_at_ms
     FROM read_model.role_grant WHERE present`,
  );
  for (const row of roles) takeRole(record, row);
  const offices = await manager.query<OfficeRow[]>(
    `SELECT office_id, province, parent_office_id, dissolved_on::text,
            CASE status WHEN 'dissolved' THEN from_recorded_at_ms END AS dissolved_at_ms
     FROM read_model.office WHERE present`,
  );
  for (const { office_id, province, parent_office_id, dissolved_on, dissolved_at_ms } of offices) {
    record.register(office_id, {
      ...(province !== null && { province }),
      ...(parent_office_id !== null && { parentOfficeId: parent_office_id }),
    });
    if (dissolved_at_ms !== null) record.dissolve(office_id, dayOr(dissolved_on), Number(dissolved_at_ms));
  }
  const zones = await manager.query<ZoneProvincesRow[]>(
    'SELECT zone_id, effective_from, provinces, basis FROM read_model.inspection_zone_provinces WHERE present',
  );
  for (const { zone_id, effective_from, provinces, basis } of zones)
    record.cut(zone_id, { effectiveFrom: dayOr(effective_from), provinces: JSON.parse(provinces) as string[], basis });
  return record;
}

function takeRole(record: GrantsOnRecord, row: RoleRow): void {
  record.give(row.grant_id, {
    grantee: row.grantee,
    role: row.role,
    scope: { kind: row.scope_kind, ...(row.scope_value !== null && { value: row.scope_value }) },
    ...(row.provinces !== null && { provinces: JSON.parse(row.provinces) as string[] }),
    ...(row.kind === 'assignment' && { ofOffice: row.office_id }),
    ...(row.permissions !== null && { only: JSON.parse(row.permissions) as string[] }),
    coversBelow: row.covers_below,
    from: dayOr(row.begun_on),
    ...(row.last_on !== null && { until: row.last_on }),
  });
  // A role ends when that is recorded, whatever day is stated beside it; what else was given may end on a day that lies ahead.
  const endsOn = row.kind === 'role' ? NOT_STATED : dayOr(row.ended_on);
  if (row.has_ended) record.end(row.grant_id, endsOn, Number(row.ended_at_ms));
}

function dayOr(day: string | null): IsoDate | NotStated {
  return day !== null && isIsoDate(day) ? day : NOT_STATED;
}
