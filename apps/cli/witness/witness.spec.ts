import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {
  addCheckpointText,
  EMPTY_ROOT,
  parseNote,
  parseSignatureLines,
  readCheckpoint,
  sha256,
  TLOG_SIZE_TYPE,
  utf8,
  verifiedSignatures,
} from '@khamrap/platform/transparency/proof';
import { Evidence } from './evidence';
import { SmallLog } from './spec/small-log';
import { Witness } from './witness';
import { openWitnessKey, type WitnessKey } from './witness-key';
import { originHash, WitnessMemory } from './witness-memory';
import { REQUEST_BYTES_MAX, witnessServer } from './witness-server';

const NOW_SECONDS = 1_700_000_000;
const log = SmallLog.named('ledger.test/log');
const other = SmallLog.named('ledger.test/log');
const stranger = SmallLog.named('stranger.test/log');

let folder: string;
let key: WitnessKey;
let alarms: string[];
let server: Server;

function witnessOf(memory = new WitnessMemory(folder, key.verifierKey)): Witness {
  const evidence = new Evidence(path.join(folder, 'evidence'));
  const alarm = (message: string): void => void alarms.push(message);
  return new Witness({ key, logs: [log.key], memory, evidence, now: () => NOW_SECONDS * 1_000 + 999, alarm });
}

function evidenceKept(): string[] {
  const kept = path.join(folder, 'evidence');
  return existsSync(kept) ? readdirSync(kept).map((name) => name.split('-').slice(1, 3).join(' ')) : [];
}

