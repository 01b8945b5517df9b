import { streamName } from '@khamrap/kernel';
import { EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { FoldingTables, ProjectionBench, type ProjectionInstance } from '../../../testing/projection';
import { schemeEventDeclarations } from '../domain/scheme.events';
import {
  calendarPublished,
  deadlineExtended,
  schemePublished,
  scoringRulePublished,
  WHOLE_SCHEME,
} from '../domain/scheme.examples';
import { ReadScheme, ReadSchemeHandler } from './scheme/scheme.query';
import { SCHEMES, schemesProjection } from './schemes/schemes.projection';
import { ListSchemes, ListSchemesHandler, SCHEME_COLUMNS, type SchemesQuery } from './schemes/schemes.query';
import { schemeEntity, schemeTable } from './schemes/schemes.table';

const codec = new EventCodec([...ledgerEventDeclarations, ...schemeEventDeclarations]);
const [WHOLE, OTHER] = [streamName('scheme', 'opdc-2565'), streamName('scheme', 'moi')];

let bench: ProjectionBench;
let instance: ProjectionInstance;
let positions: number[];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([schemesProjection], {}, [schemeEntity]);
  const recorded = await bench.record([
    ...WHOLE_SCHEME.map((event) => ({ stream: WHOLE, event })),
    { stream: OTHER, event: schemePublished({ nameTh: 'ระบบอื่น', nameEn: undefined, basis: undefined }) },
    ...[
      scoringRulePublished({ ruleVersion: 2, between: 'step' }),
      calendarPublished({ calendarVersion: 2 }),
      deadlineExtended({ calendarVersion: 2, offices: [] }),
    ].map((event) => ({ stream: WHOLE, event })),
  ]);
  positions = recorded.map(({ position }) => position);
  expect(await instance.projections.waitFor(SCHEMES, await bench.head(), 10_000)).toBe(true);
});
afterAll(() => bench.close());

const list = (query: Partial<SchemesQuery> = {}) =>
  new ListSchemesHandler(instance.readModels).execute(new ListSchemes({ limit: 100, ...query }));
const read = (schemeId: string, freshness = {}) =>
  new ReadSchemeHandler(new Ledger(bench.store, codec, { keep: () => Promise.resolve() }), bench.store).execute(
    new ReadScheme(schemeId, freshness),
  );

test('schemes are listed by their names, now and as they were known', async () => {
  const { items, position } = await list();
  expect(items).toMatchObject([
    { schemeId: 'moi', nameTh: 'ระบบอื่น', nameEn: null, basis: null, position: positions[7] },
    { schemeId: 'opdc-2565', nameEn: 'Example scheme', position: positions[0] },
  ]);
  expect(position).toBe(await bench.head());
  const past = await list({ asOfPosition: positions[6]! });
  expect(past.items.map(({ schemeId }) => schemeId)).toEqual(['opdc-2565']);
});

test('a list goes on where its page ended', async () => {
  const first = await list({ limit: 1 });
  expect(first).toMatchObject({ items: [{ schemeId: 'moi' }], next: ['moi'] });
  const second = await list({ limit: 1, cursor: encodeCursor(first.next!) });
  expect(second.items).toMatchObject([{ schemeId: 'opdc-2565' }]);
  expect(second.next).toBeUndefined();
  const csv = writeCsv(first.items, SCHEME_COLUMNS);
  expect(csv).toContain('moi,ระบบอื่น,');
});

test('a scheme is told with every version of its rules, each extension with its calendar', async () => {
  const scheme = await read('opdc-2565');
  expect(scheme).toMatchObject({ schemeId: 'opdc-2565', revision: 9, nameEn: 'Example scheme' });
  expect(scheme.scoringRules.map(({ ruleVersion, between }) => [ruleVersion, between])).toEqual([
    [1, 'linear'],
    [2, 'step'],
  ]);
  expect(scheme.calendars.map(({ calendarVersion, extensions }) => [calendarVersion, extensions.length])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  expect(scheme.calendars.map(({ extensions }) => extensions[0]?.offices)).toEqual([['phrae-cdd'], []]);
  expect([scheme.bands, scheme.statusRules, scheme.referenceData].map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(scheme.scoringRules[1]?.stated).toMatchObject({ position: positions[8], provenance: { kind: 'native' } });
});

test('a scheme is told as it stood', async () => {
  const past = await read('opdc-2565', { asOfPosition: positions[1] });
  expect(past).toMatchObject({ revision: 1, asOfPosition: positions[1], bands: [], calendars: [] });
  expect(past.scoringRules).toHaveLength(1);
  await expect(read('moi', { asOfPosition: positions[6] })).rejects.toMatchObject({
    rejection: { code: 'scheme.notPublished' },
  });
});

test('rows do not depend on the batches that events come in', async () => {
  const tables = await FoldingTables.make(bench.pool, schemesProjection);
  const log = (await bench.store.readLog(0, 100)).map((event) => bench.decode(event));
  const rows = await tables.foldAlike(log, 7);
  expect(rows[schemeTable.history]).toHaveLength(2);
});
