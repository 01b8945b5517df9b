import { SourceFailed, type FileSource } from '@khamrap/platform/transparency/proof';

/** A full bundle of entries of the largest size is less than this. */
const FILE_BYTES_MAX = 20 * 2 ** 20;
const ATTEMPT_COUNT = 4;
const WAIT_SECONDS_MAX = 60;
/** What a bundle calls otherwise than the service does. */
const NAMES: Readonly<Record<string, string>> = { 'keys.json': 'keys' };
const TRYING_AGAIN = [429, 502, 503, 504];

/** The log of a service, as anybody reads it: files under an address. */
export class LiveSource implements FileSource {
  /** @param address such as `/log/` */
  constructor(private readonly address: string) {}

  async read(name: string): Promise<Uint8Array | undefined> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.#ask(name);
      if (response.ok) return boundedBytes(name, response);
      if (response.status === 404 || response.status === 410) return undefined;
      if (!TRYING_AGAIN.includes(response.status) || attempt === ATTEMPT_COUNT)
        throw new SourceFailed(`${name}: ${response.status}`);
      await seconds(waitOf(response, attempt));
    }
  }

  async #ask(name: string): Promise<Response> {
    try {
      return await fetch(`${this.address}${NAMES[name] ?? name}`, {
        // What has a size in its name never changes; what has none is to be what it is now.
        cache: name.startsWith('tile/') ? 'default' : 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
    } catch (error) {
      throw new SourceFailed(`${name}: ${error instanceof Error ? error.message : 'no answer'}`);
    }
  }
}

function waitOf({ headers }: Response, attempt: number): number {
  const asked = Number(headers.get('retry-after') ?? attempt);
  return Math.min(Math.max(Number.isFinite(asked) ? asked : attempt, 1), WAIT_SECONDS_MAX);
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1_000));
}

async function boundedBytes(name: string, { body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new SourceFailed(`${name}: the answer was cut short`);
    });
    if (part?.value === undefined) return joined(chunks, length);
    length += part.value.length;
    if (length > FILE_BYTES_MAX) throw new SourceFailed(`${name} is larger than ${FILE_BYTES_MAX} bytes`);
    chunks.push(part.value);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
