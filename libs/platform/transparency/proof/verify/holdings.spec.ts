import { createHash } from 'node:crypto';
import { listed, madeAgreementBundle, madeFolder, madeLogBundle } from '../../../../testing/verifiable-log/made-bundle';
import { digest, MadeLog, MadeSigner, START_MS } from '../../../../testing/verifiable-log/made-log';
import type { MapSource } from '../../../../testing/verifiable-log/map-source';
import { KEY_TYPES } from '../note';
import { checkBundle, type BundleCheckOptions } from './check-bundle';
import { checkConsistency } from './check-consistency';
import { checkLog, type LogCheckOptions } from './check-log';
import type { FileSource } from './file-source';
import { severityOf, type Finding } from './finding';
import { policyOfKeys } from './trust';

// What a check depends on beside the log itself: what its holder has kept, whose clock it is, how far clocks may be apart.

const ORIGIN = 'log.example/khamrap';
const signer = new MadeSigner(ORIGIN);
const witness = new MadeSigner('witness.example', KEY_TYPES.cosignature);
const trust = { policy: policyOfKeys([signer.vkey]), isGiven: true };
const witnessed = { policy: policyOfKeys([signer.vkey, witness.vkey]), isGiven: true };

const bad = (findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => ['broken', 'unchecked'].includes(severityOf(finding)))
    .map(({ code, position }) => (position === undefined ? code : `${code}@${position}`));
const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

async function inLog(source: FileSource, more: LogCheckOptions = {}): Promise<readonly Finding[]> {
  return (await checkLog(source, { digest, trust, ...more })).findings;
}

describe('what was kept from before', () => {
  const log = new MadeLog().grow(40);

  test('is nothing unless it was: a receipt alone is something', async () => {
    const folder = await madeFolder(log, signer);
    expect(codes(await inLog(folder, { held: [], receipts: [] }))).toContain('nothingHeld');
    const findings = await inLog(folder, { held: [], receipts: [{ position: 7, entry: log.entries[7]! }] });
    expect(findings).toContainEqual({ code: 'eventIncluded', position: 7 });
    expect(codes(findings)).not.toContain('nothingHeld');
  });

  const epochNote = (made: MadeLog, epoch = 1): Promise<string> => {
    const origin = `${ORIGIN}/epoch-${epoch}`;
    return made.checkpoint([new MadeSigner(origin, KEY_TYPES.ed25519, ORIGIN)], { origin });
  };
  const another = new MadeLog({ startMs: START_MS + 1 }).grow(40);

  test.each<[string, MadeLog, string[]]>([
    ['goes on in an epoch that continues it', log, []],
    ['is not continued by an epoch, and whoever opened that has to say why', another, ['epochsDiffer']],
    ['is larger than what an epoch begins with', new MadeLog().grow(20), ['epochsDiffer']],
  ])('%s', async (_what, made, found) => {
    const note = await epochNote(made);
    const held = [{ name: 'kept', note: Buffer.from(await log.checkpoint([signer], { size: 30 })) }];
    const findings = await inLog(await madeFolder(made, signer, note), { held });
    expect(bad(findings)).toEqual(found);
    expect(codes(findings)).toContain('epochOpened');
    expect(codes(findings).includes('consistentWith')).toBe(found.length === 0);
  });

  test.each<[string, MadeLog, number, string[]]>([
    ['of an epoch and of before it are of one log where the one continues the other', log, 30, []],
    ['of an epoch and of before it differ', another, 30, ['epochsDiffer']],
    ['of an epoch and of before it differ at one size', another, 40, ['epochsDiffer']],
  ])('two checkpoints %s', async (_what, made, size, found) => {
    const [older, newer] = [await log.checkpoint([signer], { size }), await epochNote(made)];
    const held = [
      { name: 'newer', note: Buffer.from(newer) },
      { name: 'older', note: Buffer.from(older) },
    ] as const;
    const findings = await checkConsistency(held, { digest, trust, source: await madeFolder(made, signer) });
    expect(bad(findings)).toEqual(found);
  });

  test('of another size cannot be compared with a bundle that has not the whole log', async () => {
    const bundle = await madeAgreementBundle(log, signer, 'agreement-3');
    const held = async (made: MadeLog, size: number): Promise<string[]> => {
      const note = Buffer.from(await made.checkpoint([signer], { size }));
      const options: BundleCheckOptions = { digest, trust, held: [{ name: 'kept', note }] };
      return bad((await checkBundle(bundle, options)).findings);
    };
    expect(await held(log, 40)).toEqual([]);
    expect(await held(another, 40)).toEqual(['notConsistent']);
    expect(await held(log, 30)).toEqual(['nothingToCompareWith']);
  });
});

