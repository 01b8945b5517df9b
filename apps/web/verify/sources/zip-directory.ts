import { SourceFailed } from '@khamrap/platform/transparency/proof';

/** A file within a zip, as its directory tells of it. */
export interface ZippedFile {
  readonly name: string;
  /** Of its local header. */
  readonly offset: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly isDeflated: boolean;
}

/** The whole log of a nation is some 100,000 files. */
const FILE_COUNT_MAX = 1_000_000;
const DIRECTORY_BYTES_MAX = 128 * 2 ** 20;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;
const HEADER_BYTES = 46;
const SIGNATURES = { end: 0x06054b50, locator64: 0x07064b50, end64: 0x06064b50, header: 0x02014b50 } as const;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const EXTRA_64 = 1;
const IN_EXTRA = 0xffff_ffff;

/**
 * Reads the directory of a zip (PKWARE APPNOTE 6.3.10, §4.3), which is all that is believed of it: every name once, nothing
 * encrypted, nothing spread over several disks. @throws SourceFailed
 */
export async function readZipDirectory(zip: Blob): Promise<ReadonlyMap<string, ZippedFile>> {
  const { count, bytes, offset } = await readEnd(zip);
  if (count > FILE_COUNT_MAX || bytes > DIRECTORY_BYTES_MAX || offset + bytes > zip.size)
    throw new SourceFailed('a zip with a directory that is too large, or not within it');
  const directory = await viewOf(zip, offset, bytes);
  const files = new Map<string, ZippedFile>();
  let at = 0;
  for (let read = 0; read < count; read++) {
    const { file, next } = readHeader(directory, at);
    at = next;
    if (file.name.endsWith('/')) continue;
    if (files.has(file.name)) throw new SourceFailed(`a zip in which ${file.name} is there twice`);
    files.set(file.name, file);
  }
  if (at !== bytes) throw new SourceFailed('a zip whose directory does not end where it says');
  return files;
}

interface Directory {
  readonly count: number;
  readonly bytes: number;
  readonly offset: number;
}

async function readEnd(zip: Blob): Promise<Directory> {
  const start = Math.max(0, zip.size - END_BYTES - COMMENT_BYTES_MAX);
  const tail = await viewOf(zip, start, zip.size - start);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== SIGNATURES.end) continue;
    if (tail.getUint16(at + 20, true) !== tail.byteLength - at - END_BYTES) continue;
    const end = {
      count: tail.getUint16(at + 10, true),
      bytes: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
    return (await readEnd64(zip, start + at - LOCATOR_BYTES)) ?? end;
  }
  throw new SourceFailed('not a zip, or one that was cut short');
}

/** The end of a directory for zips of more than 4 GB or 65,535 files, where there is one. */
async function readEnd64(zip: Blob, locatorAt: number): Promise<Directory | undefined> {
  if (locatorAt < 0) return undefined;
  const locator = await viewOf(zip, locatorAt, LOCATOR_BYTES);
  if (locator.getUint32(0, true) !== SIGNATURES.locator64) return undefined;
  const end = await viewOf(zip, wholeAt(locator, 8), END_64_BYTES);
  if (end.getUint32(0, true) !== SIGNATURES.end64) throw new SourceFailed('a zip whose directory is not where it says');
  return { count: wholeAt(end, 32), bytes: wholeAt(end, 40), offset: wholeAt(end, 48) };
}

function readHeader(directory: DataView, at: number): { readonly file: ZippedFile; readonly next: number } {
  if (at + HEADER_BYTES > directory.byteLength || directory.getUint32(at, true) !== SIGNATURES.header)
    throw new SourceFailed('a zip whose directory ends within a file');
  const flags = directory.getUint16(at + 8, true);
  const method = directory.getUint16(at + 10, true);
  const nameBytes = directory.getUint16(at + 28, true);
  const extraBytes = directory.getUint16(at + 30, true);
  const extraAt = at + HEADER_BYTES + nameBytes;
  const next = extraAt + extraBytes + directory.getUint16(at + 32, true);
  if (next > directory.byteLength) throw new SourceFailed('a zip whose directory ends within a file');
  const name = nameOf(new Uint8Array(directory.buffer, directory.byteOffset + at + HEADER_BYTES, nameBytes));
  if ((flags & ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED))
    throw new SourceFailed(`a zip in which ${name} is encrypted, or packed in a way that is not known`);
  const extra = new DataView(directory.buffer, directory.byteOffset + extraAt, extraBytes);
  const [bytes, compressedBytes, offset] = sizesOf(directory, at, extra);
  return { file: { name, offset, compressedBytes, bytes, isDeflated: method === DEFLATED }, next };
}

/** Sizes and offset stand in the header or, where they are too large for it, in this order in its extra field. */
function sizesOf(directory: DataView, at: number, extra: DataView): [bytes: number, packed: number, offset: number] {
  const stated = [24, 20, 42].map((place) => directory.getUint32(at + place, true));
  if (!stated.includes(IN_EXTRA)) return stated as [number, number, number];
  let place = placeOfExtra64(extra);
  const sizes = stated.map((size) => {
    if (size !== IN_EXTRA) return size;
    if (place + 8 > extra.byteLength) throw new SourceFailed('a zip that does not say how large a file is');
    place += 8;
    return wholeAt(extra, place - 8);
  });
  return sizes as [number, number, number];
}

function placeOfExtra64(extra: DataView): number {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) === EXTRA_64) return at + 4;
  }
  throw new SourceFailed('a zip that does not say how large a file is');
}

const STRICT = new TextDecoder('utf-8', { fatal: true });

function nameOf(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    throw new SourceFailed('a zip with a name that is not UTF-8');
  }
}

function wholeAt(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new SourceFailed('a zip with sizes that no file has');
  return Number(value);
}

async function viewOf(zip: Blob, start: number, byteCount: number): Promise<DataView> {
  if (start < 0 || start + byteCount > zip.size) throw new SourceFailed('a zip that was cut short');
  return new DataView(await zip.slice(start, start + byteCount).arrayBuffer());
}
