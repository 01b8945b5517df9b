import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Evidence } from '../../../../apps/cli/witness/evidence';
import { Witness } from '../../../../apps/cli/witness/witness';
import { openWitnessKey, type WitnessKey } from '../../../../apps/cli/witness/witness-key';
import { originHash, WitnessMemory } from '../../../../apps/cli/witness/witness-memory';
import { addCheckpointText, checkpointText, parseNote } from '../proof';
import { signedNote } from '../signing/log-keys';
import { logKey } from '../signing/spec/signer-under-test';
import { ORIGIN } from '../spec/plain-signer';
import { bringCosignedTo } from './bring-cosigned';
import { WitnessedLog } from './spec/witnessed-log';

const key = logKey();
const stranger = logKey();
const folder = mkdtempSync(path.join(os.tmpdir(), 'khamrap-witness-'));
let log: WitnessedLog;
let nacc: WitnessKey;
let unknown: WitnessKey;

beforeAll(async () => {
  nacc = await openWitnessKey(path.join(folder, 'nacc'), 'nacc.test/witness');
  unknown = await openWitnessKey(path.join(folder, 'unknown'), 'unknown.test/witness');
  const sao = await openWitnessKey(path.join(folder, 'sao'), 'sao.test/witness');
  const lines = [`witness nacc ${nacc.vkey}`, `witness sao ${sao.vkey}`, 'group both all nacc sao', 'quorum both'];
  log = await WitnessedLog.open([key], lines.join('\n'));
  log.sign();
  await log.growTo(20);
  await log.below.published(20);
});

afterAll(async () => {
  await log?.dispose();
  rmSync(folder, { recursive: true });
});

function bring(note: string) {
  const { store, urls } = log.below;
  return bringCosignedTo({ store, pool: log.below.pool(), readUrl: urls.read, policy: log.policy }, note);
}

const cosigned = (by: WitnessKey, note: string, seconds = 1_800_000_000): string =>
  note + by.cosignatureLine(parseNote(note).text, seconds);

/** Signed by a key, as a log of this size and root would be. */
const noteOf = (size: number, root: Uint8Array, signer = key): string =>
  signedNote([signer], ORIGIN, checkpointText({ origin: ORIGIN, size, root }));

test('what witnesses cosign by file is joined to the checkpoint, until the quorum is reached', async () => {
  const { note, size } = (await log.below.log.latest())!;
  const gathered: string[] = [];
  for (const name of ['nacc', 'sao']) {
    const witnessKey = await openWitnessKey(path.join(folder, name));
    const memory = new WitnessMemory(path.join(folder, name), witnessKey.verifierKey);
    const evidence = new Evidence(path.join(folder, name, 'evidence'));
    const logs = [key.verifierKey(ORIGIN)];
    const witness = new Witness({ key: witnessKey, logs, memory, evidence, now: Date.now, alarm: () => undefined });
    await witness.addCheckpoint(addCheckpointText({ oldSize: 0, proof: [], checkpoint: note }));
    gathered.push((await witness.lastCosigned(originHash(ORIGIN)))!);
  }
  expect(await bring(gathered[0]!)).toEqual({ size, witnesses: ['nacc'], isWitnessed: false });
  expect(await log.below.log.waitFor(size - 1, 'witnessed', 1)).toBeUndefined();
  expect((await log.states()).map(({ status }) => status)).toEqual(['cosigning', 'notAsked']);
  expect(await bring(gathered[1]!)).toEqual({ size, witnesses: ['sao'], isWitnessed: true });
  const witnessed = (await log.below.log.waitFor(size - 1, 'witnessed', 1_000))!;
  expect(parseNote(witnessed.note).signatures.map(({ name }) => name)).toEqual([
    ORIGIN,
    'nacc.test/witness',
    'sao.test/witness',
  ]);
  // Twice is once.
  await bring(gathered[1]!);
  expect((await log.below.log.latest())?.note).toBe(witnessed.note);
});

test.each<[string, RegExp, (root: Uint8Array) => string]>([
  ['something else', /not a note/, () => 'hello'],
  [
    'a note that another key has signed',
    /not signed by a key of this log/,
    (root) => cosigned(nacc, noteOf(20, root, stranger)),
  ],
  ['a note that nobody has cosigned', /No witness/, (root) => noteOf(20, root)],
  ['a note that a stranger has cosigned', /No witness/, (root) => cosigned(unknown, noteOf(20, root))],
  [
    'a cosignature of something else',
    /not a note/,
    (root) => noteOf(20, root) + cosigned(nacc, noteOf(19, root)).split('\n').at(-2) + '\n',
  ],
  ['a note of more events than there are', /is this its newest copy/, (root) => cosigned(nacc, noteOf(21, root))],
  ['a note of other events', /ALARM: the log of today does not go on/, (root) => cosigned(nacc, noteOf(19, root))],
])('refuses %s', async (_what, why, note) => {
  const { root } = (await log.below.log.latest())!;
  await expect(bring(note(root))).rejects.toMatchObject({
    name: 'CosignatureRefused',
    message: expect.stringMatching(why),
  });
});
