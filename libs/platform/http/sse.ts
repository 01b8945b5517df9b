import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json, Position } from '@khamrap/kernel';
import { beforeShown } from './before-shown';
import { takeStreamPlace } from './limits/stream-places';
import { RequestRefused } from './problem';

/** One event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** What the client sends back as `Last-Event-ID`: a position. */
  readonly id: Position;
  /** One word. */
  readonly event: string;
  readonly data: Json;
}

export interface SendEventsOptions {
  /** Ends the answer, such as `Stopping.signal`. */
  readonly signal: AbortSignal;
  readonly heartbeatMs?: number;
}

/** Proxies cut connections that are silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** How long a client may leave its buffer full. */
const STALL_MS_MAX = 60_000;
const RECONNECT_MS = 3_000;

/**
 * Answers with events as they come (`text/event-stream`), no faster than the client takes them, until the source ends, the
 * client leaves, the service stops, or the token or session by which the client is known is over: nothing is sent after that.
 * A client that comes back sends the last id it has seen.
 * @param open starts the source; its signal says that nobody listens any more
 * @throws RequestRefused when too many streams are open, of all clients or of this one
 */
export async function sendEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  open: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
  { signal, heartbeatMs = HEARTBEAT_MS }: SendEventsOptions,
): Promise<void> {
  const { raw } = reply;
  const isHead = request.method === 'HEAD';
  const giveBack = isHead ? undefined : takeStreamPlace(request);
  if (giveBack) raw.once('close', giveBack);
  await beforeShown(request);
  reply.hijack();
  raw.writeHead(200, { ...reply.getHeaders(), ...STREAM_HEADERS } as Record<string, string>);
  if (isHead) {
    raw.end();
    return;
  }
  const ended = new AbortController();
  const end = (): void => ended.abort();
  raw.once('close', end);
  // Who has left before this began is not told of any more.
  if (raw.destroyed) end();
  signal.addEventListener('abort', end, { once: true });
  raw.write(`retry: ${RECONNECT_MS}\n\n`);
  const heartbeat = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(':\n\n');
    // What cannot be told now is asked again with the next event, which is not sent without it.
    void isStillKnown(request).then((isKnown) => isKnown || end(), ignored);
  }, heartbeatMs);
  try {
    if (!signal.aborted) await pass(open(ended.signal), request, raw, ended.signal);
    raw.end();
  } catch (error) {
    // A source that is told to stop may say so by throwing, and waiting for the client ends the same way.
    if (!ended.signal.aborted) throw error;
    raw.end();
  } finally {
    clearInterval(heartbeat);
    signal.removeEventListener('abort', end);
    end();
    giveBack?.();
  }
}

async function isStillKnown({ requester }: FastifyRequest): Promise<boolean> {
  return (await requester?.isCurrent?.()) ?? true;
}

function ignored(): void {}

async function pass(
  events: AsyncIterable<ServerSentEvent>,
  request: FastifyRequest,
  raw: ServerResponse,
  ended: AbortSignal,
): Promise<void> {
  for await (const event of events) {
    if (ended.aborted || !(await isStillKnown(request))) return;
    if (raw.write(textOf(event))) continue;
    const stall = setTimeout(() => raw.destroy(), STALL_MS_MAX);
    await once(raw, 'drain', { signal: ended }).finally(() => clearTimeout(stall));
  }
}

/**
 * The last position that a returning client has seen; undefined for one that starts.
 * @throws RequestRefused when the header is not a position
 */
export function lastEventIdOf(request: FastifyRequest): Position | undefined {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return undefined;
  const text = String(header);
  if (/^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new RequestRefused('invalidRequest', { errors: [{ code: 'isPosition', header: 'Last-Event-ID' }] });
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

// JSON.stringify escapes line breaks, so the data is one line.
function textOf({ id, event, data }: ServerSentEvent): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
