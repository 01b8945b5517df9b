import { officeNamesOf } from './office-names';

/** Which columns of a table say who sees a row that is not published. */
export interface SightColumns {
  /** A condition on the row: whether it is published as it is. */
  readonly isPublished: string;
  /** Column with a province, ISO 3166-2. */
  readonly province: string;
  /** Column with the ids of the offices concerned, one a line. */
  readonly offices: string;
  /** Column with the id of an indicator; absent where a row is not of one. */
  readonly indicator?: string;
}

/**
 * Statements by which PostgreSQL itself holds rows of a table back from everybody but its owner, unless they are published or lie
 * within what the transaction was told of its reader's sight (`ReadModels.read`). Told nothing, only published rows are seen.
 *
 * The settings are asked for once a statement and not once a row.
 */
export function sightPolicy(table: string, columns: SightColumns): readonly string[] {
  const conditions = [
    `${setting('sight')} = 'all'`,
    columns.isPublished,
    `${columns.province} = ANY (${listed('provinces')})`,
    `${officeNamesOf(columns.offices, columns.province)} && ${listed('offices')}`,
    ...(columns.indicator === undefined ? [] : [`${columns.indicator}::text = ANY (${listed('indicators')})`]),
  ];
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY within_sight ON ${table} FOR SELECT USING (${conditions.join(' OR ')})`,
  ];
}

const setting = (name: string): string => `(SELECT current_setting('khamrap.${name}', true))`;
const listed = (name: string): string =>
  `(SELECT string_to_array(current_setting('khamrap.${name}', true), E'\\n'))::text[]`;
