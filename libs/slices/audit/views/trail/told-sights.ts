import type { Permission, Sight } from '@khamrap/platform/access';
import { officeNames } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';

// One event is opened by one permission, another by two of them, each with a sight of its own: the database is told all of them.
// A sight is told as the names by which rows are found, one a line: `p TH-54` a province, `i …` an indicator, and offices as
// `officeNames` has them, which hold an @ before which no space stands.

const ALL = 'all';
const BETWEEN = '\n';

/** How far each permission lets somebody see. */
export type Sights = ReadonlyMap<Permission, Sight>;

/** The setting by which the database is told the sight of a permission; it ends with the transaction. */
export function settingOf(permission: Permission): string {
  return `khamrap.trail_${permission.replace('.', '_')}`;
}

export const provinceName = (province: string): string => `p ${province}`;
/** SQL: whether a name is that of a province; names of offices hold an @ before any space. */
export const isProvinceName = (name: string): string => `starts_with(${name}, '${provinceName('')}')`;
export const indicatorName = (indicatorId: string): string => `i ${indicatorId}`;

/**
 * Every statement of the trail looks a page of rows up, by an index and from there by keys. Where the database believes that
 * few rows more would fill the page it reads whole tables instead, and it knows too little of what a reader may have to be
 * believed.
 */
const LOOKED_UP = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'].map(
  (name) => [name, 'off'] as const,
);

/** Tells the database each sight. What it is not told, it takes for none. */
export async function tellSights(manager: EntityManager, sights: Sights): Promise<void> {
  const told = [
    ...LOOKED_UP,
    ...[...sights].map(([permission, sight]) => [settingOf(permission), valueOf(sight)] as const),
  ];
  await manager.query('SELECT set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS told(name, value)', [
    told.map(([name]) => name),
    told.map(([, value]) => value),
  ]);
}

/** Whether somebody sees nothing but what is published. */
export function seesNothing(sight: Sight): boolean {
  return valueOf(sight) === '';
}

function valueOf(sight: Sight): string {
  if (sight.kind === 'all') return ALL;
  const { provinces, offices, indicators } = sight;
  return [...provinces.map(provinceName), ...officeNames(offices), ...indicators.map(indicatorName)].join(BETWEEN);
}

/** SQL: whether a permission was told to see everything. */
export function seesAll(permission: Permission): string {
  return `${setting(permission)} = '${ALL}'`;
}

/** SQL: the names that a permission was told; asked for once a statement and not once a row. */
export function namesTold(permission: Permission): string {
  return `(SELECT string_to_array(current_setting('${settingOf(permission)}', true), E'\\n'))::text[]`;
}

const setting = (permission: Permission): string => `(SELECT current_setting('${settingOf(permission)}', true))`;
