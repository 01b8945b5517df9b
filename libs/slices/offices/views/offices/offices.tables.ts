import { VersionedTable, type Standpoint } from '@khamrap/platform/projections';

/** Offices by their readable codes, each as it is last told. */
export const officeTable = new VersionedTable({
  name: 'office',
  key: { office_id: 'text' },
  columns: {
    name_th: 'text',
    name_en: 'text',
    kind: 'text',
    province: 'text',
    parent_office_id: 'text',
    area: 'text',
    telephone: 'text',
    email: 'text',
    status: 'text',
    dissolved_on: 'date',
    successor_office_id: 'text',
  },
  indexes: ['(province, office_id)', '(parent_office_id, office_id)'],
});

/** Who held which post: `tenure` is the revision of the appointment. A day that is not stated is null. */
export const tenureTable = new VersionedTable({
  name: 'office_tenure',
  key: { office_id: 'text', tenure: 'integer' },
  columns: {
    person_name: 'text',
    position_title: 'text',
    begun_on: 'date',
    has_left: 'boolean',
    left_on: 'date',
    end_reason: 'text',
  },
});

/** Inspection zones that events speak of. */
export const zoneTable = new VersionedTable({
  name: 'inspection_zone',
  key: { zone_id: 'text' },
  columns: { scheme: 'text', office_id: 'text', number: 'integer', name_th: 'text', name_en: 'text' },
});

/** Their provinces, a JSON text, from a day on (`notStated` where it is not stated). */
export const zoneProvincesTable = new VersionedTable({
  name: 'inspection_zone_provinces',
  key: { zone_id: 'text', effective_from: 'text' },
  columns: { provinces: 'text', basis: 'text' },
});

/**
 * Roles that were given: by a grant, by a delegation of which it is known who acts, by an assignment to inspect. Days are those
 * that were stated, null where none was. `permissions` and `provinces` are JSON texts, null where the role allows all that it
 * allows, and holds for whatever its scope holds.
 */
export const roleGrantTable = new VersionedTable({
  name: 'role_grant',
  key: { grant_id: 'text' },
  columns: {
    kind: 'text',
    office_id: 'text',
    grantee: 'text',
    role: 'text',
    scope_kind: 'text',
    scope_value: 'text',
    provinces: 'text',
    covers_below: 'boolean',
    permissions: 'text',
    begun_on: 'date',
    last_on: 'date',
    reason: 'text',
    granted_by: 'text',
    granted_at_ms: 'bigint',
    granted_position: 'bigint',
    has_ended: 'boolean',
    ended_on: 'date',
    end_reason: 'text',
    ended_by: 'text',
    ended_at_ms: 'bigint',
    ended_position: 'bigint',
  },
  indexes: ['(grantee, grant_id)', '(office_id, grant_id)'],
});

export const officesTables = [officeTable, tenureTable, zoneTable, zoneProvincesTable, roleGrantTable];

/** What a row keeps for as long as it is there: by these, keys are narrowed before their past is looked up. */
const FIXED: ReadonlyMap<VersionedTable, readonly string[]> = new Map([
  [officeTable, ['kind', 'province', 'parent_office_id']],
  [roleGrantTable, ['kind', 'office_id', 'grantee', 'role', 'scope_kind', 'scope_value']],
]);

/** The rows of a table as they stand, or stood, at the position `$1`: for the FROM of a statement. */
export function rowsAt(table: VersionedTable, { past }: Standpoint): string {
  if (!past) return `(SELECT * FROM read_model.${table.name} WHERE present AND from_position <= $1)`;
  // Each key that was there is looked up once, so the cost does not grow with how often it changed.
  const keys = Object.keys(table.options.key);
  const fixed = new Set([...keys, ...(FIXED.get(table) ?? [])]);
  const columns = [...keys, ...Object.keys(table.options.columns)];
  return `(SELECT ${columns.map((name) => `${fixed.has(name) ? 'k' : 'h'}.${name}`).join(', ')}
           FROM read_model.${table.name} AS k
           CROSS JOIN LATERAL (SELECT * FROM read_model.${table.history} AS h
             WHERE ${keys.map((name) => `h.${name} = k.${name}`).join(' AND ')} AND h.from_position <= $1
             ORDER BY h.from_position DESC LIMIT 1) AS h
           WHERE k.first_position <= $1 AND h.present)`;
}
