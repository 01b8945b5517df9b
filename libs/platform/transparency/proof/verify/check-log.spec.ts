import fc from 'fast-check';
import { digest, MadeLog, MadeSigner, START_MS } from '../../../../testing/verifiable-log/made-log';
import { madeFolder } from '../../../../testing/verifiable-log/made-bundle';
import type { MapSource } from '../../../../testing/verifiable-log/map-source';
import { KEY_TYPES } from '../note';
import { parseLeaf } from '../leaf';
import { bundleOf } from '../tiles';
import { restoredAudit, savedAudit } from './audit-memory';
import { checkLog, type LogCheckOptions } from './check-log';
import { severityOf, type Finding } from './finding';
import { LogAudit } from './log-audit';
import { policyOfKeys } from './trust';
import { verdict } from './verdict';

const signer = new MadeSigner('log.example/khamrap');
const TRUST = { policy: policyOfKeys([signer.vkey]), isGiven: true };
const options: LogCheckOptions = { digest, trust: TRUST };

const bad = (findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => ['broken', 'unchecked'].includes(severityOf(finding)))
    .map(({ code, position }) => (position === undefined ? code : `${code}@${position}`));

async function badIn(source: MapSource, more: LogCheckOptions = {}): Promise<string[]> {
  return bad((await checkLog(source, { ...options, ...more })).findings);
}

describe('a log that is as it should be', () => {
  test.each([0, 1, 2, 255, 256, 257, 600])('of %i events is verified', async (size) => {
    const log = new MadeLog().grow(size);
    const { findings, memory, checkpoint } = await checkLog(await madeFolder(log, signer), options);
    expect(bad(findings)).toEqual([]);
    expect(verdict(findings).outcome).toBe('verified');
    expect([memory?.size, checkpoint?.size]).toEqual([size, size]);
  });

  test('is verified around a second level of tiles, from the entries alone and going on from each size', async () => {
    const log = new MadeLog({ streamCount: 1_000, withBodies: false }).grow(65_537);
    let audit = new LogAudit(log.origin, digest);
    for (const size of [65_535, 65_536, 65_537]) {
      for (let index = Math.floor(audit.size / 256); index * 256 < size; index++) {
        const to = Math.min(size, (index + 1) * 256);
        expect(audit.take(log.bundle(index, to - index * 256), to).findings).toEqual([]);
      }
      expect(Buffer.from(audit.root())).toEqual(Buffer.from(await log.rootAt(size)));
      for (const { name, bytes } of audit.partialTiles())
        expect(Buffer.from(bytes)).toEqual(Buffer.from(log.tile(name.level, name.index, name.width)));
      const saved = savedAudit(audit.memory()!, 'note', digest);
      audit = new LogAudit(log.origin, digest, restoredAudit(saved, digest).memory);
    }
    expect(audit.streamCount).toBe(1_000);
  });

  test('may serve a full tile where a part was asked for', async () => {
    const log = new MadeLog().grow(300);
    const folder = await madeFolder(log, signer);
    const whole = new MadeLog().grow(512);
    const swept = folder.with({
      'tile/0/001.p/44': undefined,
      'tile/entries/001.p/44': undefined,
      'tile/0/001': whole.tile(0, 1, 256),
      'tile/entries/001': whole.bundle(1, 256),
    });
    expect(await badIn(swept)).toEqual([]);
  });

  test('is found to go on from what was seen before', async () => {
    const log = new MadeLog().grow(300);
    const first = await checkLog(await madeFolder(log, signer), options);
    const held = [{ name: 'kept', note: Buffer.from(first.checkpoint!.note) }];
    log.grow(777);
    const { findings } = await checkLog(await madeFolder(log, signer), { ...options, held, memory: first.memory! });
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'entriesAddedChecked', subject: '477' });
    expect(findings).toContainEqual({ code: 'consistentWith', subject: '300' });
  });
});

