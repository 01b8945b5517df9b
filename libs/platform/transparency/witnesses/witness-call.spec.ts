import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getEventListeners, once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ConfigRefused } from '@khamrap/platform/config';
import { openWitnessKey, type WitnessKey } from '../../../../apps/cli/witness/witness-key';
import { checkpointText, EMPTY_ROOT, parseNote, TLOG_SIZE_TYPE } from '../proof';
import { signedNote } from '../signing/log-keys';
import { logKey } from '../signing/spec/signer-under-test';
import { withCosignatures } from './cosigned-note';
import { askToCosign, shownBy } from './witness-call';
import { isWitnessed, NO_WITNESSES, readWitnessPolicy } from './witness-policy';

const ORIGIN = 'log.test/khamrap';
const log = logKey();
const text = checkpointText({ origin: ORIGIN, size: 0, root: EMPTY_ROOT });
const note = signedNote([log], ORIGIN, text);
const now = (): number => Math.floor(Date.now() / 1_000);
const folder = mkdtempSync(path.join(os.tmpdir(), 'khamrap-witness-'));
const signal = new AbortController().signal;

let key: WitnessKey;
let other: WitnessKey;
let server: Server;
let answer: RequestListener;

beforeAll(async () => {
  key = await openWitnessKey(path.join(folder, 'one'), 'one.test/witness');
  other = await openWitnessKey(path.join(folder, 'other'), 'other.test/witness');
  server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const witness = () => {
  const { port } = server.address() as AddressInfo;
  return { name: 'one', key: key.verifierKey, url: `http://127.0.0.1:${port}/prefix/` };
};
const says =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

test.each<[string, () => RequestListener, object]>([
  ['its cosignature', () => says(200, key.cosignatureLine(text, now())), { kind: 'cosigned' }],
  [
    'one more, of a key that nobody knows',
    () => says(200, other.cosignatureLine(text, now()) + key.cosignatureLine(text, now())),
    { kind: 'cosigned', signatures: [expect.objectContaining({ name: 'one.test/witness' })] },
  ],
  [
    'only one of a key that nobody knows',
    () => says(200, other.cosignatureLine(text, now())),
    { kind: 'failed', why: /no cosignature/ },
  ],
  [
    'a cosignature of something else',
    () => says(200, key.cosignatureLine('another\n', now())),
    { kind: 'failed', why: /not of this text/ },
  ],
  [
    'a time two days ahead',
    () => says(200, key.cosignatureLine(text, now() + 172_800)),
    { kind: 'failed', why: /clock/ },
  ],
  ['no line at all', () => says(200, 'thank you'), { kind: 'failed', why: /does not end/ }],
  ['another size', () => says(409, '17\n', { 'content-type': TLOG_SIZE_TYPE }), { kind: 'otherSize', size: 17 }],
  [
    'another size, of another type',
    () => says(409, '17\n', { 'content-type': 'text/html' }),
    { kind: 'failed', why: /409/ },
  ],
  [
    'a size that is none',
    () => says(409, '017\n', { 'content-type': TLOG_SIZE_TYPE }),
    { kind: 'failed', why: /whole number/ },
  ],
  ['that it is not proved', () => says(422, 'no'), { kind: 'refused' }],
  ['where to go instead', () => says(307, '', { location: 'http://127.0.0.1:1/' }), { kind: 'failed', why: /./ }],
  ['more than anybody would read', () => says(200, 'x'.repeat(70_000)), { kind: 'failed', why: /more than/ }],
  [
    'nothing, and hangs up',
    () => (request) => void request.socket.destroy(),
    { kind: 'failed', why: /cannot be reached/ },
  ],
])('a witness that answers with %s', async (_what, listener, expected: { why?: RegExp }) => {
  answer = listener();
  const { why, ...rest } = expected;
  const said = await askToCosign(witness(), { oldSize: 0, proof: [], checkpoint: note }, signal);
  expect(said).toMatchObject({ ...rest, ...(why && { why: expect.stringMatching(why) }) });
});

test('asking leaves nothing at a signal that lives as long as the process, which ends an answer that does not come', async () => {
  const ending = new AbortController();
  const ask = () => askToCosign(witness(), { oldSize: 0, proof: [], checkpoint: note }, ending.signal);
  const joining = jest.spyOn(AbortSignal, 'any');
  answer = says(422, '');
  expect(await ask()).toEqual({ kind: 'refused' });
  expect(joining).not.toHaveBeenCalled();
  joining.mockRestore();
  expect(getEventListeners(ending.signal, 'abort')).toEqual([]);
  answer = () => ending.abort();
  expect(await ask()).toMatchObject({ kind: 'failed' });
  expect(await ask()).toMatchObject({ kind: 'failed' });
});

test('what a witness shows counts only when the log and the witness have signed it', async () => {
  const shown = () => shownBy(witness(), ORIGIN, [log.verifierKey(ORIGIN)], signal);
  answer = says(404, '');
  expect(await shown()).toBeUndefined();
  answer = says(200, note + key.cosignatureLine(text, now()));
  expect(await shown()).toMatchObject({ origin: ORIGIN, size: 0, knownBy: 'witness one' });
  for (const body of [note, `${text}\n${key.cosignatureLine(text, now())}`, 'hello']) {
    answer = says(200, body);
    await expect(shown()).rejects.toThrow();
  }
});

test('of each key the first and the last cosignature stay', () => {
  const lines = [1, 2, 3].map((seconds) => parseNote(`${text}\n${key.cosignatureLine(text, seconds)}`).signatures);
  const joined = lines.reduce((before, signatures) => withCosignatures(before, signatures), note);
  expect(joined).toBe(note + key.cosignatureLine(text, 1) + key.cosignatureLine(text, 3));
  expect(withCosignatures(joined, lines[0]!)).toBe(joined);
});

describe('the policy', () => {
  const written = (lines: readonly string[]): string => {
    const file = path.join(folder, 'policy');
    writeFileSync(file, lines.join('\n'));
    return file;
  };

  test('is read with its quorum; without a file, and without a quorum, nothing is witnessed', async () => {
    const policy = await readWitnessPolicy(written([`witness one ${key.vkey} https://one.test`, 'quorum one']));
    expect(isWitnessed(policy, parseNote(note + key.cosignatureLine(text, 1)))).toBe(true);
    expect(isWitnessed(policy, parseNote(note))).toBe(false);
    expect(await readWitnessPolicy(undefined)).toBe(NO_WITNESSES);
    expect(isWitnessed(NO_WITNESSES, parseNote(note))).toBe(false);
  });

  test.each<[string, () => readonly string[], RegExp]>([
    ['that says no quorum', () => [`witness one ${key.vkey}`], /quorum/],
    ['with witnesses that nobody needs', () => [`witness one ${key.vkey}`, 'quorum none'], /without a quorum/],
    ['with the key of a log for a witness', () => ['witness one log+1+AA', 'quorum one'], /line 1/],
    ['with one key twice', () => [`witness one ${key.vkey}`, `witness two ${key.vkey}`, 'quorum one'], /same key/],
  ])('%s is refused', async (_what, lines, why) => {
    const refused = readWitnessPolicy(written(lines()));
    await expect(refused).rejects.toBeInstanceOf(ConfigRefused);
    await expect(refused).rejects.toThrow(why);
  });

  test('that is not there is refused', async () => {
    await expect(readWitnessPolicy(path.join(folder, 'nowhere'))).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
