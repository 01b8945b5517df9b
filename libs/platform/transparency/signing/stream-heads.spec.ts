import { LEDGER_STREAM, streamName } from '@khamrap/kernel';
import { LogDamaged } from '@khamrap/platform/event-store';
import { createPool } from '@khamrap/platform/database';
import {
  bytesOfHex,
  hexOf,
  leafHash,
  streamHeadText,
  utf8,
  verifyInclusion,
} from '@khamrap/platform/transparency/proof';
import { newEvent } from '@khamrap/testing';
import { LogUnderTest, naiveRoot } from '../spec/log-under-test';
import { LogAnnals } from './log-annals';
import { StreamHeads, type StreamHeadProof } from './stream-heads';

const STREAM_COUNT = 300;
const SIZE = 1_000;
const HOURS = 24;

let log: LogUnderTest;
let annals: LogAnnals;
let pool: ReturnType<typeof createPool>;

beforeAll(async () => {
  log = await LogUnderTest.open();
  pool = createPool({ url: log.urls.read, size: 2, applicationName: 'spec heads' });
  annals = new LogAnnals(log.store);
  log.builder().start();
  await log.growTo(SIZE, STREAM_COUNT);
  await log.published(SIZE);
}, 60_000);

afterAll(async () => {
  await pool.end();
  await log.dispose();
});

/** As another process has it. */
const heads = (): StreamHeads => new StreamHeads(log.store, new LogAnnals(log.store), pool);
const streamOf = (number: number) => streamName('note', String(number));

/** The streams of these numbers go on by an event each, or begin. */
async function goOn(numbers: readonly number[]): Promise<void> {
  const appends = numbers.map(async (number) => {
    const stream = streamOf(number);
    const { length } = await log.store.readStream(stream, 0, 100);
    await log.store.append({ stream, expectedRevision: length - 1, events: [newEvent()] });
  });
  await Promise.all(appends);
  await log.published((await log.store.head()).position + 1);
}

function holds({ head, index, streamCount, root, proof }: StreamHeadProof): boolean {
  const leaf = leafHash(utf8(streamHeadText(head)));
  return verifyInclusion({ index, size: streamCount, leaf, proof, root: bytesOfHex(root, 32) });
}

test('nothing is proved before anything is recorded', async () => {
  expect(await heads().proofOf(streamOf(1))).toBeUndefined();
});

test('the root of all heads is recorded, and then only when the log has grown', async () => {
  const recorded = await heads().record();
  // Computed once more from the table, with nothing of the program's own but the text of a head.
  const { rows } = await pool.query<{ stream: string; revision: number; leaf: string }>(
    `SELECT encode(reference, 'hex') AS stream, revision, encode(leaf_hash, 'hex') AS leaf
     FROM transparency.stream_head WHERE position < ${SIZE}`,
  );
  const texts = rows.sort((left, right) => (left.stream < right.stream ? -1 : 1)).map(streamHeadText);
  const root = hexOf(naiveRoot(texts.map((text) => leafHash(utf8(text)))));
  // The streams of the events, and the one that tells of the log itself.
  expect(recorded).toEqual({ size: SIZE, streamCount: STREAM_COUNT + 1, root });
  await log.published(SIZE + 1);
  expect(await heads().record()).toBeUndefined();
  expect(await heads().recordWhenDue(HOURS)).toBeUndefined();
});

test('each stream is proved to have come so far then, however far it has come since', async () => {
  // Most streams go on, and one begins.
  await goOn(Array.from({ length: STREAM_COUNT }, (_, number) => number + 1));
  const service = heads();
  for (const number of [0, 1, 100, STREAM_COUNT - 1]) {
    const proof = (await service.proofOf(streamOf(number)))!;
    expect(proof).toMatchObject({ position: SIZE, size: SIZE, streamCount: STREAM_COUNT + 1 });
    const [last] = (await log.store.readLog(0, SIZE)).filter(({ stream }) => stream === streamOf(number)).slice(-1);
    expect(proof.head.revision).toBe(last?.revision);
    expect(holds(proof)).toBe(true);
    expect(holds({ ...proof, head: { ...proof.head, revision: proof.head.revision + 1 } })).toBe(false);
    expect(holds({ ...proof, index: proof.index ^ 1 })).toBe(false);
  }
  expect(await service.proofOf(streamOf(STREAM_COUNT))).toBeUndefined();
  expect(await service.proofOf(streamName('note', 'never'))).toBeUndefined();
});

test('two who record at once record once, and the next proof is of the newest record', async () => {
  const recordCount = async (): Promise<number> =>
    (await log.store.readStream(LEDGER_STREAM, 0, 100)).filter(({ type }) => type === 'StreamHeadsRecorded').length;
  const countBefore = await recordCount();
  await Promise.all([heads().record(), heads().record()]);
  expect(await recordCount()).toBe(countBefore + 1);
  const proof = await heads().proofOf(streamOf(STREAM_COUNT));
  expect(proof?.size).toBeGreaterThan(SIZE);
  expect(holds(proof!)).toBe(true);
});

test('what was changed since in the tables is not proved', async () => {
  await log.tamper(
    'transparency.stream_head',
    `UPDATE transparency.stream_head SET leaf_hash = sha256('another') WHERE stream = '${streamOf(7)}'`,
  );
  await expect(heads().proofOf(streamOf(1))).rejects.toThrow(LogDamaged);
});

test('they are due when the last ones are as old as the settings have it', async () => {
  const { lastHeads, openedAtMs } = await annals.read();
  expect(lastHeads?.recordedAtMs).toBeGreaterThan(0);
  await goOn([1]);
  // The clock of the store says when that was; the log of this spec began when it was opened.
  expect((Date.now() - openedAtMs) / 3_600_000).toBeLessThan(HOURS);
  expect(await heads().recordWhenDue(0)).toBeUndefined();
  expect(await heads().recordWhenDue(HOURS)).toBeUndefined();
  // As if the shortest time there is were long enough.
  const { position } = await log.store.head();
  expect(await heads().recordWhenDue(Number.MIN_VALUE)).toMatchObject({ size: position + 1 });
});
