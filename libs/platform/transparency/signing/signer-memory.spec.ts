import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { hexOf } from '@khamrap/platform/transparency/proof';
import { startProgram } from '../../../testing/program';
import { SignerMemory, type LastSigned } from './signer-memory';

const ORIGIN = 'log.test/khamrap';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-signer-'));
let folder = '';
let folderCount = 0;

beforeEach(() => {
  folder = path.join(scratch, `signer-${++folderCount}`);
});

afterAll(() => fs.rmSync(scratch, { recursive: true }));

function signed(size: number, byte = size): LastSigned {
  return { origin: ORIGIN, epoch: 0, size, root: Buffer.alloc(32, byte), logId: 'spec' };
}

test('remembers what was signed last, in files and a folder that are nobody else’s', async () => {
  const memory = new SignerMemory(folder, ORIGIN);
  expect(await memory.held()).toEqual({ number: 0, lastSigned: undefined });
  for (let size = 1; size <= 40; size++) expect(await memory.remember(signed(size), size - 1)).toBe(true);
  expect(await new SignerMemory(folder, ORIGIN).held()).toEqual({
    number: 40,
    lastSigned: { ...signed(40), root: new Uint8Array(32).fill(40) },
  });
  expect((await new SignerMemory(folder, 'another.test/log').held()).number).toBe(0);
  const names = fs.readdirSync(folder);
  expect(names).toHaveLength(16);
  const modeOf = (file: string) => (fs.statSync(file).mode & 0o777).toString(8);
  expect(modeOf(folder)).toBe('700');
  expect(new Set(names.map((name) => modeOf(path.join(folder, name))))).toEqual(new Set(['600']));
});

test('takes nothing that was decided on an older state, however much has been signed since', async () => {
  const memory = new SignerMemory(folder, ORIGIN);
  await memory.remember(signed(1), 0);
  const late = await memory.held();
  await memory.remember(signed(2), late.number);
  expect(await memory.remember(signed(2, 99), late.number)).toBe(false);
  // Until the file of the number that comes next to the late one has long been removed.
  for (let size = 3; size <= 30; size++) await memory.remember(signed(size), size - 1);
  expect(await memory.remember(signed(2, 99), late.number)).toBe(false);
  expect((await memory.held()).lastSigned?.size).toBe(30);
  expect(fs.readdirSync(folder)).toHaveLength(16);
});

test('knows nothing better than to stop where what it holds cannot be read', async () => {
  const memory = new SignerMemory(folder, ORIGIN);
  await memory.remember(signed(1), 0);
  await memory.remember(signed(2), 1);
  const newest = path.join(folder, fs.readdirSync(folder).sort().at(-1)!);
  for (const content of ['', '{"origin":"log.test/khamrap"}', fs.readFileSync(newest, 'utf8').replace('0202', '02')]) {
    fs.writeFileSync(newest, content);
    await expect(memory.held()).rejects.toThrow('does not say what was signed last');
  }
});

test('two processes with one folder never both sign a size', async () => {
  const count = 150;
  const file = path.join(__dirname, 'spec/sequence.program.ts');
  const programs = [1, 2].map(() => startProgram(file, { arguments: [folder, ORIGIN, String(count)] }));
  for (const program of programs) await program.line(/^done$/, 25_000);
  const told = programs.flatMap((program) => [...program.output().matchAll(/^signed (\d+) ([0-9a-f]+)$/gm)]);
  expect(told.map(([, size]) => Number(size)).sort((left, right) => left - right)).toEqual(
    Array.from({ length: 2 * count }, (_, index) => index + 1),
  );
  const { lastSigned } = await new SignerMemory(folder, ORIGIN).held();
  const last = told.find(([, size]) => Number(size) === 2 * count);
  expect(hexOf(lastSigned!.root)).toBe(last?.[2]);
  // Both were at it at the same time.
  const firstOfSecond = Math.min(
    ...[...programs[1]!.output().matchAll(/^signed (\d+) /gm)].map(([, size]) => Number(size)),
  );
  expect(firstOfSecond).toBeLessThan(2 * count);
});