describe('kept checkpoints', () => {
  const log = new MadeLog().grow(300);
  /** As a server gives them: by a list, and each by its size. */
  const served = async (list: string, more: Record<string, string> = {}): Promise<FileSource> => {
    const files = (await madeFolder(log, signer)).with({ checkpoints: list, ...more });
    return { read: (name) => files.read(name) };
  };
  const listOf = (...sizes: readonly unknown[]): string =>
    JSON.stringify({ checkpoints: sizes.map((size) => ({ size })) });

  test('are beginnings of the log, at most 200 of them, evenly spread', async () => {
    const sizes = Array.from({ length: 300 }, (_, index) => index + 1);
    const notes: Record<string, string> = {};
    for (const size of sizes) notes[`checkpoints/${size}`] = await log.checkpoint([signer], { size });
    const findings = await inLog(await served(listOf(...sizes, ...sizes), notes));
    expect(bad(findings)).toEqual([]);
    expect(findings).toContainEqual({ code: 'keptCheckpointsChecked', subject: '200' });
  });

  test.each<[string, string, () => Promise<Record<string, string>>, string[]]>([
    [
      'of another past',
      listOf(200),
      async () => ({ 'checkpoints/200': await new MadeLog({ startMs: 5 }).grow(200).checkpoint([signer]) }),
      ['notConsistent'],
    ],
    [
      'of another log',
      listOf(20),
      async () => ({
        'checkpoints/20': await new MadeLog({ origin: 'other.example/log' }).grow(20).checkpoint([signer]),
      }),
      ['originDiffers'],
    ],
    ['that are listed and not there', listOf(7), async () => ({}), []],
    ['whose list is none', '{"checkpoints":7}', async () => ({}), ['checkpointMalformed']],
    ['whose sizes are none', listOf('7'), async () => ({}), ['checkpointMalformed']],
  ])('%s', async (_what, list, notes, found) => {
    expect(bad(await inLog(await served(list, await notes())))).toEqual(found);
  });
});

describe('clocks', () => {
  const MINUTES = 60;
  /** Cosigned so many minutes after (or before) the last event says that it was recorded. */
  const seen = async (log: MadeLog, late: number, more: LogCheckOptions = {}): Promise<readonly Finding[]> => {
    const seconds = START_MS / 1_000 + log.size - 1 + late * MINUTES;
    const note = await log.checkpoint([signer], { witnesses: [witness], seconds });
    return inLog(await madeFolder(log, signer, note), { trust: witnessed, ...more });
  };

  test.each([
    [-4, undefined, []],
    [-6, undefined, ['timeAfterWitness@39']],
    [-6, 7 * MINUTES * 1_000, []],
    [-1, 0, ['timeAfterWitness@39']],
  ])('%d minutes apart, with an allowed skew of %p ms', async (late, skewMs, found) => {
    const more = skewMs === undefined ? {} : { skewMs };
    expect(bad(await seen(new MadeLog().grow(40), late, more))).toEqual(found);
  });

  describe('that are simulated', () => {
    const log = new MadeLog({ clock: 'simulated' });
    const YEAR = 365 * 24 * 60;
    const witnessedFolder = async (): Promise<MapSource> => {
      const seconds = (at: number): number => START_MS / 1_000 + at - 1 - YEAR * MINUTES;
      log.grow(300);
      const checkpoint = await log.checkpoint([signer], { witnesses: [witness], seconds: seconds(300) });
      const bundle = await madeLogBundle(log, signer);
      return bundle.with({ checkpoint });
    };
    const size = { kind: 'log', subject: ORIGIN, origin: ORIGIN, size: 300 } as const;

    test('are said to be, where the first event is disclosed', async () => {
      const folder = await witnessedFolder();
      const check = await checkLog(folder, { digest, trust: witnessed });
      expect(bad(check.findings)).toEqual([]);
      expect(codes(check.findings)).toContain('clockSimulated');
      expect(bad((await checkBundle(listed(folder, size), { digest, trust: witnessed })).findings)).toEqual([]);
      // Also by who goes on from there, and looks at bodies without meeting the first one again.
      const seconds = START_MS / 1_000;
      log.grow(600);
      const grown = await madeLogBundle(log, signer);
      const note = await log.checkpoint([signer], { witnesses: [witness], seconds });
      const next = await inLog(grown.with({ checkpoint: note }), {
        trust: witnessed,
        memory: check.memory!,
        withBodies: true,
      });
      expect(bad(next)).toEqual([]);
      expect(codes(next)).toContain('clockSimulated');
    });

    test('are wrong clocks where nothing says that they are simulated', async () => {
      const folder = await witnessedFolder();
      const silent = folder.with({ 'disclosures/0.ndjson': undefined });
      expect(bad(await inLog(silent, { trust: witnessed }))).toEqual([`timeAfterWitness@${log.size - 1}`]);
    });
  });
});

describe('files of evidence', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const [report, photograph] = [sha256('report'), sha256('photograph')];
  const log = new MadeLog({ dataOf: (position) => ({ sha256: position === 10 ? report : photograph }) }).grow(30);
  const head = { kind: 'agreement', subject: 'agreement-3', origin: ORIGIN, size: 30 } as const;

  test.each<[string, readonly (readonly [string, string])[], string[], string[]]>([
    [
      'both of them',
      [
        ['report.pdf', report],
        ['photograph.jpg', photograph],
      ],
      [],
      ['evidenceChecked'],
    ],
    [
      'the same one twice',
      [
        ['report.pdf', report],
        ['copy.pdf', report],
      ],
      [],
      ['evidenceChecked', 'evidenceNotHeld'],
    ],
    ['none of them', [], [], ['evidenceNotHeld']],
    ['another file', [['report.pdf', sha256('another')]], ['evidenceDiffers'], ['evidenceNotHeld']],
  ])('are compared with what the bundle lists: %s', async (_what, held, found, told) => {
    const list = JSON.stringify({ evidence: [{ sha256: report }, { sha256: photograph }] });
    const bundle = await madeAgreementBundle(log, signer, 'agreement-3');
    const { findings } = await checkBundle(listed(bundle.with({ 'evidence.json': list }), head), {
      digest,
      trust,
      evidence: held.map(([name, hash]) => ({ name, sha256: hash })),
    });
    expect(bad(findings)).toEqual(found);
    expect(
      codes(findings)
        .filter((code) => code.startsWith('evidence'))
        .sort(),
    ).toEqual([...found, ...told].sort());
  });
});
