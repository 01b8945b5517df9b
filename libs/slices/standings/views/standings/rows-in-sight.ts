import type { Sight } from '@khamrap/platform/access';
import { officeNames, officeNamesOf, type VersionedTable } from '@khamrap/platform/projections';
import { columnsInPublic, columnsThatDiffer } from './published-columns';
import type { Parameters } from './parameters';

/**
 * Rows of a table as somebody sees them now: in full within their sight, elsewhere what is published of them. Whoever sees
 * everything reads the table, and whoever sees nothing beyond what is published reads the view of that.
 *
 * This says which rows are asked for in full; that no others are answered in full the database sees to by itself.
 */
export function rowsInSight(table: VersionedTable, sight: Sight, parameters: Parameters): string {
  const [full, published] = namesOf(table);
  if (sight.kind === 'all') return full;
  if (isPublicSight(sight)) return published;
  const differing = columnsThatDiffer(table);
  const columns = [...columnsInPublic(table), 'first_position'].map((name) =>
    differing.has(name) ? `CASE WHEN f.present IS NULL THEN p.${name} ELSE f.${name} END AS ${name}` : `p.${name}`,
  );
  const key = keysOf(table).map((name) => `f.${name} = p.${name}`);
  return `(SELECT ${columns.join(', ')} FROM ${published} AS p
    LEFT JOIN ${full} AS f ON ${[...key, withinSight('p', table, sight, parameters)].join(' AND ')})`;
}

/** The newest row up to a position of the key that stands in `of`, as somebody sees it: to be joined laterally. */
export function newestInSight(
  table: VersionedTable,
  sight: Sight,
  parameters: Parameters,
  of: string,
  position: string,
): string {
  const key = keysOf(table).map((name) => `h.${name} = ${of}.${name}`);
  const newest = (columns: string, from: string, condition?: string): string =>
    `(SELECT ${columns} FROM ${from} AS h
      WHERE ${[...key, `h.from_position <= ${position}`, ...(condition === undefined ? [] : [condition])].join(' AND ')}
      ORDER BY h.from_position DESC LIMIT 1)`;
  const [full, published] = namesOf(table, 'history');
  if (sight.kind === 'all') return newest('*', full);
  if (isPublicSight(sight)) return newest('*', published);
  const columns = columnsInPublic(table).join(', ');
  const within = withinSight('h', table, sight, parameters);
  return `(SELECT * FROM (${newest(columns, full, within)} UNION ALL ${newest(columns, published, `NOT ${within}`)}) AS h
    ORDER BY h.from_position DESC LIMIT 1)`;
}

/** Everything that rows of a table were, as somebody sees it. */
export function changesInSight(table: VersionedTable, sight: Sight, parameters: Parameters): string {
  const [full, published] = namesOf(table, 'history');
  if (sight.kind === 'all') return full;
  if (isPublicSight(sight)) return published;
  const columns = columnsInPublic(table).join(', ');
  const within = withinSight('w', table, sight, parameters);
  return `(SELECT ${columns} FROM ${full} AS w WHERE ${within}
    UNION ALL SELECT ${columns} FROM ${published} AS w WHERE NOT ${within})`;
}

function namesOf({ name }: VersionedTable, shape?: 'history'): readonly [full: string, published: string] {
  const suffix = shape === undefined ? '' : `_${shape}`;
  return [`read_model.${name}${suffix}`, `read_model.${name}_public${suffix}`];
}

function keysOf({ options }: VersionedTable): readonly string[] {
  return Object.keys(options.key);
}

/** Whether a row lies within a sight: never null. */
export function withinSight(
  alias: string,
  table: VersionedTable,
  sight: Extract<Sight, { kind: 'within' }>,
  parameters: Parameters,
): string {
  const { provinces, offices, indicators } = sight;
  const listed = (names: readonly string[]): string => `${parameters.add(names)}::text[]`;
  const conditions = [
    ...(provinces.length > 0 ? [`coalesce(${alias}.province = ANY (${listed(provinces)}), false)`] : []),
    ...(offices.length > 0
      ? [
          `coalesce(${officeNamesOf(`${alias}.offices`, `${alias}.province`)} && ${listed(officeNames(offices))}, false)`,
        ]
      : []),
    ...(indicators.length > 0 && 'indicator_id' in table.options.key
      ? [`${alias}.indicator_id::text = ANY (${listed(indicators)})`]
      : []),
  ];
  return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
}

/** Whether somebody sees nothing but what is published. */
export function isPublicSight(sight: Sight): boolean {
  return (
    sight.kind === 'within' && [sight.provinces, sight.offices, sight.indicators].every(({ length }) => length === 0)
  );
}
