import {
  allRows,
  freshProjectionName,
  noteCodec,
  notesProjection,
  notesTable,
  ProjectionBench,
} from '../../testing/projection';
import {
  beginLive,
  buildsOf,
  FencedOff,
  makeBuildTables,
  orderBuild,
  recordFailure,
  schemaOf,
  switchTo,
  takeOver,
  type Build,
  type ProjectingAccess,
} from './builds';
import type { ProjectionDefinition } from './projection';

let bench: ProjectionBench;
let access: ProjectingAccess;
let definition: ProjectionDefinition;
let live: Build;
let coming: Build;
let epoch: number;

beforeAll(async () => {
  bench = await ProjectionBench.open(noteCodec);
  access = { pool: bench.pool, readRole: bench.database.roles.read };
});
afterAll(() => bench.close());

beforeEach(async () => {
  definition = notesProjection({ name: freshProjectionName() });
  const { logId } = bench.store.identity();
  await beginLive(access, definition, logId);
  await orderBuild(bench.pool, definition, logId);
  [live, coming] = (await buildsOf(bench.pool, definition.name)) as [Build, Build];
  await makeBuildTables(access, definition, coming);
  ({ epoch } = await takeOver(bench.pool, coming.buildId));
});

const setPosition = (build: Build, position: number): Promise<unknown> =>
  bench.pool.query('UPDATE projections.build SET position = $2 WHERE build_id = $1', [build.buildId, position]);
const states = async (): Promise<readonly string[]> =>
  (await buildsOf(bench.pool, definition.name)).map(({ buildId, state }) => `${buildId} ${state}`);

test('readers are switched to a build that has come as far as the one they read', async () => {
  await setPosition(live, 7);
  await setPosition(coming, 7);
  await switchTo(access, definition, coming, epoch);
  expect(await states()).toEqual([`${coming.buildId} live`]);
  expect(await allRows(bench.pool, `read_model.${notesTable(definition.name).name}`)).toEqual([]);
});

test('and the database has looked at its tables by then', async () => {
  const table = `${schemaOf(coming)}.${notesTable(definition.name).name}`;
  const rowsEstimated = async (): Promise<unknown> =>
    (await bench.pool.query(`SELECT bool_or(reltuples >= 0) AS known FROM pg_class WHERE oid = $1::regclass`, [table]))
      .rows[0];
  expect(await rowsEstimated()).toEqual({ known: false });
  await switchTo(access, definition, coming, epoch);
  expect(await rowsEstimated()).toEqual({ known: true });
});

test('they are never taken back to an earlier position', async () => {
  await setPosition(live, 8);
  await setPosition(coming, 7);
  await expect(switchTo(access, definition, coming, epoch)).rejects.toThrow(FencedOff);
  expect(await states()).toEqual([`${live.buildId} live`, `${coming.buildId} building`]);
});

test('nor switched by an instance whose build another one has taken over', async () => {
  await takeOver(bench.pool, coming.buildId);
  await expect(switchTo(access, definition, coming, epoch)).rejects.toThrow(FencedOff);
  expect(await states()).toEqual([`${live.buildId} live`, `${coming.buildId} building`]);
  await switchTo(access, definition, coming, epoch + 1);
  await expect(switchTo(access, definition, coming, epoch + 1)).rejects.toThrow(FencedOff);
  expect(await states()).toEqual([`${coming.buildId} live`]);
});

test('what stopped an instance is not noted on a build that another one has taken over', async () => {
  const errors = async (): Promise<readonly (string | null)[]> =>
    (await buildsOf(bench.pool, definition.name)).map(({ error }) => error);
  await recordFailure(bench.pool, coming.buildId, epoch, 'broken');
  expect(await errors()).toEqual([null, 'broken']);
  await takeOver(bench.pool, coming.buildId);
  await recordFailure(bench.pool, coming.buildId, epoch, 'broken');
  expect(await errors()).toEqual([null, null]);
});

test('the projecting role makes and drops the schemas of builds, and no others', async () => {
  for (const name of ['ledger', 'projections', 'read_model', 'public', 'Notes_build_1', 'notes_build_1x'])
    for (const act of ['make_schema', 'drop_schema'])
      await expect(bench.pool.query(`SELECT projections.${act}($1)`, [name])).rejects.toMatchObject({ code: '42501' });
  await expect(bench.pool.query('CREATE SCHEMA notes_build_1')).rejects.toMatchObject({ code: '42501' });
});
