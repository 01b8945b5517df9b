import type { Standpoint, VersionedTable } from '@khamrap/platform/projections';
import { FOLLOW_UP_CHANGE, followUpTable, roundTable } from './follow-up.tables';

/** Collects the parameters of a statement in the order in which its text names them. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** Conditions of a statement: of those that are asked for. */
export type Asked = readonly (readonly [value: unknown, condition: (parameter: string) => string])[];

export function conditionsOf(asked: Asked, parameters: Parameters): readonly string[] {
  return asked.flatMap(([value, condition]) => (value === undefined ? [] : [condition(parameters.add(value))]));
}

/** Rounds as they are now, or as they were: then every round that existed is looked up once in the history. */
export function roundsAt({ past, position }: Standpoint, parameters: Parameters): string {
  if (!past) return `read_model.${roundTable.name}`;
  const until = parameters.add(position);
  return `(SELECT h.* FROM read_model.${roundTable.name} AS k CROSS JOIN LATERAL (
    SELECT * FROM read_model.${roundTable.history} AS h WHERE h.round_id = k.round_id AND h.from_position <= ${until}
    ORDER BY h.from_position DESC LIMIT 1) AS h)`;
}

/** Items as they are now, or as they were. Which row was the newest is looked for where none is held back. */
export function followUpsAt({ past, position }: Standpoint, parameters: Parameters): string {
  if (!past) return `read_model.${followUpTable.name}`;
  const until = parameters.add(position);
  return `(SELECT h.* FROM (SELECT item_id, max(from_position) AS from_position FROM read_model.${FOLLOW_UP_CHANGE}
      WHERE from_position <= ${until} GROUP BY item_id) AS c
    JOIN read_model.${followUpTable.history} AS h USING (item_id, from_position))`;
}

/** Whether a column of lines holds a value. */
export function holds(column: string): (parameter: string) => string {
  return (parameter) => `${parameter} = ANY (string_to_array(nullif(${column}, ''), E'\\n'))`;
}

/** Columns of a table as they are read: days as texts. */
export function selectionOf({ options }: VersionedTable, alias: string): string {
  const columns = Object.entries({ ...options.key, ...options.columns }).map(([name, type]) =>
    type === 'date' ? `${alias}.${name}::text AS ${name}` : `${alias}.${name}`,
  );
  return [...columns, `${alias}.from_position`].join(', ');
}

/** Values that stand one a line. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}