async function ask(target: string, init: RequestInit = {}): Promise<{ status: number; type: string; body: string }> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${target}`, init);
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() };
}

const post = (body: string | Uint8Array<ArrayBuffer>) => ask('/add-checkpoint', { method: 'POST', body });

/** The size up to which the witness has cosigned, as it shows it to everybody. */
async function shownSize(): Promise<number | undefined> {
  const { status, body } = await ask(`/${originHash(log.origin)}/checkpoint`);
  return status === 404 ? undefined : readCheckpoint(body).checkpoint.size;
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'witness-'));
  key = await openWitnessKey(folder, 'w1.test/witness');
  alarms = [];
  server = witnessServer(witnessOf(), (message) => alarms.push(message));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

describe('what a witness cosigns', () => {
  it('is the first checkpoint that it is shown, and each that goes on from the last', async () => {
    expect(await shownSize()).toBeUndefined();
    for (const [oldSize, size] of [
      [0, 5],
      [5, 5],
      [5, 256],
      [256, 257],
    ] as const) {
      const { status, body } = await post(await log.request(oldSize, size));
      expect([status, size]).toEqual([200, size]);
      const { text } = parseNote(log.note(size));
      const signed = verifiedSignatures({ text, signatures: parseSignatureLines(body) }, [key.verifierKey]);
      expect(signed).toEqual([{ key: key.verifierKey, time: NOW_SECONDS }]);
      // Whoever watches sees the signature of the log and the cosignature that was given.
      const shown = (await ask(`/${originHash(log.origin)}/checkpoint`)).body;
      expect(shown).toBe(log.note(size) + body);
      expect(verifiedSignatures(parseNote(shown), [log.key, key.verifierKey])).toHaveLength(2);
    }
    expect(alarms).toEqual([]);
  });

  it('is the empty tree as well, and nothing that strangers have written under a note', async () => {
    expect((await post(await log.request(0, 0))).status).toBe(200);
    const note = log.note(7) + stranger.note(7).split('\n').at(-2) + '\n';
    expect((await post(await log.request(0, 7, note))).status).toBe(200);
    expect((await ask(`/${originHash(log.origin)}/checkpoint`)).body).not.toContain(stranger.origin);
  });
});

type Case = [what: string, status: number, request: () => Promise<string | Uint8Array<ArrayBuffer>>, further?: object];
const tampered = (note: string): string =>
  note.replace(/(— \S+ .{20})(.)/u, (_, start: string, at: string) => start + (at === 'A' ? 'B' : 'A'));
const root = (size: number) => ({ ...log.checkpoint(size), root: sha256(utf8('another')) });

const REFUSED: Case[] = [
  ['no request at all', 400, () => Promise.resolve('hello')],
  ['not UTF-8', 400, async () => Buffer.concat([Buffer.from(await log.request(5, 6)), Buffer.of(0xff)])],
  ['a size with a leading zero', 400, async () => (await log.request(5, 6)).replace('old 5', 'old 05')],
  [
    '64 hashes',
    400,
    async () => addCheckpointText({ oldSize: 5, proof: Array(64).fill(EMPTY_ROOT), checkpoint: log.note(6) }),
  ],
  ['an old size beyond the checkpoint', 400, () => log.request(7, 6)],
  ['a checkpoint that is none', 400, () => log.request(5, 6, log.note(6).replace('\n6\n', '\nsix\n'))],
  ['a log that is not known', 404, () => stranger.request(0, 6)],
  ['another key under the name of the log', 403, () => other.request(5, 6)],
  ['a signature that does not hold', 403, () => log.request(5, 6, tampered(log.note(6)))],
  [
    'no key of the log among the signatures',
    403,
    () => log.request(5, 6, log.note(6, log.checkpoint(6), stranger.key)),
  ],
  ['an old size that is not the last', 409, () => log.request(4, 6)],
  ['the beginning, once more', 409, () => log.request(0, 6)],
  ['a smaller checkpoint', 409, () => log.request(3, 3)],
  ['another history', 422, () => log.branch(2).request(5, 6), { evidence: ['6 notProved'] }],
  [
    'a proof of something else',
    422,
    async () => (await log.request(3, 6, log.note(6))).replace('old 3', 'old 5'),
    { evidence: ['6 notProved'] },
  ],
  ['the same size with another root', 422, () => log.branch(2).request(5, 5), { evidence: ['5 contradicted'] }],
  [
    'the same size with another root, from elsewhere',
    409,
    () => log.branch(2).request(0, 5),
    { evidence: ['5 contradicted'] },
  ],
  [
    'no entries that are not nothing',
    409,
    async () => log.request(0, 0, log.note(0, root(0))),
    { evidence: ['0 contradicted'] },
  ],
];

describe('what a witness refuses', () => {
  it.each(REFUSED)('%s: %i', async (_what, status, request, { evidence = [] }: { evidence?: string[] } = {}) => {
    await post(await log.request(0, 5));
    const answer = await post(await request());
    expect(answer.status).toBe(status);
    expect(answer.type).toBe(status === 409 ? TLOG_SIZE_TYPE : 'text/plain; charset=utf-8');
    if (status === 409) expect(answer.body).toBe('5\n');
    expect(await shownSize()).toBe(5);
    expect(evidenceKept()).toEqual(evidence);
    expect(alarms).toHaveLength(evidence.length);
  });

  it.each<[string, () => Promise<string>]>([
    [
      'a proof from nothing',
      async () => addCheckpointText({ oldSize: 0, proof: [EMPTY_ROOT], checkpoint: log.note(6) }),
    ],
    ['no entries that are not nothing', async () => log.request(0, 0, log.note(0, root(0)))],
  ])('%s, when it has cosigned nothing: 422', async (_what, request) => {
    expect((await post(await request())).status).toBe(422);
    expect(await shownSize()).toBeUndefined();
  });

  it('what is too long, not addressed, or not asked as it should be', async () => {
    expect((await post('x'.repeat(REQUEST_BYTES_MAX + 1))).status).toBe(413);
    expect((await ask('/add-checkpoint')).status).toBe(405);
    expect((await ask(`/${originHash(log.origin)}/checkpoint`, { method: 'POST', body: '' })).status).toBe(405);
    expect((await ask(`/${originHash(log.origin).toUpperCase()}/checkpoint`)).status).toBe(404);
    expect((await ask('/../witness-key.pem')).status).toBe(404);
  });
});

test('two notes that contradict each other are kept side by side, once, and said loudly', async () => {
  await post(await log.request(0, 5));
  const fork = log.branch(2);
  for (let time = 0; time < 3; time++) await post(await fork.request(5, 5));
  const [kept] = readdirSync(path.join(folder, 'evidence'));
  const read = (name: string): string => readFileSync(path.join(folder, 'evidence', kept!, name), 'utf8');
  expect(read('refused.note')).toBe(fork.note(5));
  expect(verifiedSignatures(parseNote(read('cosigned.note')), [log.key])).toHaveLength(1);
  expect(alarms).toEqual([expect.stringMatching(/HAS SIGNED TWO DIFFERENT HISTORIES[^]*สัญญาณเตือน/)]);
});

test('of two histories that are shown at the same moment, one is cosigned, also by two processes on one folder', async () => {
  await post(await log.request(0, 5));
  const [left, right] = [log, log.branch(5)];
  const requests = await Promise.all([left.request(5, 8), right.request(5, 8)]);
  const witnesses = [witnessOf(), witnessOf()];
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => witnesses[index % 2]!.addCheckpoint(requests[(index >> 1) % 2]!)),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
});

test('what was remembered before a crash, and not answered, can be asked for again', async () => {
  class Crashing extends WitnessMemory {
    override async remember(...what: Parameters<WitnessMemory['remember']>): Promise<boolean> {
      await super.remember(...what);
      throw new Error('the machine was switched off');
    }
  }
  const crashing = witnessOf(new Crashing(folder, key.verifierKey));
  await expect(crashing.addCheckpoint(await log.request(0, 8))).rejects.toThrow('switched off');
  expect(await post(await log.request(0, 9))).toMatchObject({ status: 409, body: '8\n' });
  expect((await post(await log.branch(5).request(8, 8))).status).toBe(422);
  expect((await post(await log.request(8, 8))).status).toBe(200);
});

test('many states leave few files; one that was changed stops the witness for that log', async () => {
  for (let size = 1; size <= 20; size++) await post(await log.request(size - 1, size));
  const states = path.join(folder, 'logs', originHash(log.origin));
  expect(readdirSync(states)).toHaveLength(16);
  expect(statSync(path.join(folder, 'witness-key.pem')).mode & 0o077).toBe(0);
  truncateSync(path.join(states, readdirSync(states).at(-1)!), 40);
  expect((await post(await log.request(20, 21))).status).toBe(500);
  expect(alarms).toEqual([expect.stringContaining('does not say what was cosigned last')]);
});

test('cannot be detected by this witness alone: an old copy of its folder, and a log that knows', async () => {
  await post(await log.request(0, 5));
  const copy = mkdtempSync(path.join(os.tmpdir(), 'witness-copy-'));
  cpSync(folder, copy, { recursive: true });
  expect((await post(await log.request(5, 8))).status).toBe(200);
  rmSync(path.join(folder, 'logs'), { recursive: true });
  cpSync(path.join(copy, 'logs'), path.join(folder, 'logs'), { recursive: true });
  rmSync(copy, { recursive: true });
  // That is why there is a quorum of several offices, and why a witness that has lost its folder begins with a new key.
  expect((await post(await log.branch(5).request(5, 8))).status).toBe(200);
});

test('a key keeps its name, and belongs to its folder', async () => {
  await expect(openWitnessKey(folder, 'w2.test/witness')).rejects.toThrow('keeps that name');
  expect((await openWitnessKey(folder)).vkey).toBe(key.vkey);
  const empty = mkdtempSync(path.join(os.tmpdir(), 'witness-'));
  await expect(openWitnessKey(empty)).rejects.toThrow('--name');
  await expect(openWitnessKey(empty, 'two words')).rejects.toThrow('no space');
  expect(readdirSync(empty)).toEqual([]);
  await openWitnessKey(empty, 'w2.test/witness');
  cpSync(path.join(empty, 'witness-key.pem'), path.join(folder, 'witness-key.pem'));
  await expect(openWitnessKey(folder)).rejects.toThrow('is not that of');
  rmSync(empty, { recursive: true });
});
