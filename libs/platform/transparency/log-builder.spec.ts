import { streamName } from '@khamrap/kernel';
import { eventually, newEvents } from '@khamrap/testing';
import { SigningRefused } from './checkpoint-signer';
import { Checkpoints } from './checkpoints';
import { entriesOf, parseLeaf, tilesOf, verifyConsistency, verifyInclusion } from './proof';
import { LogUnderTest, naiveLeaf, naiveRoot } from './spec/log-under-test';
import { TileReader } from './tile-reader';
import { NotInLog } from './transparency-log';
import { TreeBuilder } from './tree-builder';
import { FencedOff, TreeStore } from './tree-store';

/** Where a tile begins, grows, is full, and fills the one above. */
const SIZES = [1, 2, 255, 256, 257, 65_535, 65_536, 65_537];

let log: LogUnderTest;
beforeEach(async () => {
  log = await LogUnderTest.open();
});
afterEach(() => log.dispose());

/** The entries of the published log from one on, by way of its bundles. */
async function entriesUpTo(size: number, from = 0): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  const begin = Math.floor(from / 256);
  for (let index = begin; index * 256 < size; index++)
    entries.push(...entriesOf((await log.log.entries(index, Math.min(256, size - index * 256)))!));
  return entries.slice(from - begin * 256);
}

/** What the tiles of a size must be, from its leaves. */
function naiveTile(leaves: readonly Uint8Array[], level: number, index: number, width: number): Buffer {
  const under = 256 ** level;
  return Buffer.concat(
    Array.from({ length: width }, (_, number) => {
      const from = (index * 256 + number) * under;
      return naiveRoot(leaves.slice(from, from + under));
    }),
  );
}

test('roots, tiles and entries are those of RFC 6962 and tlog-tiles at every size where something begins or is full', async () => {
  const builder = log.builder();
  expect(await log.log.latest()).toBeUndefined();
  expect(await log.log.tile(0, 0, 1)).toBeUndefined();
  builder.start();
  const leaves: Uint8Array[] = [];
  for (const size of SIZES) {
    if (size > 1) await log.growTo(size);
    await log.published(size);
    const latest = (await log.log.latest())!;
    leaves.push(...(await entriesUpTo(size, leaves.length)).map(naiveLeaf));
    expect(latest).toMatchObject({ size, origin: log.signer.origin });
    expect(Buffer.from(latest.root)).toEqual(naiveRoot(leaves));
    for (const { level, index, width } of tilesOf(size, size > 60_000 ? size - 300 : 0)) {
      // The tiles above change once in 256 events: at one of the large sizes they are made the long way.
      if (level > 0 && size > 65_536) continue;
      const tile = Buffer.from((await log.log.tile(level, index, width))!);
      expect(tile.equals(naiveTile(leaves, level, index, width))).toBe(true);
    }
    for (const index of new Set([0, size >> 1, size - 1])) {
      const proof = await log.log.inclusionProof(index, size);
      expect(verifyInclusion({ index, size, leaf: leaves[index]!, proof, root: latest.root })).toBe(true);
    }
  }
  // Every signature was given on a proof of consistency; here once more, from some sizes to the last.
  const last = log.signer.last!;
  for (const old of log.signer.signed.filter(({ size }) => SIZES.includes(size))) {
    const proof = await log.log.consistencyProof(old.size, last.size);
    expect(verifyConsistency({ old, new: last, proof })).toBe(true);
  }
  const [first, again] = [parseLeaf((await entriesUpTo(256))[7]!), parseLeaf((await log.log.entry(57))!)];
  expect(again).toMatchObject({ position: 57, revision: 1, stream: first.stream, log: log.signer.origin });
  expect(again.prev).toBe(Buffer.from(leaves[7]!).toString('hex'));
  expect(first).toMatchObject({ position: 7, revision: 0, prev: null });
  expect(log.told).toEqual([]);
}, 180_000);

