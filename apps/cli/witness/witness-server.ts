import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Malformed, textOf } from '@khamrap/platform/transparency/proof';
import type { Witness } from './witness';

/** A request has 63 hashes and a note; a log with sixty signatures fits. */
export const REQUEST_BYTES_MAX = 65_536;
const REQUEST_MS_MAX = 10_000;
const CONNECTION_COUNT_MAX = 256;
/** Logs keep their connections, as the protocol asks of them. */
const KEEP_ALIVE_MS = 65_000;

const CHECKPOINT = /^\/([0-9a-f]{64})\/checkpoint$/;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A witness over HTTP (c2sp.org/tlog-witness); submissions and monitoring have the same address. */
export function witnessServer(witness: Witness, alarm: (message: string) => void): Server {
  const server = createServer(
    { requestTimeout: REQUEST_MS_MAX, headersTimeout: REQUEST_MS_MAX },
    (request, response) => {
      answerTo(witness, request).then(
        (answer) => send(response, answer),
        (error: unknown) => {
          alarm(error instanceof Error ? error.message : String(error));
          send(response, { status: 500, body: 'this witness cannot answer now\n' });
        },
      );
    },
  );
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = CONNECTION_COUNT_MAX;
  return server;
}

async function answerTo(witness: Witness, request: IncomingMessage): Promise<Answer> {
  const [path = ''] = (request.url ?? '').split('?', 1);
  const [, hashOfOrigin] = CHECKPOINT.exec(path) ?? [];
  if (path !== '/add-checkpoint' && hashOfOrigin === undefined) return { status: 404, body: 'not found\n' };
  const allowed = hashOfOrigin === undefined ? 'POST' : 'GET';
  if (request.method !== allowed) return { status: 405, body: `only ${allowed}\n`, headers: { allow: allowed } };
  if (hashOfOrigin !== undefined) {
    const note = await witness.lastCosigned(hashOfOrigin);
    return note === undefined
      ? { status: 404, body: 'no checkpoint of this log was cosigned\n' }
      : { status: 200, body: note };
  }
  const bytes = await bodyOf(request);
  if (bytes === undefined)
    return { status: 413, body: `at most ${REQUEST_BYTES_MAX} bytes\n`, headers: { connection: 'close' } };
  const text = textIn(bytes);
  return text === undefined ? { status: 400, body: 'not UTF-8\n' } : witness.addCheckpoint(text);
}

/** Undefined when it is too long; then what is still to come is not read. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > REQUEST_BYTES_MAX) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return textOf(bytes);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function send(response: ServerResponse, { status, body, type = 'text/plain; charset=utf-8', headers }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
