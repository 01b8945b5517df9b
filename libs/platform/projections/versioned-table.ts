import type { Position } from '@khamrap/kernel';
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { booleanArray, int4Array, int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import { createHash } from 'node:crypto';
import type { ProjectionWriter } from './projection';

export type ColumnType = 'uuid' | 'text' | 'integer' | 'bigint' | 'boolean' | 'numeric' | 'date';
export type ColumnValue = string | number | boolean | null;
export type Columns = Readonly<Record<string, ColumnType>>;

/** What one event made of one row. */
export interface RowChange {
  readonly row: Readonly<Record<string, ColumnValue>>;
  /** False when the row has ceased to be. */
  readonly present: boolean;
  readonly position: Position;
  readonly recordedAtMs: number;
}

export interface VersionedTableOptions {
  readonly name: string;
  readonly key: Columns;
  readonly columns: Columns;
  /** Column lists of further indexes on the latest state, such as `(province, fiscal_year)`. */
  readonly indexes?: readonly string[];
}

/**
 * A table in two shapes, written together. `name` holds the latest state of each key. `name_history` holds one row for each
 * change of a key, valid from its position until the next row of that key: rows are added and never updated, and the state at
 * a position is one index probe a key.
 */
export class VersionedTable {
  readonly history: string;
  readonly #columns: readonly (readonly [name: string, type: ColumnType])[];
  readonly #keyNames: readonly string[];

  constructor(readonly options: VersionedTableOptions) {
    this.history = `${options.name}_history`;
    this.#keyNames = Object.keys(options.key);
    this.#columns = [
      ...Object.entries(options.key),
      ...Object.entries(options.columns),
      ['present', 'boolean'],
      ['from_position', 'bigint'],
      ['from_recorded_at_ms', 'bigint'],
    ];
  }

  get name(): string {
    return this.options.name;
  }

  /** The latest state as an entity, by the names of its columns, read through the view that shows the live build. */
  entity<Row extends object>(): EntitySchema<Row> {
    const columns = this.#columns.map(([name, type]): [string, EntitySchemaColumnOptions] => [
      name,
      { type, nullable: !this.#isRequired(name), primary: this.#keyNames.includes(name) },
    ]);
    return new EntitySchema<Row>({
      name: this.name,
      schema: 'read_model',
      columns: Object.fromEntries(columns) as Partial<Record<keyof Row, EntitySchemaColumnOptions>>,
    });
  }

  createStatements(schema: string): string[] {
    const key = this.#keyNames.join(', ');
    const columns = this.#columns.map(
      ([name, type]) => `${name} ${SQL_TYPE[type]}${this.#isRequired(name) ? ' NOT NULL' : ''}`,
    );
    return [
      `CREATE TABLE ${schema}.${this.name} (${columns.join(', ')}, first_position bigint NOT NULL, PRIMARY KEY (${key}))
       WITH (fillfactor = 80)`,
      `CREATE TABLE ${schema}.${this.history} (${columns.join(', ')}, PRIMARY KEY (${key}, from_position))`,
      ...(this.options.indexes ?? []).map((list) => `CREATE INDEX ON ${schema}.${this.name} ${list}`),
    ];
  }

  /** Writes changes, given in the order of their positions: all of them to the history, the last of each key as latest state. */
  /**
   * The latest state of those of these keys that are there, as the projection itself has written it before the batch: for a fold
   * that remembers nothing. Of a table whose key is one column.
   */
  async stored(
    { client, schema }: ProjectionWriter,
    keys: readonly string[],
  ): Promise<Map<string, Readonly<Record<string, ColumnValue>>>> {
    if (keys.length === 0) return new Map();
    const { key, columns, name: table } = this.options;
    const [keyColumn] = Object.keys(key) as [string];
    const types = Object.entries({ ...key, ...columns });
    const selected = types.map(([name, type]) => (type === 'date' ? `${name}::text` : name)).join(', ');
    const { rows } = await client.query<Record<string, ColumnValue>>(
      `SELECT ${selected} FROM ${schema}.${table} WHERE ${keyColumn} = ANY($1)`,
      [keys],
    );
    // The driver tells a bigint as text.
    for (const row of rows)
      for (const [name, type] of types) {
        const value = row[name] ?? null;
        if (type === 'bigint' && value !== null) row[name] = Number(value);
      }
    return new Map(rows.map((row) => [String(row[keyColumn]), row]));
  }

  async write(writer: ProjectionWriter, changes: readonly RowChange[]): Promise<void> {
    await writeTogether(writer, [[this, changes]]);
  }

  /** The arrays of the statement, one for each column of a change; then which are the newest of their key, and since when it is. */
  parameters(changes: readonly RowChange[]): readonly Buffer[] {
    const keys = changes.map((change) => this.#keyOf(change));
    const newest = new Map(keys.map((key, index) => [key, index]));
    const firstPositions = new Map<string, Position>();
    changes.forEach(({ position }, index) => {
      const key = keys[index] as string;
      if (!firstPositions.has(key)) firstPositions.set(key, position);
    });
    return [
      ...this.#arrays(changes),
      booleanArray(keys.map((key, index) => newest.get(key) === index)),
      int8Array(keys.map((key) => firstPositions.get(key) as Position)),
    ];
  }

  /**
   * Common table expressions that write both shapes, so that a row travels once.
   * @param number tells them from those of other tables in one statement
   * @param firstParameter the number of the first of `parameters`
   */
  expressions(schema: string, number: number, firstParameter: number): string {
    const names = this.#columns.map(([name]) => name);
    const columns = names.join(', ');
    const updates = names.filter((name) => !this.#keyNames.includes(name)).map((name) => `${name} = excluded.${name}`);
    const types = [...this.#columns.map(([, type]) => type), 'boolean', 'bigint'] as const;
    const arrays = types.map(
      (type, index) => `$${firstParameter + index}::${PARAMETER_TYPE[type]}[]${CAST[type] ?? ''}`,
    );
    return `change_${number} AS MATERIALIZED (
        SELECT * FROM unnest(${arrays.join(', ')}) AS change (${columns}, is_newest, first_position)),
      history_${number} AS (
        INSERT INTO ${schema}.${this.history} (${columns}) SELECT ${columns} FROM change_${number}),
      latest_${number} AS (
        INSERT INTO ${schema}.${this.name} (${columns}, first_position)
        SELECT ${columns}, first_position FROM change_${number} WHERE is_newest
        ON CONFLICT (${this.#keyNames.join(', ')}) DO UPDATE SET ${updates.join(', ')})`;
  }

  // No text of PostgreSQL holds this separator.
  #keyOf({ row }: RowChange): string {
    return this.#keyNames.map((name) => row[name]).join('\0');
  }

  #isRequired(name: string): boolean {
    return this.#keyNames.includes(name) || name === 'present' || name.startsWith('from_');
  }

  #arrays(changes: readonly RowChange[]): Buffer[] {
    return this.#columns.map(([name, type]) => {
      switch (name) {
        case 'present':
          return booleanArray(changes.map((change) => change.present));
        case 'from_position':
          return int8Array(changes.map((change) => change.position));
        case 'from_recorded_at_ms':
          return int8Array(changes.map((change) => change.recordedAtMs));
        default:
          return arrayOf(
            type,
            changes.map((change) => change.row[name] ?? null),
          );
      }
    });
  }
}