test('goes on where it stood after a restart, and after a crash between storing and signing', async () => {
  const first = log.builder();
  first.start();
  await log.growTo(300);
  await log.published(300);
  log.signer.failure = new Error('the machine was switched off');
  await log.growTo(600);
  await log.toldOf(/switched off/);
  expect(await log.log.health()).toMatchObject({ size: 600, publishedSize: 300 });
  await first.stop();

  log.signer.failure = undefined;
  log.builder().start();
  await log.published(600);
  await log.growTo(700);
  await log.published(700);
  expect(naiveRoot((await entriesUpTo(700)).map(naiveLeaf))).toEqual(Buffer.from((await log.log.latest())!.root));
  expect(await log.log.health()).toEqual({ size: 700, publishedSize: 700, trouble: null });
});

test('of two builders that both believe to lead, the slower changes nothing', async () => {
  const { store } = log;
  // An election that anybody wins, as when the server has given the lock to another one and the first has not noticed yet.
  const trees = new TreeStore(log.pool());
  const tiles = new TileReader(log.pool());
  await log.growTo(100);
  const slower = await TreeBuilder.load({ store, trees, tiles });
  const faster = await TreeBuilder.load({ store, trees, tiles });
  const events = await store.readLog(0, 100);
  await faster.add(events.slice(0, 60));
  await expect(slower.add(events)).rejects.toBeInstanceOf(FencedOff);
  await faster.add(events.slice(60));
  const rows = await tiles.tile(0, 0, 100);
  expect(rows).toHaveLength(3_200);
  const checkpoints = new Checkpoints(log.pool());
  const noteOf = (size: number) => log.signer.note({ size, root: faster.built.root });
  expect(await checkpoints.publish(slower.epoch, noteOf(100))).toBe(false);
  expect(await checkpoints.publish(faster.epoch, noteOf(100))).toBe(true);
  // Not backwards, and not beyond what was stored.
  expect(await checkpoints.publish(faster.epoch, noteOf(60))).toBe(false);
  expect(await checkpoints.publish(faster.epoch, noteOf(101))).toBe(false);
  expect(await log.log.latest()).toMatchObject({ size: 100 });
});

test('another builder takes over from one that ends', async () => {
  const [first, second] = [log.builder(), log.builder()];
  first.start();
  second.start();
  await log.growTo(10);
  await log.published(10);
  await first.stop();
  await log.growTo(20);
  await log.published(20);
  await second.stop();
  await log.growTo(30);
  log.builder().start();
  await log.published(30);
});

test('a refused signature stops nothing but the publication, and is told until it is given again', async () => {
  log.builder().start();
  await log.growTo(10);
  await log.published(10);
  log.signer.failure = new SigningRefused('this is a restored copy');
  await log.growTo(600);
  await log.toldOf(/^signing was refused: this is a restored copy$/);
  expect(await log.log.health()).toEqual({
    size: 600,
    publishedSize: 10,
    trouble: 'signing was refused: this is a restored copy',
  });
  expect(await log.log.latest()).toMatchObject({ size: 10 });
  expect(await log.log.entries(0, 11)).toBeUndefined();
  expect(await log.log.waitFor(10, 'included', 1)).toBeUndefined();
  await expect(log.log.inclusionProof(3, 600)).rejects.toBeInstanceOf(NotInLog);
  log.signer.failure = undefined;
  await log.published(600);
  await eventually('trouble taken back', async () => ((await log.log.health()).trouble === null ? true : undefined));
  expect(log.told).toHaveLength(2);
});

test('a tree that has lost its last moments is made again from the events, and waited for', async () => {
  const before = log.builder();
  before.start();
  await log.growTo(3_000);
  await log.published(3_000);
  await before.stop();
  const note = (await log.log.latest())!.note;
  for (const table of ['tile', 'entry_bundle', 'stream_head', 'kept_checkpoint', 'published'])
    await log.tamper(`transparency.${table}`, `DELETE FROM transparency.${table}`);
  await log.tamper('transparency.state', `UPDATE transparency.state SET size = 0, root = sha256(''), frontier = ''`);
  log.builder().start();
  await log.published(3_000);
  expect((await log.log.latest())!.note).toBe(note);
  expect(log.signer.signed.filter(({ size }) => size === 3_000)).toHaveLength(2);
  expect(log.told).toEqual([]);
});

