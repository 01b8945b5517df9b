import { FULL_SIGHT, PUBLIC_SIGHT, type OfficeInSight, type Sight } from '@khamrap/platform/access';
import { readDataSource } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { eventually } from '@khamrap/testing';
import { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { noteCodec, noteWritten, ProjectionBench, type ProjectionInstance } from '../../testing/projection';
import { buildsOf, orderRebuild, schemaOf } from './builds';
import type { ProjectionDefinition, ProjectionWriter } from './projection';
import { ReadModels } from './read-models';
import { sightPolicy } from './sight-policy';
import { VersionedTable } from './versioned-table';

const NAME = 'held';
const TABLE = new VersionedTable({
  name: 'held_note',
  key: { note_id: 'uuid' },
  columns: { text: 'text', is_published: 'boolean', province: 'text', offices: 'text' },
});

/** Notes whose text says who sees them: `name|published or not|province|offices`. */
const definition: ProjectionDefinition = {
  name: NAME,
  version: 1,
  eventTypes: ['NoteWritten'],
  tables: [TABLE.name, TABLE.history],
  createTables: (schema) => [
    ...TABLE.createStatements(schema),
    ...[TABLE.name, TABLE.history].flatMap((table) =>
      sightPolicy(`${schema}.${table}`, {
        isPublished: 'is_published',
        province: 'province',
        offices: 'offices',
        indicator: 'note_id',
      }),
    ),
  ],
  begin: () => ({ project: (batch, writer) => write(batch, writer) }),
};

async function write(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const changes = batch.map(({ data, position, recordedAtMs }) => {
    const { noteId, text } = data as { readonly noteId: string; readonly text: string };
    const [name = '', published, province = '', offices = ''] = text.split('|');
    const row = {
      note_id: noteId,
      text: name,
      is_published: published === 'published',
      province: province === '' ? null : province,
      offices: offices.split(',').join('\n'),
    };
    return { row, present: true, position, recordedAtMs };
  });
  await TABLE.write(writer, changes);
}

let bench: ProjectionBench;
let instance: ProjectionInstance;
/** One connection for everybody. */
let single: DataSource;
let readModels: ReadModels;
let indicator: string;

beforeAll(async () => {
  bench = await ProjectionBench.open(noteCodec);
  const notes = [
    'announced|published|TH-54|phrae-cdd',
    'of Phrae|held|TH-54|phrae-cdd,phrae-province',
    'of Chiang Mai|held|TH-50|chiang-mai-cdd,ministry',
    'of the nation|held||ministry',
    'of nobody|held||',
  ].map((text) => noteWritten({ text }));
  indicator = notes[2]!.stream.slice('note-'.length);
  await bench.record(notes);
  instance = await bench.instance([definition]);
  await instance.projections.waitFor(NAME, await bench.head(), 10_000);
  single = await readDataSource({ database: bench.database, entities: [], poolSize: 1 });
  readModels = new ReadModels(bench.store, instance.projections, single);
}, 60_000);
afterAll(async () => {
  await single?.destroy();
  await bench.close();
});

const PLACES = ['read_model.held_note', 'read_model.held_note_history'];
const seenIn = async (manager: EntityManager, place = PLACES[0]): Promise<readonly string[]> =>
  (await manager.query<{ text: string }[]>(`SELECT text FROM ${place} ORDER BY text`)).map(({ text }) => text);
const seen = async (sight?: Sight, place?: string): Promise<readonly string[]> =>
  (await readModels.read(NAME, {}, (manager) => seenIn(manager, place), sight)).result;
/** Offices by their ids, with their provinces behind an @. */
const offices = (...names: readonly string[]): readonly OfficeInSight[] =>
  names.map((name) => {
    const [province, office] = /@TH-..$/.test(name) ? [name.slice(-5), name.slice(0, -6)] : [undefined, name];
    return { office, ...(province !== undefined && { province }) };
  });
const within = (some: Partial<Extract<Sight, { kind: 'within' }>>): Sight => ({
  kind: 'within',
  provinces: [],
  offices: [],
  indicators: [],
  ...some,
});

const ALL = ['announced', 'of Chiang Mai', 'of Phrae', 'of nobody', 'of the nation'];
const READERS: readonly (readonly [string, () => Sight | undefined, readonly string[]])[] = [
  ['who forgets to say', () => undefined, ['announced']],
  ['the public', () => PUBLIC_SIGHT, ['announced']],
  ['who sees everything', () => FULL_SIGHT, ALL],
  ['a province', () => within({ provinces: ['TH-54'] }), ['announced', 'of Phrae']],
  ['two provinces', () => within({ provinces: ['TH-50', 'TH-54'] }), ['announced', 'of Chiang Mai', 'of Phrae']],
  ['an office', () => within({ offices: offices('phrae-province@TH-54') }), ['announced', 'of Phrae']],
  ['an office of no province', () => within({ offices: offices('phrae-province') }), ['announced', 'of Phrae']],
  [
    'the code of an office, claimed elsewhere',
    () => within({ offices: offices('phrae-province@TH-57') }),
    ['announced'],
  ],
  [
    'a ministry that stands in a province',
    () => within({ offices: offices('ministry@TH-10') }),
    ['announced', 'of the nation'],
  ],
  [
    'the spelling of another office',
    () => within({ offices: offices('TH-54@phrae-cdd', '*@phrae-cdd', '@ministry', 'phrae-cdd@*') }),
    ['announced'],
  ],
  ['a ministry', () => within({ offices: offices('x', 'ministry') }), ['announced', 'of Chiang Mai', 'of the nation']],
  ['a part of a name', () => within({ offices: offices('phrae', 'phrae@TH-54'), provinces: ['TH-5'] }), ['announced']],
  ['no name', () => within({ offices: offices('', '@TH-54'), provinces: [''] }), ['announced']],
  [
    'the name of a quotation',
    () => within({ offices: offices(`'; SELECT 'all`), provinces: ["all', true)--"] }),
    ['announced'],
  ],
  ['an indicator', () => within({ indicators: [indicator] }), ['announced', 'of Chiang Mai']],
];

describe.each(READERS)('%s', (_reader, sight, expected) => {
  test.each(PLACES)('sees in %s what is published and what is theirs', async (place) => {
    expect(await seen(sight(), place)).toEqual(expected);
  });

  test('sees as much of the past', async () => {
    const asOfPosition = await bench.head();
    const { result } = await readModels.read(NAME, { asOfPosition }, (manager) => seenIn(manager, PLACES[1]), sight());
    expect(result).toEqual(expected);
  });
});

describe('one connection for everybody', () => {
  const failing = (sight: Sight, work: (manager: EntityManager) => Promise<unknown>) =>
    expect(readModels.read(NAME, {}, work, sight)).rejects.toThrow();

  test.each<[string, (manager: EntityManager) => Promise<unknown>]>([
    ['in the program', () => Promise.reject(new Error('as asked'))],
    ['in a statement', (manager) => manager.query('SELECT 1/0')],
    ['after more was said', (manager) => manager.query(`SELECT set_config('khamrap.sight', 'all', true), 1/0`)],
  ])('a sight ends with a transaction that failed %s', async (_where, work) => {
    await failing(FULL_SIGHT, work);
    expect(await seen()).toEqual(['announced']);
    await failing(within({ provinces: ['TH-54'] }), work);
    expect(await seen(within({ provinces: ['TH-50'] }))).toEqual(['announced', 'of Chiang Mai']);
    const told = await single.query<{ told: string | null }[]>(
      `SELECT concat(current_setting('khamrap.sight', true), current_setting('khamrap.provinces', true)) AS told`,
    );
    expect(told).toEqual([{ told: '' }]);
  });

  test('readers take turns, and none has the sight of another', async () => {
    const turns = Array.from({ length: 40 }, (_, turn) => READERS[turn % READERS.length]!);
    const answers = await Promise.all(turns.map(([, sight]) => seen(sight())));
    expect(answers).toEqual(turns.map(([, , expected]) => expected));
    const { result } = await readModels.read(NAME, {}, (manager) =>
      manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid'),
    );
    const again = await readModels.read(NAME, {}, (manager) => manager.query('SELECT pg_backend_pid() AS pid'));
    expect(again.result).toEqual(result);
  });

  test('what was set for the whole session is told anew by each transaction', async () => {
    await single.query(`SET khamrap.sight = 'all'`);
    expect(await seen()).toEqual(['announced']);
    await single.query('RESET khamrap.sight');
  });

  test('a transaction writes nothing', async () => {
    await failing(FULL_SIGHT, (manager) => manager.query('SET TRANSACTION READ WRITE'));
    await failing(FULL_SIGHT, (manager) => manager.query(`DELETE FROM ${PLACES[0]}`));
  });

  test('a connection that breaks is replaced', async () => {
    await failing(FULL_SIGHT, (manager) => manager.query('SELECT pg_terminate_backend(pg_backend_pid())'));
    expect(await eventually('another connection', () => seen().catch(() => undefined))).toEqual(['announced']);
  });
});

describe('whoever has the password of the reading role and nothing else', () => {
  let client: Client;
  let table: string;
  beforeAll(async () => {
    const [build] = await buildsOf(bench.pool, NAME);
    table = `${schemaOf(build!)}.${TABLE.name}`;
    client = new Client({ connectionString: bench.database.urls.read });
    await client.connect();
    await client.query('SET default_transaction_read_only = off');
    await bench.pool.query(`ANALYZE ${table}`);
  });
  afterAll(() => client.end());

  const texts = async (statement: string): Promise<readonly string[]> =>
    (await client.query<{ text: string }>(statement)).rows.map(({ text }) => text);

  test('sees what is published, in views and tables', async () => {
    for (const place of [...PLACES, table, `${table}_history`])
      expect(await texts(`SELECT text FROM ${place}`)).toEqual(['announced']);
    expect(await texts(`SELECT attname AS text FROM pg_stats WHERE tablename = '${TABLE.name}'`)).toEqual([]);
  });

  test.each<[string, (roles: { project: string; migrate: string }) => string]>([
    ['row security off', () => `SET row_security = off; SELECT text FROM ${table}`],
    ['another role', ({ project }) => `SET ROLE "${project}"`],
    ['the role of the owner', ({ migrate }) => `SET ROLE "${migrate}"`],
    ['another session', ({ project }) => `SET SESSION AUTHORIZATION "${project}"`],
    ['a table without policies', () => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`],
    ['a policy dropped', () => `DROP POLICY within_sight ON ${table}`],
    ['a policy changed', () => `ALTER POLICY within_sight ON ${table} USING (true)`],
    ['a policy of their own', () => `CREATE POLICY mine ON ${table} USING (true)`],
    ['a role that bypasses', () => `ALTER ROLE CURRENT_USER BYPASSRLS`],
    ['a view of their own', () => `CREATE VIEW read_model.mine AS SELECT * FROM ${table}`],
    ['a function', () => `CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
    ['a temporary table', () => `CREATE TEMP TABLE mine AS SELECT * FROM ${table}`],
    ['another row', () => `UPDATE ${table} SET is_published = true`],
    ['no rows', () => `TRUNCATE ${table}`],
    ['a file', () => `COPY ${table} TO '/var/lib/khamrap-held'`],
    ['a program', () => `COPY ${table} TO PROGRAM 'cat'`],
  ])('has not: %s', async (_what, attack) => {
    await expect(client.query(attack(bench.database.roles))).rejects.toMatchObject({ code: '42501' });
    await client.query('RESET row_security');
    expect(await texts(`SELECT text FROM ${table}`)).toEqual(['announced']);
  });
});

test('another build holds back what the one before it held back', async () => {
  const [before] = await buildsOf(bench.pool, NAME);
  expect(await orderRebuild(bench.pool, NAME)).toBeUndefined();
  const after = await eventually('the other build', async () => {
    const [build, ...others] = await buildsOf(bench.pool, NAME);
    return build && build.buildId !== before!.buildId && others.length === 0 ? build : undefined;
  });
  expect(after.state).toBe('live');
  for (const [, sight, expected] of READERS)
    for (const place of PLACES) expect(await seen(sight(), place)).toEqual(expected);
});
