import { SourceFailed, type FileSource } from '@khamrap/platform/transparency/proof';
import { inflateSync } from 'fflate';
import { ReadInBlocks } from './read-in-blocks';
import { readZipDirectory, type ZippedFile } from './zip-directory';

/** 256 disclosed events of the largest size are less than this. */
const FILE_BYTES_MAX = 64 * 2 ** 20;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** What extra fields of a local header usually take at most: they are read along with it. */
const EXTRA_BYTES = 64;

/**
 * The files of a zip. Each is read out of it when it is asked for, so memory holds one at a time, whatever the size of the zip
 * and in whatever order its files are needed.
 */
export class ZipSource implements FileSource {
  private constructor(
    private readonly zip: ReadInBlocks,
    private readonly files: ReadonlyMap<string, ZippedFile>,
  ) {}

  /** @throws SourceFailed when it is no zip that can be read */
  static async open(zip: Blob): Promise<ZipSource> {
    return new ZipSource(new ReadInBlocks(zip), await readZipDirectory(zip));
  }

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const file = this.files.get(name);
    if (file === undefined) return undefined;
    if (file.bytes > FILE_BYTES_MAX || file.compressedBytes > FILE_BYTES_MAX)
      throw new SourceFailed(`${name} is larger than ${FILE_BYTES_MAX} bytes`);
    return unpacked(file, await this.#packed(file));
  }

  async #packed({ name, offset, compressedBytes }: ZippedFile): Promise<Uint8Array> {
    const nameBytes = new TextEncoder().encode(name);
    const first = await this.zip.read(offset, LOCAL_BYTES + nameBytes.length + EXTRA_BYTES + compressedBytes);
    const header = new DataView(first.buffer, first.byteOffset, first.byteLength);
    if (first.length < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL_SIGNATURE)
      throw new SourceFailed(`a zip in which ${name} is not where its directory says`);
    const nameEnd = LOCAL_BYTES + header.getUint16(26, true);
    // Two names for one file are two stories about one zip.
    if (!areSame(first.subarray(LOCAL_BYTES, nameEnd), nameBytes))
      throw new SourceFailed(`a zip in which ${name} has another name as well`);
    const start = nameEnd + header.getUint16(28, true);
    const end = start + compressedBytes;
    const packed =
      end <= first.length ? first.subarray(start, end) : await this.zip.read(offset + start, compressedBytes);
    if (packed.length !== compressedBytes) throw new SourceFailed(`a zip that ends within ${name}`);
    return packed;
  }
}

function unpacked({ name, bytes, compressedBytes, isDeflated }: ZippedFile, packed: Uint8Array): Uint8Array {
  // A copy, because what was read is kept for the next file.
  if (!isDeflated && bytes === compressedBytes) return packed.slice();
  // One byte more than was said: whatever unpacks to more is noticed, and nothing grows.
  const content = isDeflated ? inflated(name, packed, bytes + 1) : packed;
  if (content.length !== bytes) throw new SourceFailed(`a zip in which ${name} has not the size that it says`);
  return content;
}

function inflated(name: string, packed: Uint8Array, bytes: number): Uint8Array {
  try {
    return inflateSync(packed, { out: new Uint8Array(bytes) });
  } catch {
    throw new SourceFailed(`a zip in which ${name} cannot be unpacked`);
  }
}

function areSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
