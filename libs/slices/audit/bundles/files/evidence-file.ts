import type { Json, Position } from '@khamrap/kernel';
import type { EvidenceFile, EvidenceFiles } from '@khamrap/platform/files';
import type { BundleFile } from '../zip/bundle-file';

/** A file that a disclosed event names by its hash. */
export interface EvidenceNamed {
  readonly sha256: string;
  /** Of the event. */
  readonly position: Position;
  /** JSON Pointer within the data of the event. */
  readonly path: string;
  /** As the event states them, where it does. */
  readonly name?: string;
  readonly mediaType?: string;
}

const SHA256 = /^[0-9a-f]{64}$/;
/** Fields that hold the hash of a file: `sha256`, `scanSha256`, `certificateSha256`. */
const FIELD = /^(?:sha256|[a-z]+Sha256)$/;
const ASK_COUNT = 100;

/** The files that the data of a disclosed event name. */
export function evidenceIn(position: Position, data: Json): EvidenceNamed[] {
  const found: EvidenceNamed[] = [];
  collect(data, '', position, found);
  return found;
}

function collect(value: Json | undefined, path: string, position: Position, found: EvidenceNamed[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((item: Json, index) => collect(item, `${path}/${index}`, position, found));
    return;
  }
  const fields = value as { readonly [name: string]: Json };
  for (const [field, held] of Object.entries(fields)) {
    if (typeof held !== 'string' || !FIELD.test(field) || !SHA256.test(held)) {
      collect(held, `${path}/${field}`, position, found);
      continue;
    }
    const { name, mediaType } = fields;
    found.push({
      sha256: held,
      position,
      path: `${path}/${field}`,
      ...(field === 'sha256' && typeof name === 'string' && { name }),
      ...(field === 'sha256' && typeof mediaType === 'string' && { mediaType }),
    });
  }
}

/** What evidence the disclosed events name: a bundle has no files of evidence, whoever holds one compares it with this. */
export function evidenceFile(
  files: EvidenceFiles,
  named: AsyncIterable<EvidenceNamed> | Iterable<EvidenceNamed>,
): BundleFile {
  return { path: 'evidence.json', bytes: evidenceText(files, named) };
}

async function* evidenceText(
  files: EvidenceFiles,
  named: AsyncIterable<EvidenceNamed> | Iterable<EvidenceNamed>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"evidence":[');
  let separator = '\n';
  let waiting: EvidenceNamed[] = [];
  const told = async (): Promise<Buffer> => {
    const known = await Promise.all(waiting.map(({ sha256 }) => files.info(sha256)));
    const lines = waiting.map((each, index) => JSON.stringify(withFacts(each, known[index])));
    waiting = [];
    const text = `${separator}${lines.join(',\n')}`;
    separator = ',\n';
    return Buffer.from(text, 'utf8');
  };
  for await (const each of named) {
    waiting.push(each);
    if (waiting.length === ASK_COUNT) yield await told();
  }
  if (waiting.length > 0) yield await told();
  yield Buffer.from('\n]}\n');
}

/** The type is that which was recognised from the content; the one that somebody stated stands in the event. */
function withFacts(named: EvidenceNamed, file: EvidenceFile | undefined): object {
  return {
    ...named,
    ...(file && { size: file.byteCount, mediaType: file.mediaType }),
    ...(file?.erasedAtMs !== undefined && { erasedAt: new Date(file.erasedAtMs).toISOString() }),
  };
}
