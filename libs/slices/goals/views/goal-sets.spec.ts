import { streamName } from '@khamrap/kernel';
import { EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { FoldingTables, ProjectionBench, rowsAt, type ProjectionInstance } from '../../../testing/projection';
import { goalSetEventDeclarations } from '../domain/goal-set.events';
import { goalSetPublished, goalSetRevised } from '../domain/goal-set.examples';
import { ReadGoalSet, ReadGoalSetHandler } from './goal-set/goal-set.query';
import { GOAL_SETS, goalSetsProjection } from './goal-sets/goal-sets.projection';
import { GOAL_SET_COLUMNS, ListGoalSets, ListGoalSetsHandler, type GoalSetsQuery } from './goal-sets/goal-sets.query';
import { goalSetTable } from './goal-sets/goal-sets.table';

const codec = new EventCodec([...ledgerEventDeclarations, ...goalSetEventDeclarations]);
const [PHRAE, NAN, NEXT_YEAR] = ['phrae-2565', 'nan-2565', 'phrae-2566'].map((id) => streamName('goal-set', id)) as [
  ReturnType<typeof streamName>,
  ReturnType<typeof streamName>,
  ReturnType<typeof streamName>,
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
let positions: number[];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([goalSetsProjection]);
  const recorded = await bench.record([
    { stream: PHRAE, event: goalSetPublished() },
    { stream: NAN, event: goalSetPublished({ province: 'TH-55', nameEn: undefined }) },
    { stream: PHRAE, event: goalSetRevised() },
    { stream: NEXT_YEAR, event: goalSetPublished({ fiscalYear: 2566 }) },
  ]);
  positions = recorded.map(({ position }) => position);
  expect(await instance.projections.waitFor(GOAL_SETS, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const list = (query: Partial<GoalSetsQuery> = {}) =>
  new ListGoalSetsHandler(instance.readModels).execute(new ListGoalSets({ limit: 100, ...query }));
const read = (goalSetId: string, freshness = {}) =>
  new ReadGoalSetHandler(new Ledger(bench.store, codec, { keep: () => Promise.resolve() }), bench.store).execute(
    new ReadGoalSet(goalSetId, freshness),
  );

test.each<[string, Partial<GoalSetsQuery>, string[]]>([
  ['all', {}, ['nan-2565', 'phrae-2565', 'phrae-2566']],
  ['of a province', { province: 'TH-54' }, ['phrae-2565', 'phrae-2566']],
  ['of a year', { fiscalYear: 2565 }, ['nan-2565', 'phrae-2565']],
  ['of neither', { province: 'TH-55', fiscalYear: 2566 }, []],
])('goal sets, %s', async (_title, query, ids) => {
  expect((await list(query)).items.map(({ goalSetId }) => goalSetId)).toEqual(ids);
});

test('a set is listed as it was last revised, and in the past as it stood', async () => {
  const numbers = async (query: Partial<GoalSetsQuery>) =>
    (await list(query)).items.map(({ goalSetVersion, goals, reason }) => [
      goalSetVersion,
      goals.length,
      reason !== null,
    ]);
  expect(await numbers({ province: 'TH-54', fiscalYear: 2565 })).toEqual([[2, 3, true]]);
  expect(await numbers({ province: 'TH-54', asOfPosition: positions[1]! })).toEqual([[1, 2, false]]);
  expect(await numbers({ asOfPosition: positions[2]! })).toEqual([
    [1, 2, false],
    [2, 3, true],
  ]);
});

test('a list goes on where its page ended, in the past too', async () => {
  const asOfPosition = positions[2]!;
  const first = await list({ limit: 1, asOfPosition });
  expect(first).toMatchObject({ items: [{ goalSetId: 'nan-2565', nameEn: null }], next: ['nan-2565'] });
  const second = await list({ limit: 1, asOfPosition, cursor: encodeCursor(first.next!) });
  expect(second).toMatchObject({ items: [{ goalSetId: 'phrae-2565' }] });
  expect(second.next).toBeUndefined();
  expect(writeCsv(second.items, GOAL_SET_COLUMNS)).toContain('1 คุณธรรม; 2 จังหวัดสะอาด; 8 เศรษฐกิจสร้างสรรค์');
});

test('a set is told with its earlier versions, and as it stood', async () => {
  expect(await read('phrae-2565')).toMatchObject({
    revision: 1,
    goalSetVersion: 2,
    province: 'TH-54',
    fiscalYear: 2565,
    reason: goalSetRevised().data.reason,
    stated: { position: positions[2] },
    earlierVersions: [{ goalSetVersion: 1, stated: { position: positions[0] } }],
  });
  expect(await read('phrae-2565', { asOfPosition: positions[1] })).toMatchObject({
    revision: 0,
    goalSetVersion: 1,
    asOfPosition: positions[1],
    earlierVersions: [],
  });
  await expect(read('phrae-2567')).rejects.toMatchObject({ rejection: { code: 'goalSet.notPublished' } });
});

test('rows do not depend on the batches that events come in, and the history tells every state', async () => {
  const tables = await FoldingTables.make(bench.pool, goalSetsProjection);
  const log = (await bench.store.readLog(0, 100)).map((event) => bench.decode(event));
  const rows = await tables.foldAlike(log, 7);
  const versions = positions.map((position) =>
    rowsAt(rows, goalSetTable, position).map(({ goal_set_version: version }) => version),
  );
  expect(versions.map((listed) => listed.toSorted((one, other) => Number(one) - Number(other)))).toEqual([
    [1],
    [1, 1],
    [1, 2],
    [1, 1, 2],
  ]);
});
