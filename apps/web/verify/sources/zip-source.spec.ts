import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { SourceFailed } from '@khamrap/platform/transparency/proof';
import { ZipFile } from 'yazl';
import { ZipSource } from './zip-source';

const TEXT = Buffer.from('คำรับรองการปฏิบัติราชการ '.repeat(100));

/** What the tests want in a zip. */
async function zipOf(fill: (zip: ZipFile) => void, forceZip64Format = false): Promise<Buffer> {
  const zip = new ZipFile();
  fill(zip);
  zip.end({ forceZip64Format, comment: '' });
  return buffer(zip.outputStream);
}

const opened = (bytes: Buffer): Promise<ZipSource> => ZipSource.open(new Blob([new Uint8Array(bytes)]));

/** The same zip with other bytes wherever these are. */
function replaced(bytes: Buffer, from: Buffer | string, to: Buffer | string): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.set(Buffer.from(to), at);
  return copy;
}

const HEADER = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

describe('a zip', () => {
  it.each<[string, boolean, (zip: ZipFile) => void]>([
    ['packed', false, (zip) => zip.addBuffer(TEXT, 'ก/text')],
    ['as they are', false, (zip) => zip.addBuffer(TEXT, 'ก/text', { compress: false })],
    ['of sizes told behind them', false, (zip) => zip.addReadStream(Readable.from([TEXT]), 'ก/text')],
    ['of a zip without bounds', true, (zip) => zip.addBuffer(TEXT, 'ก/text')],
    [
      'of a zip without bounds, streamed',
      true,
      (zip) => zip.addReadStream(Readable.from([TEXT]), 'ก/text', { forceZip64Format: true }),
    ],
  ])('gives its files, %s', async (_how, forceZip64Format, fill) => {
    const source = await opened(await zipOf((zip) => [zip.addEmptyDirectory('ก'), fill(zip)], forceZip64Format));
    expect(await source.names()).toEqual(['ก/text']);
    expect(await source.read('ก/text')).toEqual(new Uint8Array(TEXT));
    expect(await source.read('text')).toBeUndefined();
  });

  it('is refused as a whole when its directory is not one', async () => {
    const two = await zipOf((zip) => [zip.addBuffer(TEXT, 'one'), zip.addBuffer(TEXT, 'two')]);
    const encrypted = Buffer.from(two);
    encrypted.writeUInt16LE(1, encrypted.indexOf(HEADER) + 8);
    const unknown = Buffer.from(two);
    unknown.writeUInt16LE(12, unknown.indexOf(HEADER) + 10);
    const cases: Readonly<Record<string, Buffer>> = {
      'no zip': TEXT,
      empty: Buffer.alloc(0),
      'cut short': two.subarray(0, -1),
      'without its beginning': two.subarray(50),
      'with one name for two files': replaced(two, 'two', 'one'),
      'with a name that is not UTF-8': replaced(two, 'two', Buffer.from([0xff, 0xff, 0xff])),
      encrypted,
      'packed otherwise': unknown,
    };
    for (const [what, bytes] of Object.entries(cases)) {
      const outcome = await opened(bytes)
        .then(
          async (source) => Promise.all((await source.names()).map((name) => source.read(name))),
          (error: unknown) => error,
        )
        .catch((error: unknown) => error);
      expect([what, outcome instanceof SourceFailed]).toEqual([what, true]);
    }
  });

  it('gives no file that is larger or smaller than it says, has another name, or cannot be unpacked', async () => {
    const zip = await zipOf((file) => file.addBuffer(TEXT, 'text'));
    const header = zip.indexOf(HEADER);
    const larger = Buffer.from(zip);
    larger.writeUInt32LE(TEXT.length - 1, header + 24);
    const smaller = Buffer.from(zip);
    smaller.writeUInt32LE(TEXT.length + 1, header + 24);
    const renamed = Buffer.from(zip);
    renamed.write('TEXT', zip.indexOf('text'));
    const torn = Buffer.from(zip);
    torn.fill(0xff, 40, 60);
    const elsewhere = Buffer.from(zip);
    elsewhere.writeUInt32LE(1, header + 42);
    for (const bytes of [larger, smaller, renamed, torn, elsewhere])
      await expect((await opened(bytes)).read('text')).rejects.toThrow(SourceFailed);
  });

  it('does not unpack what would not fit', async () => {
    const zip = await zipOf((file) => file.addBuffer(TEXT, 'text'));
    zip.writeUInt32LE(65 * 2 ** 20, zip.indexOf(HEADER) + 24);
    await expect((await opened(zip)).read('text')).rejects.toThrow('larger than');
  });
});
