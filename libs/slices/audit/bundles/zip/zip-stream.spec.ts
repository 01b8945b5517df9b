import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { eventually } from '@khamrap/testing';
import { unzip } from '../spec/unzip';
import { textFile, type BundleFile } from './bundle-file';
import { zipStream } from './zip-stream';

const HEAD = { kind: 'log', subject: 'example.com/log', origin: 'example.com/log', size: 3 } as const;
const options = { head: HEAD, writtenAt: new Date('2026-11-27T00:00:00Z') };

async function* filesOf(...files: readonly BundleFile[]): AsyncGenerator<BundleFile> {
  yield* files;
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a bundle as a zip', () => {
  const files = (): BundleFile[] => [
    textFile('README.txt', 'อ่านก่อน\n'),
    { path: 'tile/0/000', bytes: Buffer.alloc(8_192, 7), isDense: true },
    textFile('empty', ''),
  ];

  it('holds every file, and at the end what each of them is', async () => {
    const unzipped = await unzip(await bytesOf(zipStream(filesOf(...files()), options)));
    expect([...unzipped.keys()]).toEqual(['README.txt', 'tile/0/000', 'empty', 'manifest.json']);
    expect(unzipped.get('README.txt')?.toString('utf8')).toBe('อ่านก่อน\n');
    expect(JSON.parse(String(unzipped.get('manifest.json')))).toEqual({
      format: 'khamrap-bundle/1',
      ...HEAD,
      files: [
        { path: 'README.txt', size: 25, sha256: sha256('อ่านก่อน\n') },
        { path: 'tile/0/000', size: 8_192, sha256: sha256(Buffer.alloc(8_192, 7)) },
        { path: 'empty', size: 0, sha256: sha256('') },
      ],
    });
  });

  it('is the same bytes for the same files', async () => {
    const [first, second] = [zipStream(filesOf(...files()), options), zipStream(filesOf(...files()), options)];
    expect(await bytesOf(first)).toEqual(await bytesOf(second));
  });

  it('makes no more files than are read, and none when nobody reads any more', async () => {
    let made = 0;
    let isEnded = false;
    const endless = async function* (): AsyncGenerator<BundleFile> {
      try {
        for (;;) yield { path: `${(made += 1)}`, bytes: Buffer.alloc(100_000), isDense: true };
      } finally {
        isEnded = true;
      }
    };
    const zip = zipStream(endless(), options);
    await once(zip, 'readable');
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    expect(made).toBeLessThan(5);
    zip.destroy();
    expect(await eventually('the end', () => isEnded || undefined)).toBe(true);
  });

  it('is cut off where a file cannot be made', async () => {
    const failing = async function* (): AsyncGenerator<BundleFile> {
      yield textFile('a', 'a');
      throw new Error('the store is away');
    };
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the tile is away');
    };
    await expect(bytesOf(zipStream(failing(), options))).rejects.toThrow('the store is away');
    await expect(bytesOf(zipStream(filesOf({ path: 'b', bytes: broken() }), options))).rejects.toThrow(
      'the tile is away',
    );
  });
});
