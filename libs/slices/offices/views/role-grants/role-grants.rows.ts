import type { IsoDate } from '@khamrap/kernel';
import { ROLES, type Permission, type RoleName, type Sight } from '@khamrap/platform/access';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { officeTable, roleGrantTable, rowsAt } from '../offices/offices.tables';
import type { ZoneOnDay } from '../zones/zones.rows';
import type { RoleGrantItem, RoleGrantsQuery } from './role-grants.answer';

export interface RoleGrantsFilter {
  readonly query: RoleGrantsQuery;
  /** Whose reach shows it. */
  readonly sight: Sight;
  /** As they were on the day of the answer. */
  readonly zones: readonly ZoneOnDay[];
}

type StoredRoleGrant = Omit<
  RoleGrantItem,
  'permissions' | 'provinces' | 'grantedAt' | 'grantedPosition' | 'endedAt' | 'endedPosition'
> & {
  readonly permissions: string | null;
  readonly provinces: string | null;
  readonly granted_at_ms: string;
  readonly granted_position: string;
  readonly ended_at_ms: string | null;
  readonly ended_position: string | null;
};

/** Roles in the order of their identifiers; one more than the page holds, to tell whether more follow. */
export async function findRoleGrants(
  manager: EntityManager,
  at: Standpoint,
  filter: RoleGrantsFilter,
  after: string | undefined,
): Promise<RoleGrantItem[]> {
  const values: unknown[] = [at.position];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    ...fieldConditions(filter.query, after, parameter),
    ...dayConditions(filter.query.effectiveOn, parameter),
    ...placeConditions(filter, parameter),
  ];
  const rows = await manager.query<StoredRoleGrant[]>(
    `SELECT grant_id AS "grantId", role_grant.kind, grantee, role, permissions, scope_kind AS "scopeKind",
            scope_value AS "scopeValue", provinces, covers_below AS "coversBelow", role_grant.office_id AS "officeId",
            begun_on::text AS "from", last_on::text AS "to", reason, granted_by AS "grantedBy", granted_at_ms,
            granted_position, ended_on::text AS "endedOn", end_reason AS "endReason", ended_by AS "endedBy", ended_at_ms,
            ended_position
     FROM ${rowsAt(roleGrantTable, at)} AS role_grant
     LEFT JOIN ${rowsAt(officeTable, at)} AS scope_office ON scope_kind = 'office' AND scope_office.office_id = scope_value
     LEFT JOIN ${rowsAt(officeTable, at)} AS kept_at ON kept_at.office_id = role_grant.office_id
     WHERE ${['true', ...conditions].join(' AND ')}
     ORDER BY grant_id LIMIT ${parameter(filter.query.limit + 1)}`,
    values,
  );
  return rows.map(itemOf);
}

type ParameterOf = (value: unknown) => string;

function fieldConditions(query: RoleGrantsQuery, after: string | undefined, parameter: ParameterOf): string[] {
  const { grantee, office, role, permission, scopeKind } = query;
  return [
    ...(grantee === undefined ? [] : [`grantee = ${parameter(grantee)}`]),
    ...(office === undefined ? [] : [`role_grant.office_id = ${parameter(office)}`]),
    ...(role === undefined ? [] : [`role = ${parameter(role)}`]),
    ...(permission === undefined
      ? []
      : [
          `role = ANY(${parameter(rolesThatAllow(permission))})`,
          `(permissions IS NULL OR permissions::jsonb ? ${parameter(permission)})`,
        ]),
    ...(scopeKind === undefined ? [] : [`scope_kind = ${parameter(scopeKind)}`]),
    ...(after === undefined ? [] : [`grant_id > ${parameter(after)}`]),
  ];
}

function rolesThatAllow(permission: Permission): string[] {
  return (Object.keys(ROLES) as RoleName[]).filter((role) =>
    (ROLES[role] as readonly Permission[]).includes(permission),
  );
}

/** What was ended in the course of the day held on a part of it; an end that is not stated counts from its recording. */
function dayConditions(day: IsoDate | undefined, parameter: ParameterOf): string[] {
  if (day === undefined) return [];
  const on = `${parameter(day)}::date`;
  const recordedOn = `(to_timestamp(ended_at_ms / 1000.0) AT TIME ZONE 'Asia/Bangkok')::date`;
  return [
    `begun_on <= ${on}`,
    `(last_on IS NULL OR last_on >= ${on})`,
    `(NOT has_ended OR coalesce(ended_on, ${recordedOn}) >= ${on})`,
    `(scope_office.status IS DISTINCT FROM 'dissolved' OR scope_office.dissolved_on >= ${on})`,
    `(role_grant.kind <> 'assignment' OR kept_at.status IS DISTINCT FROM 'dissolved' OR kept_at.dissolved_on >= ${on})`,
  ];
}

function placeConditions({ query: { province }, sight, zones }: RoleGrantsFilter, parameter: ParameterOf): string[] {
  const zonesWith = (each: string) => zonesThat(zones, (held) => held.includes(each));
  const reaching =
    province === undefined
      ? []
      : [
          `(scope_kind = 'nation' OR (scope_kind = 'province' AND scope_value = ${parameter(province)})
            OR scope_office.province = ${parameter(province)}
            OR (scope_kind = 'indicator' AND kept_at.province = ${parameter(province)})
            OR (provinces IS NULL AND scope_kind = 'zone' AND scope_value = ANY(${parameter(zonesWith(province))}))
            OR provinces::jsonb ? ${parameter(province)})`,
        ];
  if (sight.kind === 'all') return reaching;
  const { provinces } = sight;
  // These are registered offices, and an id is registered once: it stands in one province.
  const offices = sight.offices.map(({ office }) => office);
  const within = zonesThat(zones, (held) => held.length > 0 && held.every((each) => provinces.includes(each)));
  return [
    ...reaching,
    `((scope_kind = 'province' AND scope_value = ANY(${parameter(provinces)}))
      OR (scope_kind = 'office' AND (scope_value = ANY(${parameter(offices)}) OR scope_office.province = ANY(${parameter(provinces)})))
      OR (scope_kind = 'indicator'
        AND (role_grant.office_id = ANY(${parameter(offices)}) OR kept_at.province = ANY(${parameter(provinces)})))
      OR (provinces IS NULL AND scope_kind = 'zone' AND scope_value = ANY(${parameter(within)}))
      OR provinces::jsonb <@ to_jsonb(${parameter(provinces)}::text[]))`,
  ];
}

function zonesThat(zones: readonly ZoneOnDay[], isMeant: (provinces: readonly string[]) => boolean): string[] {
  return zones.filter(({ provinces }) => isMeant(provinces)).map(({ zoneId }) => zoneId);
}

function itemOf(row: StoredRoleGrant): RoleGrantItem {
  const { permissions, provinces, granted_at_ms, granted_position, ended_at_ms, ended_position, ...rest } = row;
  return {
    ...rest,
    permissions: permissions === null ? null : (JSON.parse(permissions) as string[]),
    provinces: provinces === null ? null : (JSON.parse(provinces) as string[]),
    grantedAt: new Date(Number(granted_at_ms)).toISOString(),
    grantedPosition: Number(granted_position),
    endedAt: ended_at_ms === null ? null : new Date(Number(ended_at_ms)).toISOString(),
    endedPosition: ended_position === null ? null : Number(ended_position),
  };
}
