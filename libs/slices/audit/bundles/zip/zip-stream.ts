import { createHash } from 'node:crypto';
import { Readable, type PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import type { BundleFile } from './bundle-file';
import { MANIFEST_PATH, manifestText, type BundleHead, type PackedFile } from './manifest';

export interface ZipOptions {
  readonly head: BundleHead;
  /** What every file is dated by, so that the same bundle is the same bytes. */
  readonly writtenAt: Date;
}

/** A regular file that everybody may read, on systems that know such things. */
const FILE_MODE = 0o100644;
const MANIFEST_CHUNK_LENGTH = 16_384;

/**
 * Files as a zip, one at a time: the next one is made when the one before has been taken by whoever reads, so what is in memory
 * does not depend on how much there is. What remains of a file is a line of the manifest and its place in the zip.
 *
 * Who stops reading ends it; where a file cannot be made, the zip is cut off and has no end, so nobody takes it for whole.
 */
export function zipStream(files: AsyncIterable<BundleFile>, options: ZipOptions): Readable {
  const zip = new ZipFile();
  // What yazl declares is the least that a stream can do; it is one of Node's own.
  const output = zip.outputStream as PassThrough;
  const ended = new AbortController();
  output.once('close', () => ended.abort());
  zip.once('error', (error: unknown) => output.destroy(asError(error)));
  new Packing(zip, options, ended.signal).pack(files).catch((error: unknown) => output.destroy(asError(error)));
  return output;
}

class Packing {
  readonly #packed: PackedFile[] = [];

  constructor(
    private readonly zip: ZipFile,
    private readonly options: ZipOptions,
    private readonly signal: AbortSignal,
  ) {}

  async pack(files: AsyncIterable<BundleFile>): Promise<void> {
    for await (const file of files) {
      if (this.signal.aborted) return;
      await this.#add(file);
    }
    await this.#add({ path: MANIFEST_PATH, bytes: chunksOf(manifestText(this.options.head, this.#packed)) });
    this.zip.end();
  }

  /** Resolves when all of the file has been read. */
  #add({ path, bytes, isDense }: BundleFile): Promise<void> {
    const { writtenAt: mtime } = this.options;
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(new Error('nobody reads the bundle any more'));
      this.signal.addEventListener('abort', stop, { once: true });
      this.zip.addReadStreamLazy(path, { mtime, mode: FILE_MODE, compress: isDense !== true }, (open) => {
        const source = Readable.from(this.#noted(path, bytes), { objectMode: false, signal: this.signal });
        source.once('error', reject).once('end', () => {
          this.signal.removeEventListener('abort', stop);
          resolve();
        });
        open(null, source);
      });
    });
  }

  /** The bytes as they pass by, of which the manifest is to tell. */
  async *#noted(path: string, bytes: BundleFile['bytes']): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    this.#packed.push({ path, size, sha256: hash.digest('hex') });
  }
}

/** Few large pieces go through a zip faster than many small ones. */
async function* chunksOf(texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  let waiting = '';
  for (const text of texts) {
    waiting += text;
    if (waiting.length < MANIFEST_CHUNK_LENGTH) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  yield Buffer.from(waiting, 'utf8');
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
