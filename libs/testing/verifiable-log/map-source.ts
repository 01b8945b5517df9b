import type { FileSource } from '@khamrap/platform/transparency/proof';

/** Files in memory, for specs: damaged as a spec likes. */
export class MapSource implements FileSource {
  readonly files: Map<string, Uint8Array>;

  constructor(files: Iterable<readonly [string, Uint8Array]>) {
    this.files = new Map(files);
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(name));
  }

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  /** A copy in which files are other ones, or are not there. */
  with(changes: Readonly<Record<string, Uint8Array | string | undefined>>): MapSource {
    const copy = new MapSource(this.files);
    for (const [name, bytes] of Object.entries(changes)) {
      if (bytes === undefined) copy.files.delete(name);
      else copy.files.set(name, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    }
    return copy;
  }

  /** A copy with one bit of a file the other way round. */
  flipped(name: string, bit: number): MapSource {
    const bytes = Buffer.from(this.files.get(name) as Uint8Array);
    const byte = Math.floor(bit / 8) % bytes.length;
    bytes[byte] = (bytes[byte] as number) ^ (1 << (bit % 8));
    return this.with({ [name]: bytes });
  }
}
