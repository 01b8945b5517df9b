import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { streamName } from '@khamrap/kernel';
import { newEvents } from '@khamrap/testing';
import { checkLog } from './check-log';
import { exportLog, ExportRefused } from './export-folder';
import type { CheckpointSigner } from './checkpoint-signer';
import { base64Of, checkpointText, tilePath, tilesOf, TreeReader, verifierKeyText, type Tree } from './proof';
import { LogAnnals } from './signing/log-annals';
import { signedNote } from './signing/log-keys';
import { logKey } from './signing/spec/signer-under-test';
import { LogUnderTest } from './spec/log-under-test';
import { ORIGIN } from './spec/plain-signer';

const SIZE = 1_100;
const key = logKey();
/** Signs whatever it is asked to, with the key that the log has recorded. */
const signer: CheckpointSigner = { sign: (tree) => Promise.resolve(signed(tree)) };
let log: LogUnderTest;

beforeAll(async () => {
  log = await LogUnderTest.open();
  const builder = log.builder(signer);
  builder.start();
  await log.growTo(SIZE - 1);
  const vkey = verifierKeyText(key.verifierKey(ORIGIN));
  await new LogAnnals(log.store).record(() => [{ type: 'LogKeyAdopted', data: { vkey, size: 0 } }]);
  await log.published(SIZE);
  await builder.stop();
}, 60_000);
afterAll(() => log.dispose());

function signed(tree: Tree, by = key): string {
  return signedNote([by], ORIGIN, checkpointText({ origin: ORIGIN, ...tree }));
}

const check = () => checkLog({ store: log.store, pool: log.pool(1) });