/**
 * Writes changes of several tables in one statement: the server is busy with it while this process goes on, and each statement
 * less is a round trip less before a commit.
 */
export async function writeTogether(
  { client, schema }: ProjectionWriter,
  changes: readonly (readonly [table: VersionedTable, changes: readonly RowChange[]])[],
): Promise<void> {
  const changed = changes.filter(([, rows]) => rows.length > 0);
  if (changed.length === 0) return;
  const values: Buffer[] = [];
  const expressions = changed.map(([table, rows], index) => {
    const text = table.expressions(schema, index, values.length + 1);
    values.push(...table.parameters(rows));
    return text;
  });
  const text = `WITH ${expressions.join(',\n')}\nSELECT`;
  // The server tells names of statements apart by their first 63 bytes, which names of several tables would not fit in.
  await client.query({ name: createHash('md5').update(text).digest('hex'), text, values });
}

const SQL_TYPE: Readonly<Record<ColumnType, string>> = {
  uuid: 'uuid',
  text: 'text COLLATE "C"',
  integer: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
  numeric: 'numeric',
  date: 'date',
};
const PARAMETER_TYPE: Readonly<Record<ColumnType, string>> = {
  ...SQL_TYPE,
  text: 'text',
  numeric: 'text',
  date: 'text',
};
const CAST: Readonly<Partial<Record<ColumnType, string>>> = { numeric: '::numeric[]', date: '::date[]' };

function arrayOf(type: ColumnType, values: readonly ColumnValue[]): Buffer {
  switch (type) {
    case 'uuid':
      return uuidArray(values as (string | null)[]);
    case 'integer':
      return int4Array(values as (number | null)[]);
    case 'bigint':
      return int8Array(values as (number | null)[]);
    case 'boolean':
      return booleanArray(values as (boolean | null)[]);
    default:
      return textArray(values as (string | null)[]);
  }
}
