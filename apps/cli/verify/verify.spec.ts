import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { KEY_TYPES } from '@khamrap/platform/transparency/proof';
import { ZipFile } from 'yazl';
import {
  listed,
  madeAgreementBundle,
  madeFolder,
  madeLogBundle,
} from '../../../libs/testing/verifiable-log/made-bundle';
import { MadeLog, MadeSigner, START_MS } from '../../../libs/testing/verifiable-log/made-log';
import type { MapSource } from '../../../libs/testing/verifiable-log/map-source';
import { verify } from './verify';

const ROOT = path.resolve(__dirname, '../../..');
const signer = new MadeSigner('log.example/khamrap');
const witness = new MadeSigner('witness.example', KEY_TYPES.cosignature);
const KEY = ['--key', signer.vkey];
const WITNESSED = [...KEY, '--key', witness.vkey];
const AGREEMENT = { kind: 'agreement', subject: 'agreement-3' } as const;
const folder = mkdtempSync(path.join(tmpdir(), 'khamrap-verify-'));
const at = (name: string): string => path.join(folder, name);

let server: Server;
let served: MapSource;
let address: string;

beforeAll(async () => {
  const log = new MadeLog().grow(600);
  mkdirSync(at('evidence'));
  writeFileSync(path.join(at('evidence'), 'report.pdf'), 'a report');
  const sha256 = createHash('sha256').update('a report').digest('hex');
  const withEvidence = new MadeLog({ dataOf: () => ({ sha256 }) }).grow(600);
  served = await madeFolder(log, signer);
  writeFolder('log', served);
  writeFolder('cut', await madeFolder(new MadeLog().grow(500), signer));
  writeFolder('other', await madeFolder(new MadeLog({ startMs: START_MS + 5 }).grow(600), signer));
  await writeZip('log.zip', await madeLogBundle(log, signer));
  // Two minutes before the last event says that it was recorded.
  const seconds = START_MS / 1_000 + 599 - 120;
  const cosigned = await log.checkpoint([signer], { witnesses: [witness], seconds });
  writeFolder('seen', await madeFolder(log, signer, cosigned));
  const agreement = await madeAgreementBundle(withEvidence, signer, 'agreement-3');
  const evidence = agreement.with({ 'evidence.json': JSON.stringify({ evidence: [{ sha256 }] }) });
  await writeZip('agreement.zip', listed(evidence, { ...AGREEMENT, origin: log.origin, size: log.size }));
  await writeZip('damaged.zip', agreement.flipped('disclosures/10.json', 999));
  writeFileSync(at('early'), await log.checkpoint([signer], { size: 300 }));
  writeFileSync(at('late'), await log.checkpoint([signer]));
  writeFileSync(
    at('receipt.json'),
    JSON.stringify({ proof: text(agreement, 'proofs/10.tlog-proof'), leaf: text(agreement, 'entries/10.json') }),
  );
  server = createServer((request, response) => {
    const bytes = served.files.get(`${request.url}`.replace(/^\/(?:log\/)?/, '').replace(/^keys$/, 'keys.json'));
    response.writeHead(bytes ? 200 : 404).end(bytes);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const text = (source: MapSource, name: string): string => Buffer.from(source.files.get(name)!).toString();

function writeFolder(name: string, { files }: MapSource): void {
  for (const [file, bytes] of files) {
    mkdirSync(path.dirname(path.join(folder, name, file)), { recursive: true });
    writeFileSync(path.join(folder, name, file), bytes);
  }
}

async function writeZip(name: string, { files }: MapSource): Promise<void> {
  const zip = new ZipFile();
  for (const [file, bytes] of files) zip.addBuffer(Buffer.from(bytes), file);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(at(name)));
}

interface Run {
  readonly code: number;
  readonly out: string;
  readonly codes: readonly string[];
}

async function run(...parameters: readonly string[]): Promise<Run> {
  let out = '';
  const write = (text: string): void => void (out += text);
  const code = await verify(parameters, { answer: write, aside: write });
  const codes = out.startsWith('{') ? (JSON.parse(out).findings as { code: string }[]).map((each) => each.code) : [];
  return { code, out, codes };
}

/** The program by itself, as people start it. */
function program(...parameters: readonly string[]): Promise<Pick<Run, 'code' | 'out'>> {
  const started = ['--require', './libs/testing/program/run-typescript.cjs', 'apps/cli/verify/verify.program.ts'];
  return new Promise((resolve) => {
    execFile(process.execPath, [...started, ...parameters], { cwd: ROOT }, (error, out, aside) =>
      resolve({ code: error ? Number(error.code) : 0, out: out || aside }),
    );
  });
}

describe('khamrap verify', () => {
  test.each<[string, () => string[], number, string[]]>([
    ['a folder', () => [at('log'), ...KEY], 0, ['entriesChecked']],
    ['a whole log in a zip', () => [at('log.zip'), ...KEY], 0, ['bodiesChecked', 'filesChecked']],
    ['an agreement in a zip', () => [at('agreement.zip'), ...KEY], 0, ['streamComplete']],
    ['a damaged zip', () => [at('damaged.zip'), ...KEY], 1, ['fileDiffers']],
    ['a receipt', () => [at('receipt.json'), ...KEY], 0, ['eventIncluded']],
    ['a receipt without a key', () => [at('receipt.json')], 3, ['noTrustedSignature']],
    ['a server', () => [address, ...KEY], 0, ['entriesChecked', 'liveOnly']],
    ['a server without a key', () => [`${address}/log`], 0, ['keyFromSource']],
    ['a server that is not there', () => ['http://127.0.0.1:1', ...KEY], 3, ['unreachable']],
    ['another past, by a checkpoint', () => [at('other'), ...KEY, '--checkpoint', at('early')], 1, ['notConsistent']],
    ['another past, by a receipt', () => [at('other'), ...KEY, '--receipt', at('receipt.json')], 1, ['receiptDiffers']],
    ['a tail that was cut', () => [at('cut'), ...KEY, '--checkpoint', at('late')], 1, ['smallerThanHeld']],
    [
      'two checkpoints',
      () => ['consistency', at('early'), at('late'), '--server', address, ...KEY],
      0,
      ['consistentWith'],
    ],
    [
      'two checkpoints and nothing else',
      () => ['consistency', at('early'), at('late'), ...KEY],
      3,
      ['nothingToCompareWith'],
    ],
    [
      'a checkpoint and another past',
      () => ['consistency', at('early'), path.join(at('other'), 'checkpoint'), '--server', at('other'), ...KEY],
      1,
      ['notConsistent'],
    ],
    [
      'two checkpoints without a key',
      () => ['consistency', at('early'), at('late'), '--server', address],
      0,
      ['keyFromSource'],
    ],
    [
      'an agreement with the files of evidence',
      () => [at('agreement.zip'), ...KEY, '--evidence', at('evidence')],
      0,
      ['evidenceChecked'],
    ],
    [
      'an agreement with another file',
      () => [at('agreement.zip'), ...KEY, '--evidence', at('log')],
      1,
      ['evidenceDiffers'],
    ],
    ['files of evidence that are not there', () => [at('agreement.zip'), ...KEY, '--evidence', at('missing')], 2, []],
    ['a log within the skew', () => [at('seen'), ...WITNESSED], 0, ['witnessedBy', 'timesChecked']],
    ['a log with less skew', () => [at('seen'), ...WITNESSED, '--skew', '100'], 1, ['timeAfterWitness']],
    ['a skew that is none', () => [at('seen'), ...WITNESSED, '--skew', '-1'], 2, []],
    ['what is no address', () => ['http://no address', ...KEY], 3, ['unreachable']],
    ['nothing', () => [], 2, []],
    ['what is not there', () => [at('missing')], 2, []],
  ])('%s', async (_what, parameters, code, codes) => {
    const done = await run(...parameters(), '--json');
    expect([done.code, done.out]).toEqual([code, done.out]);
    expect(done.codes).toEqual(expect.arrayContaining(codes));
  });

  test('goes on from what it has seen', async () => {
    const state = at('state');
    expect((await run(address, ...KEY, '--state', state, '--json')).codes).toContain('entriesChecked');
    const before = served;
    served = await madeFolder(new MadeLog().grow(700), signer);
    const grown = await run(address, ...KEY, '--state', state, '--json');
    expect(grown.codes).toEqual(expect.arrayContaining(['entriesAddedChecked', 'consistentWith']));
    const kept = readFileSync(state);
    served = await madeFolder(new MadeLog({ startMs: START_MS + 5 }).grow(800), signer);
    const other = await run(address, ...KEY, '--state', state, '--json');
    expect([other.code, readFileSync(state).equals(kept)]).toEqual([1, true]);
    expect(other.codes).toContain('notConsistent');
    served = before;
  });

  test('speaks both languages, Thai first, or one', async () => {
    const { code, out } = await program(at('log'));
    expect(code).toBe(0);
    expect(out.replaceAll(folder, 'FOLDER')).toMatchSnapshot();
    expect((await program(at('damaged.zip'), '--json')).code).toBe(1);
    expect((await run(at('log'), '--language', 'en')).out).not.toMatch(/[ก-๙]/);
  });
});