test('the tree of other events is refused, and goes on growing', async () => {
  log.signer.signed.push({ size: 300, root: Buffer.alloc(32) });
  log.builder().start();
  await log.growTo(400);
  await log.toldOf(/signing was refused: the tree of 400 does not continue/);
  expect(await log.log.health()).toMatchObject({ size: 400, publishedSize: 0 });
});

describe('a row that is not what was appended', () => {
  const alter = (position: number, change: string) =>
    log.tamper('ledger.event', `UPDATE ledger.event SET ${change} WHERE position = ${position}`);

  test.each([
    ['its body, before it was in the log', 'not in the log yet', `body = body || ' '`],
    ['its hash, before it was in the log', 'not in the log yet', `body_hash = sha256(body_hash)`],
    ['its body, in the last bundle', 'in the log', `body = body || ' '`],
    ['its time, in the last bundle', 'in the log', 'recorded_at_ms = recorded_at_ms - 1'],
    ['body and hash, in the last bundle', 'in the log', `body = '{}', body_hash = sha256(salt || '{}')`],
  ])('%s: building stops at it', async (_what, when, change) => {
    await log.growTo(when === 'in the log' ? 290 : 262);
    const before = log.builder();
    before.start();
    await log.published(when === 'in the log' ? 290 : 262);
    await before.stop();
    await log.growTo(290);
    await alter(270, change);
    const after = log.builder();
    after.start();
    const told = await log.toldOf(/the event at position 270 is not what it was/);
    expect(told).toContain('the verifiable log is not built');
    await eventually('the health', async () => {
      const { trouble } = await log.log.health();
      return trouble?.includes('position 270') ? true : undefined;
    });
    await log.growTo(300);
    await after.stop();
    expect((await log.log.health()).size).toBe(when === 'in the log' ? 290 : 262);
  });

  test('tiles that are not those of their root: nothing is built on them', async () => {
    const before = log.builder();
    before.start();
    await log.growTo(300);
    await log.published(300);
    await before.stop();
    await log.tamper('transparency.tile', `UPDATE transparency.tile SET hashes = sha256('x') WHERE level = 1`);
    log.builder().start();
    await log.toldOf(/do not make the root that it had at size 300/);
  });
});

test('the log of another ledger is not built upon', async () => {
  await log.asOwner(`UPDATE transparency.state SET log_id = gen_random_uuid()`);
  log.builder().start();
  await log.toldOf(/built over another log/);
});

test('keeps one checkpoint a minute, and those that witnesses have cosigned', async () => {
  const builder = log.builder();
  builder.start();
  await log.store.append({ stream: streamName('note', 'a'), expectedRevision: -1, events: newEvents(3) });
  await log.published(4);
  await log.growTo(20);
  await log.published(20);
  expect((await log.log.heldCheckpoints()).length).toBe(1);
  await builder.stop();
  const { note } = (await log.log.latest())!;
  const cosigned = `${note}— witness.test AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n`;
  expect(await log.log.witnessedCovering(19)).toBeUndefined();
  const waiting = log.log.waitFor(5, 'witnessed', 20_000);
  await new Checkpoints(log.pool()).keepCosigned(cosigned, true);
  expect(await waiting).toMatchObject({ size: 20, note: cosigned });
  expect(await log.log.latest()).toMatchObject({ size: 20, note: cosigned });
  expect(await log.log.heldCheckpointsOf(20)).toMatchObject([{ note: cosigned, witnessed: true }]);
  expect(await log.log.witnessedCovering(20)).toBeUndefined();
});

test('what was shown is not altered by who builds', async () => {
  log.builder().start();
  await log.growTo(300);
  await log.published(300);
  const pool = log.pool();
  for (const sql of [
    'DELETE FROM transparency.tile',
    'DELETE FROM transparency.kept_checkpoint',
    'TRUNCATE transparency.entry_bundle',
    `UPDATE transparency.entry_bundle SET bytes = ''`,
    `UPDATE transparency.tile SET hashes = sha256('x') WHERE level = 0`,
    `UPDATE transparency.state SET size = 0`,
  ])
    await expect(pool.query(sql)).rejects.toThrow(/permission denied|only grows|does not become smaller/);
});