describe('a log whose own signed entries are not as they should be', () => {
  const other = 'f'.repeat(64);
  test.each<[string, (leaf: ReturnType<typeof parseLeaf>) => ReturnType<typeof parseLeaf>, string]>([
    ['another position', (leaf) => ({ ...leaf, position: 999 }), 'positionDiffers@300'],
    ['another log', (leaf) => ({ ...leaf, log: 'log.example/other' }), 'logDiffers@300'],
    [
      'a time before the one before',
      (leaf) => ({ ...leaf, recordedAt: '2020-01-01T00:00:00.000Z' }),
      'timeRunsBackwards@300',
    ],
    ['a revision left out', (leaf) => ({ ...leaf, revision: leaf.revision + 1 }), 'revisionDiffers@300'],
    ['another event before it', (leaf) => ({ ...leaf, prev: other }), 'prevDiffers@300'],
    ['none before it', (leaf) => ({ ...leaf, prev: null }), 'prevDiffers@300'],
    ['a stream that begins in the middle', (leaf) => ({ ...leaf, stream: other }), 'revisionDiffers@300'],
    ['a new stream that has a past', (leaf) => ({ ...leaf, stream: other, revision: 0 }), 'prevDiffers@300'],
    ['another form', (leaf) => ({ ...leaf, body: `${leaf.body.slice(1)}A` }), 'entryMalformed@300'],
  ])('with %s', async (_what, change, found) => {
    const log = new MadeLog({ leafOf: (leaf) => (leaf.position === 300 ? change(leaf) : leaf) }).grow(600);
    const check = await checkLog(await madeFolder(log, signer), options);
    expect(bad(check.findings)).toEqual([found]);
    expect(verdict(check.findings)).toMatchObject({ outcome: 'broken', firstBadPosition: 300 });
    expect(check.memory).toBeUndefined();
  });
});

