import { hexOf } from '../bytes';
import { Malformed } from '../malformed';
import type { Digest } from '../merkle';
import type { FileSource } from './file-source';
import type { Findings } from './finding';
import { recordIn } from './trust';

export const BUNDLE_FORMAT = 'khamrap-bundle/1';
export const MANIFEST_PATH = 'manifest.json';

/**
 * What a bundle says of itself, and of each file in it. Nobody has signed it: it tells damage from deceit no better
 * than a checksum.
 */
export interface BundleManifest {
  readonly kind: 'log' | 'agreement' | 'officeYear';
  /** The origin of the log; the stream of the agreement; the office and the fiscal year, such as `phrae-cdd/2565`. */
  readonly subject: string;
  /** Of the checkpoint. */
  readonly origin: string;
  readonly size: number;
  readonly files: ReadonlyMap<string, ListedFile>;
}

export interface ListedFile {
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** @throws Malformed unless it is the manifest of a bundle */
export function parseManifest(bytes: Uint8Array): BundleManifest {
  const { format, kind, subject, origin, size, files } = recordIn(bytes);
  if (format !== BUNDLE_FORMAT) throw new Malformed('not the manifest of a bundle of this format');
  const isHead =
    (kind === 'log' || kind === 'agreement' || kind === 'officeYear') &&
    typeof subject === 'string' &&
    typeof origin === 'string' &&
    Number.isSafeInteger(size) &&
    Array.isArray(files);
  if (!isHead) throw new Malformed('not the manifest of a bundle');
  const listed = (files as unknown[]).map((file) => listedFile((file ?? {}) as Record<string, unknown>));
  if (new Set(listed.map(([path]) => path)).size !== listed.length) throw new Malformed('a file is listed twice');
  return { kind, subject, origin, size: size as number, files: new Map(listed) };
}

function listedFile({ path, size, sha256 }: Record<string, unknown>): [path: string, file: ListedFile] {
  const isFile = typeof path === 'string' && Number.isSafeInteger(size) && typeof sha256 === 'string';
  if (!isFile) throw new Malformed('not a file with its size and hash');
  return [path, { size: size as number, sha256 }];
}

/** The files of a bundle, each held against the list when it is read. */
export class ListedFiles implements FileSource {
  readonly #read = new Set<string>();

  constructor(
    private readonly source: FileSource,
    private readonly listed: ReadonlyMap<string, ListedFile>,
    private readonly findings: Findings,
    private readonly digest: Digest,
  ) {}

  async read(name: string): Promise<Uint8Array | undefined> {
    const bytes = await this.source.read(name);
    if (!this.#read.has(name)) this.#compare(name, bytes);
    return bytes;
  }

  async names(): Promise<readonly string[]> {
    return (await this.source.names?.()) ?? [...this.listed.keys()];
  }

  /** Looks at what nobody has asked for. @returns how many files the bundle has */
  async readRest(): Promise<number> {
    const present = (await this.names()).filter((name) => name !== MANIFEST_PATH);
    for (const name of new Set([...present, ...this.listed.keys()])) if (!this.#read.has(name)) await this.read(name);
    return this.listed.size;
  }

  #compare(name: string, bytes: Uint8Array | undefined): void {
    const file = this.listed.get(name);
    if (!bytes && !file) return;
    this.#read.add(name);
    if (!file) this.findings.add('fileUnlisted', { subject: name });
    else if (!bytes) this.findings.add('fileMissing', { subject: name });
    else if (bytes.length !== file.size || hexOf(this.digest(bytes)) !== file.sha256)
      this.findings.add('fileDiffers', { subject: name });
  }
}
