import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { SourceFailed, TILE_WIDTH, type FileSource } from '@khamrap/platform/transparency/proof';

const CONNECTION_COUNT = 8;
const ANSWER_BYTES_MAX = 64 * 2 ** 20;
const SILENCE_MS_MAX = 30_000;
const TRY_COUNT = 4;
const RETRY_MS_MAX = 60_000;
const RETRY_MS_DEFAULT = 1_000;
const PAGE_COUNT_MAX = 1_000;
const DISCLOSURES = /^disclosures\/([0-9]+)\.ndjson$/;

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly retryMs: number;
}

/** A log as a server gives it (c2sp.org/tlog-tiles): over a few connections that stay open. */
export class HttpSource implements FileSource {
  readonly #agent: http.Agent;
  readonly #client: typeof http | typeof https;

  private constructor(
    /** Where the log is, ending with a slash. */
    private readonly prefix: URL,
    /** Where the service is, ending with a slash. */
    private readonly root: URL,
  ) {
    this.#client = prefix.protocol === 'https:' ? https : http;
    this.#agent = new this.#client.Agent({ keepAlive: true, maxSockets: CONNECTION_COUNT });
  }

  /**
   * @param url of the service, whose log is under `log/`, or of the log itself
   * @throws SourceFailed when it does not answer, or is no address
   */
  static async open(url: string): Promise<HttpSource> {
    if (!URL.canParse(url)) throw new SourceFailed(`${url} (not an address)`);
    const given = new URL(url.endsWith('/') ? url : `${url}/`);
    const ofService = new HttpSource(new URL('log/', given), given);
    if (!given.pathname.endsWith('/log/') && (await ofService.read('checkpoint'))) return ofService;
    ofService.close();
    return new HttpSource(given, new URL('../', given));
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    if (name === 'checkpoints') return this.#allCheckpoints();
    // The server's name for it, and that of a folder.
    if (name === 'keys.json') return (await this.#get(this.prefix, 'keys')) ?? this.#get(this.prefix, name);
    const bundle = DISCLOSURES.exec(name)?.[1];
    if (bundle !== undefined) return this.#disclosures(Number(bundle) * TILE_WIDTH);
    return this.#get(this.prefix, name);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Page by page. */
  async #allCheckpoints(): Promise<Uint8Array | undefined> {
    const checkpoints: { readonly size: number }[] = [];
    for (let page = 0; page < PAGE_COUNT_MAX; page++) {
      const after = checkpoints.at(-1)?.size;
      const answer = await this.#get(this.prefix, `checkpoints${after === undefined ? '' : `?after=${after}`}`);
      if (!answer) break;
      const { checkpoints: found } = recordOf('checkpoints', answer);
      if (!Array.isArray(found)) throw new SourceFailed('checkpoints (not a list)');
      const sizes = found.map(sizeOf);
      if (!((sizes.at(-1) ?? -1) > (after ?? -1))) break;
      for (const size of sizes) checkpoints.push({ size });
    }
    return Buffer.from(JSON.stringify({ checkpoints }));
  }

  /** What the service discloses of one bundle of entries, one a line. */
  async #disclosures(first: number): Promise<Uint8Array | undefined> {
    const end = first + TILE_WIDTH;
    const lines: string[] = [];
    for (let from = first; from < end;) {
      const path = `v1/audit/disclosures?from=${from}&count=${end - from}`;
      const answer = await this.#get(this.root, path);
      if (!answer) return undefined;
      const { items, until } = recordOf(path, answer);
      if (!Array.isArray(items) || !Number.isSafeInteger(until)) throw new SourceFailed(`${path} (not a list)`);
      lines.push(...items.map((item) => `${JSON.stringify(item)}\n`));
      if (Number(until) <= from) break;
      from = Number(until);
    }
    return Buffer.from(lines.join(''));
  }

  async #get(base: URL, path: string): Promise<Buffer | undefined> {
    const url = new URL(path, base);
    for (let attempt = 1; ; attempt++) {
      const { status, body, retryMs } = await this.#ask(url);
      if (status === 200) return body;
      if (status === 404) return undefined;
      const mayRetry = (status === 429 || status === 503) && attempt < TRY_COUNT;
      if (!mayRetry) throw new SourceFailed(`${url.href} (HTTP ${status})`);
      await pause(Math.min(retryMs, RETRY_MS_MAX));
    }
  }

  #ask(url: URL): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const refuse = (reason: string): void => reject(new SourceFailed(`${url.href} (${reason})`));
      const request = this.#client.get(url, { agent: this.#agent, timeout: SILENCE_MS_MAX }, (response) => {
        const chunks: Buffer[] = [];
        let byteCount = 0;
        response.on('data', (chunk: Buffer) => {
          byteCount += chunk.length;
          if (byteCount > ANSWER_BYTES_MAX) request.destroy(new Error('more than it may be'));
          else chunks.push(chunk);
        });
        response.on('error', ({ message }) => refuse(message));
        response.on('end', () => {
          if (!response.complete) refuse('cut short');
          else resolveAnswer(response, Buffer.concat(chunks), resolve, refuse);
        });
      });
      request.on('timeout', () => request.destroy(new Error('no answer')));
      request.on('error', ({ message }) => refuse(message));
    });
  }
}

/** Bundles of entries may be packed without being asked for so (c2sp.org/tlog-tiles). */
function resolveAnswer(
  { statusCode = 0, headers }: http.IncomingMessage,
  bytes: Buffer,
  resolve: (answer: Answer) => void,
  refuse: (reason: string) => void,
): void {
  const seconds = Number(headers['retry-after'] ?? NaN);
  const retryMs = seconds >= 0 ? seconds * 1_000 : RETRY_MS_DEFAULT;
  try {
    const isPacked = headers['content-encoding'] === 'gzip';
    const body = isPacked ? gunzipSync(bytes, { maxOutputLength: ANSWER_BYTES_MAX }) : bytes;
    resolve({ status: statusCode, body, retryMs });
  } catch {
    refuse('badly packed');
  }
}

function recordOf(path: string, bytes: Buffer): Record<string, unknown> {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as unknown;
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new SourceFailed(`${path} (not a JSON object)`);
}

/** NaN where it states none; what is made of that list says so. */
function sizeOf(checkpoint: unknown): number {
  return Number(((checkpoint ?? {}) as Record<string, unknown>)['size']);
}