describe('a log that is served otherwise than it was signed', () => {
  const log = new MadeLog().grow(600);
  const swap = (index: number, one: number, two: number): Uint8Array => {
    const entries = log.entries.slice(index * 256, (index + 1) * 256);
    [entries[one], entries[two]] = [entries[two]!, entries[one]!];
    return bundleOf(entries);
  };
  const changed = Buffer.from(
    log.entries[300]!.toString()
      .replace(/"body":"./, '"body":"g')
      .replace('"g', '"0'),
  );
  let folder: MapSource;
  beforeAll(async () => {
    folder = await madeFolder(log, signer);
  });

  test.each<[string, () => Record<string, Uint8Array | string | undefined>, string[]]>([
    [
      'two events swapped',
      () => ({ 'tile/entries/001': swap(1, 10, 11) }),
      ['positionDiffers@266', 'leafDiffers@266', 'rootDiffers'],
    ],
    [
      'an entry changed',
      () => ({ 'tile/entries/001': bundleOf(log.entries.slice(256, 512).with(44, changed)) }),
      ['leafDiffers@300', 'prevDiffers@307', 'rootDiffers'],
    ],
    ['a tile of leaves missing', () => ({ 'tile/0/001': undefined }), ['tileMissing@256']],
    ['entries missing', () => ({ 'tile/entries/001': undefined }), ['entriesMissing@256']],
    ['entries cut short', () => ({ 'tile/entries/001': log.bundle(1, 255) }), ['entriesMalformed@511']],
    [
      'entries too many',
      () => ({ 'tile/entries/001': Buffer.concat([log.bundle(1, 256), Buffer.of(0, 1, 7)]) }),
      ['entriesMalformed@511'],
    ],
    ['a tile above changed', () => ({ 'tile/1/000.p/2': Buffer.alloc(64) }), ['tileDiffers@0']],
    ['a checkpoint that is none', () => ({ checkpoint: 'hello' }), ['checkpointMalformed']],
    ['no checkpoint', () => ({ checkpoint: undefined }), ['checkpointMissing']],
  ])('%s', async (_what, change, found) => {
    const all = await badIn(folder.with(change()));
    expect(all).toEqual(found);
  });

  test('any bit of any file that is the other way round is found', async () => {
    const names = [...folder.files.keys()].filter((name) => name !== 'policy' && name !== 'keys.json');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), async (name, bit) => {
        expect(await badIn(folder.flipped(name, bit))).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('another past', () => {
  const before = new MadeLog().grow(300);
  const rewritten = new MadeLog({ startMs: START_MS + 1 }).grow(600);

  test('is found by a checkpoint or a receipt that was kept, and not without one', async () => {
    const folder = await madeFolder(rewritten, signer);
    expect(await badIn(folder)).toEqual([]);
    const held = [{ name: 'kept', note: Buffer.from(await before.checkpoint([signer])) }];
    expect(await badIn(folder, { held })).toEqual(['notConsistent']);
    const receipts = [{ position: 7, entry: before.entries[7]! }];
    expect(await badIn(folder, { receipts })).toEqual(['receiptDiffers@7']);
    expect(await badIn(folder, { receipts: [{ position: 7, entry: rewritten.entries[7]! }] })).toEqual([]);
    const { memory } = await checkLog(await madeFolder(before, signer), options);
    expect(await badIn(folder, { memory: memory! })).toEqual(['notConsistent']);
  });

  test('that ends sooner is found', async () => {
    const folder = await madeFolder(new MadeLog().grow(200), signer);
    const held = [{ name: 'kept', note: Buffer.from(await before.checkpoint([signer])) }];
    expect(await badIn(folder, { held, receipts: [{ position: 250, entry: before.entries[250]! }] })).toEqual([
      'smallerThanHeld',
      'smallerThanHeld',
    ]);
  });
});

describe('keys', () => {
  const log = new MadeLog().grow(20);
  const thief = new MadeSigner('log.example/khamrap', KEY_TYPES.ed25519, 'thief');

  test('that are not trusted sign nothing', async () => {
    expect(await badIn(await madeFolder(log, thief))).toEqual(['noTrustedSignature']);
    const elsewhere = { trust: { policy: policyOfKeys([new MadeSigner('log.example/other').vkey]), isGiven: true } };
    expect(await badIn(await madeFolder(log, signer), elsewhere)).toEqual(['originDiffers']);
  });

  test('that were retired sign nothing more', async () => {
    const keys = (toSize: number): string => JSON.stringify({ keys: [{ vkey: signer.vkey, fromSize: 0, toSize }] });
    const folder = await madeFolder(log, signer);
    expect(await badIn(folder.with({ 'keys.json': keys(20) }))).toEqual(['keyNotValid']);
    expect(await badIn(folder.with({ 'keys.json': keys(21) }))).toEqual([]);
  });

  test('of an epoch are the same keys under another name', async () => {
    const epoch = new MadeSigner('log.example/khamrap/epoch-1', KEY_TYPES.ed25519, 'log.example/khamrap');
    const note = await log.checkpoint([epoch], { origin: 'log.example/khamrap/epoch-1' });
    const { findings } = await checkLog(await madeFolder(log, signer, note), options);
    expect(bad(findings)).toEqual([]);
    expect(findings.map(({ code }) => code)).toContain('epochOpened');
  });

  test('that come from the log itself are said to', async () => {
    const { findings } = await checkLog(await madeFolder(log, thief), { digest });
    expect(verdict(findings).outcome).toBe('verified');
    expect(findings.map(({ code }) => code)).toContain('keyFromSource');
  });
});

describe('times', () => {
  const witness = new MadeSigner('witness.example', KEY_TYPES.cosignature);
  const trust = { policy: policyOfKeys([signer.vkey, witness.vkey]), isGiven: true };
  const log = new MadeLog().grow(900);
  const MINUTES = 60;

  /**
   * The log with two sightings: one of 300 events, one of all 900, so many seconds after the event before was recorded.
   */
  async function seen(first: number, second: number, made = log): Promise<string[]> {
    const at = (size: number, late: number) =>
      made.checkpoint([signer], { size, witnesses: [witness], seconds: START_MS / 1_000 + size - 1 + late });
    const folder = await madeFolder(made, signer, await at(900, second));
    return badIn(folder.with({ 'checkpoints/300': await at(300, first) }), { trust });
  }

  test.each<[string, number, number, string[]]>([
    ['between the witnesses', 1, 1, []],
    ['within the skew', 4 * MINUTES, -4 * MINUTES, []],
    [
      'back-dated: witnesses had seen the log without it after it says it was recorded',
      8 * MINUTES,
      1,
      ['timeBeforeWitness@300'],
    ],
    ['post-dated: witnesses had seen it before it says it was recorded', 1, -8 * MINUTES, ['timeAfterWitness@899']],
  ])('%s', async (_what, first, second, found) => {
    expect(await seen(first, second)).toEqual(found);
  });

  test('without enough witnesses are nobody’s', async () => {
    expect(await badIn(await madeFolder(log, signer), { trust })).toEqual(['quorumNotReached']);
    expect((await checkLog(await madeFolder(log, signer), options)).findings).toContainEqual({
      code: 'timesUnwitnessed',
    });
  });
});
