import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseNote, parseTilePath, parseVerifierKey, verifiedSignatures } from '@khamrap/platform/transparency/proof';
import { ask } from './ask';
import { witnessCommand } from './command';
import { askOptionsOf, serveOptionsOf, signOptionsOf } from './options';
import { sign } from './sign';
import { SmallLog } from './spec/small-log';

const log = SmallLog.named('ledger.test/log');
let shown: { readonly log: SmallLog; readonly size: number };
let server: Server;
let address: string;
let scratch: string;
let folder: string;

/** What a command wrote, and its exit code. */
async function written(run: () => Promise<number>): Promise<{ code: number; out: string; told: string }> {
  const [out, told]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0),
  ];
  try {
    return { code: await run(), out: out.join(''), told: told.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function fileWith(text: string): string {
  const file = path.join(scratch, `file-${readdirSync(scratch).length}`);
  writeFileSync(file, text);
  return file;
}

/** As the service shows its log to everybody. */
async function answer(target: string): Promise<string | Uint8Array> {
  const { log: served, size } = shown;
  if (target === '/log/checkpoint') return served.note(size);
  const name = parseTilePath(target.slice('/log/'.length));
  return served.readTile({ ...name, level: Number(name.level) });
}

beforeAll(async () => {
  server = createServer((request, response) => void answer(request.url ?? '').then((body) => response.end(body)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'witness-files-'));
  folder = path.join(scratch, 'witness');
});

afterEach(() => rmSync(scratch, { recursive: true }));

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test('a witness off the network cosigns what is carried to it, and refuses another history', async () => {
  const { out: vkey } = await written(() =>
    witnessCommand(['key', '--folder', folder, '--name', 'w.test/witness'], fail),
  );
  const signing = (request: string) => written(() => sign({ folder, logs: [log.vkey], file: fileWith(request) }));

  shown = { log, size: 5 };
  const first = await written(() => ask({ server: address, old: 0 }));
  const cosigned = await signing(first.out);
  const signers = verifiedSignatures(parseNote(cosigned.out), [log.key, parseVerifierKey(vkey.trim())]);
  expect([first.code, cosigned.code, signers.length]).toEqual([0, 0, 2]);

  // What the witness gave says from where to go on.
  shown = { log, size: 300 };
  const file = fileWith(cosigned.out);
  const second = await written(() => ask({ server: address, old: { file } }));
  expect(second).toMatchObject({ code: 0, out: await log.request(5, 300) });
  expect((await signing(second.out)).code).toBe(0);
  expect(await signing(second.out)).toMatchObject({ code: 1, out: '', told: expect.stringContaining('--old 300') });

  shown = { log, size: 200 };
  const smaller = await written(() => ask({ server: address, old: 300 }));
  expect(smaller).toMatchObject({ code: 1, out: '', told: expect.stringMatching(/events are missing[^]*สัญญาณเตือน/) });

  shown = { log: log.branch(3), size: 300 };
  const fork = await written(() => ask({ server: address, old: { file } }));
  expect(fork).toMatchObject({
    code: 1,
    told: expect.stringContaining('does not go on from what the witness has cosigned'),
  });
  const other = await written(() => ask({ server: address, old: 300 }));
  expect(await signing(other.out)).toMatchObject({
    code: 1,
    told: expect.stringContaining('HAS SIGNED TWO DIFFERENT HISTORIES'),
  });
  expect(readdirSync(path.join(folder, 'evidence'))).toHaveLength(1);
});

test.each<[string, () => unknown]>([
  ['no log', () => serveOptionsOf(['--folder', 'here', '--name', 'w'])],
  ['no folder', () => serveOptionsOf(['--name', 'w', '--log', log.vkey])],
  ['a port beyond all ports', () => serveOptionsOf(['--folder', 'here', '--log', log.vkey, '--port', '65536'])],
  ['an option that is not there', () => serveOptionsOf(['--folder', 'here', '--log', log.vkey, '--quorum', '2'])],
  ['two files', () => signOptionsOf(['--folder', 'here', '--log', log.vkey, 'one', 'two'])],
  ['a server that is none', () => askOptionsOf(['--server', 'file:///etc', '--old', '0'])],
  ['neither size nor note', () => askOptionsOf(['--server', address])],
  ['size and note', () => askOptionsOf(['--server', address, '--old', '0', '--witness-checkpoint', 'note'])],
  ['a size that is none', () => askOptionsOf(['--server', address, '--old', '-1'])],
])('refuses %s', (_what, parse) => {
  expect(parse).toThrow(expect.objectContaining({ name: 'OptionRefused' }));
});

function fail(): never {
  throw new Error('the settings of the service are not needed');
}
