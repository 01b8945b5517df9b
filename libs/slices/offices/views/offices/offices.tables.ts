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

export const officesTables = [officeTable, tenureTable, zoneTable, zoneProvincesTable];

/** The rows of a table as they stand, or stood, at the position `$1`: for the FROM of a statement. */
export function rowsAt(table: VersionedTable, { past }: Standpoint): string {
  if (!past) return `(SELECT * FROM read_model.${table.name} WHERE present AND from_position <= $1)`;
  const key = Object.keys(table.options.key).join(', ');
  return `(SELECT DISTINCT ON (${key}) * FROM read_model.${table.history} WHERE from_position <= $1
           ORDER BY ${key}, from_position DESC)`;
}
