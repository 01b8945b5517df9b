import { randomInt } from 'node:crypto';
import { createPool } from '@khamrap/platform/database';
import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { allRows } from '../../testing/projection';
import { KeepProjections1700000000003 } from './migrations/1700000000003-keep-projections';
import { inTransaction } from './builds';
import { VersionedTable, type RowChange } from './versioned-table';

const FIRST = '00000000-0000-4000-8000-00000000000a';
const SECOND = '00000000-0000-4000-8000-00000000000b';

const table = new VersionedTable({
  name: 'thing',
  key: { thing_id: 'uuid', label: 'text' },
  columns: { amount: 'numeric', on_day: 'date', number: 'integer', big: 'bigint', sure: 'boolean', other_id: 'uuid' },
  indexes: ['(number, label)'],
});

let testDatabase: TestDatabase;
let pool: Pool;
let schema: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase({ migrations: [KeepProjections1700000000003] });
  pool = createPool({ url: testDatabase.database.urls.project, size: 2, applicationName: 'spec' });
});

beforeEach(async () => {
  schema = `spec_build_${randomInt(2 ** 47)}`;
  await pool.query([`SELECT projections.make_schema('${schema}')`, ...table.createStatements(schema)].join(';'));
});

afterAll(async () => {
  await pool.end();
  await testDatabase.drop();
});

const nothing = { amount: null, on_day: null, number: null, big: null, sure: null, other_id: null };

function change(position: number, row: RowChange['row'] = {}, present = true): RowChange {
  const complete = { thing_id: FIRST, label: 'a', ...nothing, ...row };
  return { row: complete, present, position, recordedAtMs: 1_700_000_000_000 + position };
}

const write = (...changes: readonly RowChange[]): Promise<void> =>
  inTransaction(pool, (client) => table.write({ client, schema }, changes));
const latest = () => allRows(pool, `${schema}.thing`);
const history = () => allRows(pool, `${schema}.thing_history`);

test('the latest state is written once for each key, the history for each change', async () => {
  await write(change(3, { number: 1 }), change(4, { number: 5, label: 'b' }), change(7, { number: 2 }));
  expect(
    (await latest()).map(({ label, number, from_position, first_position }) => [
      label,
      number,
      from_position,
      first_position,
    ]),
  ).toEqual([
    ['a', 2, 7, 3],
    ['b', 5, 4, 4],
  ]);
  expect((await history()).map(({ label, number, from_position }) => [label, number, from_position])).toEqual([
    ['a', 1, 3],
    ['a', 2, 7],
    ['b', 5, 4],
  ]);
});

test('a later batch goes on from there, and the position at which a key began stays', async () => {
  await write(change(3, { number: 1 }));
  await write(change(8, { number: 2 }), change(9, { number: 3 }));
  expect(await latest()).toMatchObject([
    { number: 3, from_position: 9, from_recorded_at_ms: 1_700_000_000_009, first_position: 3 },
  ]);
  expect((await history()).map(({ number, from_position }) => [number, from_position])).toEqual([
    [1, 3],
    [2, 8],
    [3, 9],
  ]);
});

test('a key can cease to be, and come again', async () => {
  await write(change(1), change(2, {}, false));
  expect(await latest()).toMatchObject([{ present: false, first_position: 1 }]);
  await write(change(5));
  expect(await latest()).toMatchObject([{ present: true, first_position: 1 }]);
  const states = (await history()).map(({ from_position, present }) => `${from_position} ${present}`);
  expect(states.toSorted()).toEqual(['1 true', '2 false', '5 true']);
});

test('values are stored as they are: digits, days, large numbers, Thai, and nothing', async () => {
  const full = {
    label: 'ร้อยละ | "\\',
    amount: '-0.10',
    on_day: '2022-09-20',
    number: -2_147_483_648,
    big: Number.MAX_SAFE_INTEGER,
    sure: false,
    other_id: SECOND,
  };
  await write(change(1, full), change(2, { label: '' }), change(3, { label: 'z', amount: '2446.880' }));
  const expected = [{ label: '', ...nothing }, { label: 'z', ...nothing, amount: '2446.880' }, full];
  expect(await latest()).toMatchObject(expected);
  expect(await history()).toMatchObject(expected);
});

test('keys are told apart whatever stands in them', async () => {
  const separated = new VersionedTable({ name: 'pair', key: { one: 'text', two: 'text' }, columns: {} });
  await pool.query(separated.createStatements(schema).join(';'));
  await inTransaction(pool, (client) =>
    separated.write({ client, schema }, [
      { row: { one: 'a|b', two: 'c' }, present: true, position: 1, recordedAtMs: 0 },
      { row: { one: 'a', two: 'b|c' }, present: true, position: 2, recordedAtMs: 0 },
    ]),
  );
  expect(await allRows(pool, `${schema}.pair`)).toHaveLength(2);
});

test('no changes cost no statement, and one that cannot be stored fails', async () => {
  await write();
  expect(await latest()).toEqual([]);
  await expect(write(change(1, { thing_id: 'no uuid' }))).rejects.toThrow('is not a UUID');
  await expect(write(change(1, { number: 2 ** 31 }))).rejects.toThrow('out of range');
  await expect(write(change(1, { on_day: '2566-02-30' }))).rejects.toMatchObject({ code: '22008' });
  expect([await latest(), await history()]).toEqual([[], []]);
});

test('what stood at a position is one probe of the primary key', async () => {
  await write(...Array.from({ length: 2_000 }, (_, number) => change(number, { number, label: String(number % 20) })));
  await pool.query(`ANALYZE ${schema}.thing_history`);
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT * FROM ${schema}.thing_history
     WHERE thing_id = '${FIRST}' AND label = '7' AND from_position <= 1000 ORDER BY from_position DESC LIMIT 1`,
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan Backward using thing_history_pkey/);
});
