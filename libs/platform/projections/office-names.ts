import type { OfficeInSight } from '@khamrap/platform/access';

// An office that stands in a province is not seen in another one, so offices are compared together with provinces, as texts:
// `TH-54@phrae-cdd` in Phrae, `@phrae-cdd` where no province is stated, `*@cdd` wherever it is. What stands before the first @
// holds none, so no id of an office can be read as another office or another province.
const ANYWHERE = '*@';

/** The names by which rows are found that concern the offices of a sight. */
export function officeNames(offices: readonly OfficeInSight[]): readonly string[] {
  return offices.flatMap(({ office, province }) =>
    province === undefined ? [`${ANYWHERE}${office}`] : [`${province}@${office}`, `@${office}`],
  );
}

/**
 * SQL: every name by which a row is found, as an array; null where it concerns no office.
 * @param offices column with the ids of the offices, one a line
 * @param province column with the province; null where none is stated
 */
export function officeNamesOf(offices: string, province: string): string {
  const each = (before: string): string => `${before} || replace(nullif(${offices}, ''), E'\\n', E'\\n' || ${before})`;
  return `string_to_array(${each(`'${ANYWHERE}'`)} || E'\\n' || ${each(`(coalesce(${province}, '') || '@')`)}, E'\\n')`;
}