describe('the check of operators', () => {
  test('finds nothing where rows, tiles, bundles and checkpoint agree', async () => {
    let seen = 0;
    const found = await checkLog({ store: log.store, pool: log.pool(1), onProgress: (count) => (seen = count) });
    expect(found).toEqual({ size: SIZE, publishedSize: SIZE });
    expect(seen).toBe(SIZE);
  });

  const flipped = (column: string, at: number) =>
    `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;
  const EVENT = 'ledger.event';
  const TILE = 'transparency.tile';
  const HEAD = 'transparency.stream_head';

  test.each([
    ['a body', EVENT, 'position = 1000', `body = body || ' '`, 1_000, /body/],
    ['a hash and its body', EVENT, 'position = 300', `body = '{}', body_hash = sha256(salt || '{}')`, 300, /leaf/],
    ['a time', EVENT, 'position = 1099', 'recorded_at_ms = recorded_at_ms + 1', 1_099, /leaf/],
    ['the salt of a first event', EVENT, 'position = 7', flipped('salt', 0), 7, /body/],
    ['the place of two events', EVENT, 'position IN (40, 41)', 'position = -(81 - position)', 40, /leaf|revision/],
    ['a row, by removing it', EVENT, 'position = 777', '', 777, /not there/],
    ['a leaf', TILE, 'level = 0 AND tile_index = 3', flipped('hashes', 5 * 32 + 1), 3 * 256 + 5, /leaf/],
    ['a hash above', TILE, 'level = 1', flipped('hashes', 2 * 32), 2 * 256, /tile 0 of level 1/],
    ['an entry', 'transparency.entry_bundle', 'bundle_index = 2', flipped('bytes', 1_000), 515, /entry/],
    ['the root', 'transparency.state', 'true', flipped('root', 0), SIZE - 1, /root of the log/],
    ['the end of a stream', HEAD, `stream = 'note-7'`, flipped('leaf_hash', 0), 1_057, /end of its stream/],
    ['the name of a stream', HEAD, `stream = 'note-8'`, flipped('reference', 0), 1_058, /end of its stream/],
    ['how far a stream is', HEAD, `stream = 'note-9'`, 'revision = 0', 1_059, /end of its stream/],
    ['the end of a stream, by removing it', HEAD, `stream IN ('note-10', 'note-11')`, '', 1_060, /no end/],
  ])('names the first position where somebody has altered %s', async (_what, table, which, change, position, what) => {
    await log.asOwner(`CREATE TABLE public.kept AS SELECT * FROM ${table} WHERE ${which}`);
    const remove = `DELETE FROM ${table} WHERE ${which}`;
    // Two rows change places by way of a copy, because no two may ever be at one place.
    const swap = `${remove}; INSERT INTO ${table} SELECT 81 - position, recorded_at_ms, stream, revision, event_id, type,
                  schema_version, body, salt, body_hash FROM public.kept`;
    const update = `UPDATE ${table} SET ${change} WHERE ${which}`;
    await log.tamper(table, change === '' ? remove : change.startsWith('position') ? swap : update);
    const { found } = await check();
    // As it was, for the next one.
    await log.tamper(table, `${remove}; INSERT INTO ${table} SELECT * FROM public.kept; DROP TABLE public.kept`);
    expect(found).toMatchObject({ position });
    expect(found?.what).toMatch(what);
  });

  test.each<[string, (root: Uint8Array) => string, RegExp]>([
    ['of something else', () => signed({ size: SIZE - 1, root: Buffer.alloc(32) }), /root that was signed/],
    ['by a key that is none of the log', (root) => signed({ size: SIZE - 1, root }, logKey()), /not signed by any key/],
    [
      'by nobody, in the name of its key',
      (root) => signed({ size: SIZE - 1, root: Buffer.alloc(32) }).replace(/\n.*\n\n/, `\n${base64Of(root)}\n\n`),
      /signature that is wrong/,
    ],
  ])('names the checkpoint that was signed %s', async (_what, noteOf, what) => {
    const { note } = (await log.log.latest())!;
    const root = await new TreeReader(SIZE - 1, async ({ level, index, width }) =>
      Buffer.from((await log.log.tile(level, index, width))!),
    ).rootAt();
    await log.asOwner(`UPDATE transparency.published SET note = '${noteOf(root)}', size = size - 1`);
    const { found } = await check();
    await log.asOwner(`UPDATE transparency.published SET note = '${note}', size = size + 1`);
    expect(found).toEqual({ position: SIZE - 2, what: expect.stringMatching(what) });
  });
});

describe('the log as a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'log-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('has the files of c2sp.org/tlog-tiles, and can be brought up to date', async () => {
    expect(await exportLog(log.log, folder)).toMatchObject({ size: SIZE, origin: ORIGIN });
    for (const name of tilesOf(SIZE)) {
      const served = Buffer.from((await log.log.tile(name.level, name.index, name.width))!);
      expect((await readFile(path.join(folder, tilePath(name)))).equals(served)).toBe(true);
    }
    expect(await readFile(path.join(folder, 'checkpoint'), 'utf8')).toBe((await log.log.latest())!.note);
    const before = (await stat(path.join(folder, 'tile/0/000'))).mtimeMs;
    const grown = SIZE + 300;
    await log.store.append({ stream: streamName('note', 'later'), expectedRevision: -1, events: newEvents(300) });
    const builder = log.builder(signer);
    builder.start();
    await log.published(grown);
    await builder.stop();
    // Tile 4 is full now, 5 begins, the level above has one more; then the checkpoint.
    expect(await exportLog(log.log, folder)).toMatchObject({ size: grown, fileCount: 2 + 2 + 1 + 1 });
    expect((await stat(path.join(folder, 'tile/0/000'))).mtimeMs).toBe(before);
    expect((await readdir(path.join(folder, 'tile/0'))).filter((name) => name.endsWith('.p'))).toEqual(['005.p']);
    expect(await exportLog(log.log, folder)).toMatchObject({ fileCount: 1 });
  });

  test('is not mixed with another log', async () => {
    const other = await LogUnderTest.open();
    other.builder().start();
    await other.growTo(SIZE + 400);
    await other.published(SIZE + 400);
    await expect(exportLog(other.log, folder)).rejects.toBeInstanceOf(ExportRefused);
    await other.dispose();
  });
});
