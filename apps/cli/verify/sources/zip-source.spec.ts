import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { SourceFailed } from '@khamrap/platform/transparency/proof';
import { ZipFile, type Options } from 'yazl';
import { verify } from '../verify';
import { FILE_BYTES_MAX } from './folder-source';
import { ZipSource } from './zip-source';

// Whoever checks a bundle has it from somebody they do not trust.

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-zip-'));
const FILE = path.join(folder, 'bundle.zip');
afterAll(() => fs.rmSync(folder, { recursive: true }));

const CENTRAL = Buffer.from('504b0102', 'hex');
const FLAGS = 8;
const PACKED_SIZE = 20;
const SIZE = 24;
const OFFSET = 42;

async function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<Options> = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, options);
  zip.end({ forceZip64Format: options.forceZip64Format ?? false, comment: '' });
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What a zip says in its list of the file of this number. */
function listing(zip: Buffer, number: number): Buffer {
  let at = zip.indexOf(CENTRAL);
  for (let count = 0; count < number; count++) at = zip.indexOf(CENTRAL, at + 1);
  return zip.subarray(at);
}

function renamed(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

async function openOf(zip: Buffer): Promise<ZipSource> {
  fs.writeFileSync(FILE, zip);
  return ZipSource.open(FILE);
}

test.each([false, true])('a zip is read file by file, with 64-bit sizes: %s', async (forceZip64Format) => {
  const zip = await openOf(await zipOf({ 'a/b': 'some', empty: '' }, { forceZip64Format }));
  expect(await zip.names()).toEqual(['a/b', 'empty']);
  expect(Buffer.from((await zip.read('a/b'))!).toString()).toBe('some');
  expect((await zip.read('empty'))!.length).toBe(0);
  expect(await zip.read('a')).toBeUndefined();
  zip.close();
});

describe('a zip is not opened', () => {
  test.each<[string, () => Promise<Buffer>, RegExp]>([
    [
      'with a name that leads out of it',
      async () => renamed(await zipOf({ 'aa/b': '1' }), 'aa/b', '../b'),
      /invalid relative path/,
    ],
    ['with a name from the root', async () => renamed(await zipOf({ 'aa/b': '1' }), 'aa/b', '/a/b'), /absolute path/],
    [
      'with a name of another system',
      async () => renamed(await zipOf({ 'aa/b': '1' }), 'aa/b', 'aa\\b'),
      /invalid characters/,
    ],
    ['with a name on a drive', async () => renamed(await zipOf({ 'aa/b': '1' }), 'aa/b', 'C:/b'), /absolute path/],
    [
      'with a file that is there twice',
      async () => renamed(await zipOf({ 'a/1': '1', 'a/2': '2' }), 'a/2', 'a/1'),
      /there twice/,
    ],
    [
      'with files that lie on top of each other',
      async () => {
        const zip = await zipOf({ one: Buffer.alloc(2_000, 1), two: '2' }, { compress: false });
        const second = listing(zip, 1);
        listing(zip, 0).copy(second, PACKED_SIZE, PACKED_SIZE, SIZE + 4);
        listing(zip, 0).copy(second, OFFSET, OFFSET, OFFSET + 4);
        return zip;
      },
      /more files than there is room for/,
    ],
    ['that is cut short', async () => (await zipOf({ a: 'some' })).subarray(0, -5), /./],
    ['that is none', async () => Buffer.from('PK, and nothing of a zip'), /End of central directory/],
    ['that is empty', async () => Buffer.alloc(0), /End of central directory/],
  ])('%s', async (_what, zip, reason) => {
    const bytes = await zip();
    await expect(openOf(bytes)).rejects.toThrow(reason);
    await expect(openOf(bytes)).rejects.toThrow(SourceFailed);
  });
});

describe('a file of a zip is not read', () => {
  const big = Buffer.alloc(5_000_000);
  test.each<[string, (listed: Buffer) => void, RegExp]>([
    ['that is encrypted', (listed) => listed.writeUInt16LE(listed.readUInt16LE(FLAGS) | 1, FLAGS), /encrypted/],
    ['that unpacks to more than it says', (listed) => listed.writeUInt32LE(10, SIZE), /too many bytes/],
    ['that unpacks to less than it says', (listed) => listed.writeUInt32LE(big.length + 1, SIZE), /not enough bytes/],
    ['that is larger than any', (listed) => listed.writeUInt32LE(FILE_BYTES_MAX + 1, SIZE), /more than/],
    ['that is not where it is said to be', (listed) => listed.writeUInt32LE(7, OFFSET), /signature/],
  ])('%s', async (_what, change, reason) => {
    const bytes = await zipOf({ 'manifest.json': big });
    change(listing(bytes, 0));
    const zip = await openOf(bytes);
    await expect(zip.read('manifest.json')).rejects.toThrow(reason);
    await expect(zip.read('manifest.json')).rejects.toThrow(SourceFailed);
    zip.close();
    let out = '';
    const write = (text: string): void => void (out += text);
    // What cannot be read is neither verified nor false.
    expect(await verify([FILE], { answer: write, aside: write })).toBe(3);
    expect(out).toContain('manifest.json');
  });
});
