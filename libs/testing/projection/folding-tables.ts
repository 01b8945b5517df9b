import { randomInt } from 'node:crypto';
import type { Position } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, VersionedTable } from '@khamrap/platform/projections';
import { types, type CustomTypesConfig, type Pool, type PoolClient } from 'pg';
import { SeededRandom } from '../seeded-random';

/** A row by the names of its columns: whole numbers and truth values as such, decimals and dates as PostgreSQL writes them. */
export type TableRow = Readonly<Record<string, string | number | boolean | null>>;
/** All rows of each table, in the order of their columns. */
export type TableRows = Readonly<Record<string, readonly TableRow[]>>;

type Batches = readonly (readonly DecodedEvent[])[];

/** How events are handed to a fold. */
interface Batching {
  readonly title: string;
  readonly cut: (events: readonly DecodedEvent[]) => Batches;
  readonly forgets?: true;
}

/** Empty tables of a projection, to be filled again and again. */
export class FoldingTables {
  private constructor(
    private readonly pool: Pool,
    private readonly definition: ProjectionDefinition,
    private readonly schema: string,
  ) {}

  static async make(pool: Pool, definition: ProjectionDefinition): Promise<FoldingTables> {
    const schema = `folding_build_${randomInt(2 ** 47)}`;
    await pool.query([`SELECT projections.make_schema('${schema}')`, ...definition.createTables(schema)].join(';'));
    return new FoldingTables(pool, definition, schema);
  }

  /**
   * Folds the events in one batch, one by one, in batches of any size, and so that nothing is remembered between batches,
   * some of them twice, and expects the same rows of all.
   */
  async foldAlike(events: readonly DecodedEvent[], seed: number): Promise<TableRows> {
    const [first, ...others] = batchings(new SeededRandom(seed));
    const rows = await this.fold(first.cut(events));
    for (const { title, cut: cutting, forgets } of [...others, first]) {
      const again = await this.fold(cutting(events), forgets);
      try {
        expect(again).toEqual(rows);
      } catch (error) {
        throw new Error(`${title}: other rows than at first\n${(error as Error).message}`, { cause: error });
      }
    }
    return rows;
  }

  /**
   * Folds batches into empty tables, each in a transaction of its own.
   * @param forgets whether each batch meets a fold that remembers nothing, as after a restart
   */
  async fold(batches: Batches, forgets = false): Promise<TableRows> {
    const { schema, definition } = this;
    const client = await this.pool.connect();
    try {
      await client.query(`TRUNCATE ${definition.tables.map((table) => `${schema}.${table}`).join(', ')}`);
      let fold = definition.begin();
      for (const batch of batches) {
        const heard = batch.filter(({ type }) => definition.eventTypes.includes(type));
        if (heard.length === 0) continue;
        await client.query('BEGIN');
        await fold.project(heard, { client, schema });
        await client.query('COMMIT');
        if (forgets) fold = definition.begin();
      }
      const rows: [string, readonly TableRow[]][] = [];
      for (const table of definition.tables) {
        rows.push([table, await allRows(client, `${schema}.${table}`)]);
      }
      client.release();
      return Object.fromEntries(rows);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

/** The rows of a table or view in the order of their columns. */
export async function allRows(client: Pool | PoolClient, table: string): Promise<readonly TableRow[]> {
  const { rows } = await client.query<TableRow>({ text: `SELECT * FROM ${table} AS t ORDER BY t`, types: PLAIN });
  return rows;
}

/** The rows that stood at a position, by the history alone. */
export function rowsAt(rows: TableRows, table: VersionedTable, position: Position): readonly TableRow[] {
  const keys = Object.keys(table.options.key);
  const latest = new Map<string, TableRow>();
  for (const row of rows[table.history] ?? []) {
    if ((row.from_position as number) > position) continue;
    const key = keys.map((name) => String(row[name])).join('\0');
    const known = latest.get(key);
    if (!known || (known.from_position as number) < (row.from_position as number)) latest.set(key, row);
  }
  return [...latest.values()].filter(({ present }) => present);
}

/** Decimals must not lose digits, nor dates shift with the time zone of the machine. */
const PLAIN: CustomTypesConfig = {
  getTypeParser: (oid) => {
    if (oid === types.builtins.BOOL) return (text: string) => text === 't';
    return oid === types.builtins.INT4 || oid === types.builtins.INT8 ? Number : (text: string) => text;
  },
};

function batchings(random: SeededRandom): [Batching, ...Batching[]] {
  return [
    { title: 'one batch', cut: (events) => [events] },
    { title: 'one by one', cut: (events) => events.map((event) => [event]) },
    { title: 'any size', cut: (events) => cut(events, random.branch('sizes')) },
    { title: 'any size, forgetting', cut: (events) => cut(events, random.branch('forgetting')), forgets: true },
  ];
}

function cut(events: readonly DecodedEvent[], random: SeededRandom): Batches {
  const batches: (readonly DecodedEvent[])[] = [];
  for (let from = 0; from < events.length;) {
    const count = random.integer(1, Math.max(2, Math.ceil(events.length / 3)));
    batches.push(events.slice(from, from + count));
    from += count;
  }
  return batches;
}
