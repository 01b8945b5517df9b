import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { SourceFailed, type FileSource } from '@khamrap/platform/transparency/proof';
import { FILE_BYTES_MAX } from './folder-source';

const ENTRY_COUNT_MAX = 2_000_000;

/**
 * The files of a zip, each read when it is asked for. What is kept in memory is the list of them, some hundred bytes
 * for each: a whole log of a million events has 12,000. Nothing is unpacked to the disk.
 */
export class ZipSource implements FileSource {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /**
   * @throws SourceFailed when it is not a zip, or one with names that lead out of it or are there twice, or whose files
   * share their bytes
   */
  static async open(file: string): Promise<ZipSource> {
    let zip: ZipFile | undefined;
    try {
      zip = await openPromise(file, { autoClose: false, strictFileNames: true, validateEntrySizes: true });
      return new ZipSource(zip, await entriesIn(zip));
    } catch (error) {
      zip?.close();
      throw failed(file, error);
    }
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    if (entry.uncompressedSize > FILE_BYTES_MAX) throw new SourceFailed(`${name} (more than ${FILE_BYTES_MAX} bytes)`);
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    } catch (error) {
      throw failed(name, error);
    }
  }

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.entries.keys()]);
  }

  close(): void {
    this.zip.close();
  }
}

async function entriesIn(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > ENTRY_COUNT_MAX) throw new Error(`more than ${ENTRY_COUNT_MAX} files`);
  const entries = new Map<string, Entry>();
  let packedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    if (entries.has(entry.fileName)) throw new Error('a file is there twice');
    // Files that lie on top of each other unpack to more than anything that was ever packed.
    packedBytes += entry.compressedSize;
    if (packedBytes > zip.fileSize) throw new Error('more files than there is room for');
    if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
  }
  return entries;
}

function failed(what: string, error: unknown): SourceFailed {
  return new SourceFailed(`${what} (${error instanceof Error ? error.message : String(error)})`);
}
