import { int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import type { ProjectionWriter } from '@khamrap/platform/projections';

/** How a column is sent, and what its parameter is cast to. */
const COLUMN_TYPES = {
  bigint: { cast: 'bigint[]', array: int8Array },
  text: { cast: 'text[]', array: textArray },
  uuid: { cast: 'uuid[]', array: uuidArray },
} as const;

type ColumnType = keyof typeof COLUMN_TYPES;
type ValueOf<Type extends ColumnType> = Type extends 'bigint' ? number : string;

/** A column of a table with what each row has in it. */
export type Column<Row> = {
  readonly [Type in ColumnType]: {
    readonly name: string;
    readonly type: Type;
    readonly value: (row: Row) => ValueOf<Type> | null;
    /** What the text is read as, such as `int[]`. */
    readonly as?: string;
  };
}[ColumnType];

/** Adds rows in one statement; those that are there already stay as they are. */
export async function addRows<Row>(
  { client, schema }: ProjectionWriter,
  table: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(({ name, as }) => (as === undefined ? name : `${name}::${as}`)).join(', ');
  const parameters = columns.map(({ type }, index) => `$${index + 1}::${COLUMN_TYPES[type].cast}`).join(', ');
  await client.query({
    name: `${schema}.${table}.add`,
    text: `INSERT INTO ${schema}.${table} (${names}) SELECT ${values} FROM unnest(${parameters}) AS added(${names})
           ON CONFLICT DO NOTHING`,
    values: columns.map((column) => arrayOf(column, rows)),
  });
}

function arrayOf<Row>(column: Column<Row>, rows: readonly Row[]): Buffer {
  switch (column.type) {
    case 'bigint':
      return int8Array(rows.map(column.value));
    case 'text':
      return textArray(rows.map(column.value));
    case 'uuid':
      return uuidArray(rows.map(column.value));
  }
}
