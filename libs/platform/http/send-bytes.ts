import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beforeShown } from './before-shown';
import type { OpenStreams } from './limits/open-streams';
import { takeStreamPlace } from './limits/stream-places';

export interface SendBytesOptions {
  /** Ends the answer, such as `Stopping.signal`. */
  readonly signal: AbortSignal;
  /** Places of a kind of answer of which fewer may be open than of streams. */
  readonly places?: OpenStreams;
}

/** How long a client may take nothing. */
const STALL_MS_MAX = 60_000;

/**
 * Answers with bytes that are made while they are sent, no faster than the client takes them. It counts as an open stream. A
 * client that leaves, or takes nothing for a minute, ends it; so does the service when it stops. What ends before its end is
 * cut off: the client sees that the answer is not whole.
 * @param open makes the bytes; not called for HEAD
 * @throws RequestRefused when too many streams are open, of all clients or of this one
 */
export async function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  open: () => Readable,
  { signal, places }: SendBytesOptions,
): Promise<void> {
  if (request.method === 'HEAD') return void (await reply.send(''));
  const { raw } = reply;
  // Who has left before this began is not told of any more.
  if (raw.destroyed) return;
  const giveBack = takeStreamPlace(request, places);
  await beforeShown(request).catch((error: unknown) => {
    giveBack();
    throw error;
  });
  if (raw.destroyed) return giveBack();
  const bytes = open();
  // The connection and not the source alone, which may be waiting for something itself.
  const stop = (): void => void raw.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const endStalled = whenStalled(reply, () => raw.destroy());
  raw.once('close', () => {
    endStalled();
    signal.removeEventListener('abort', stop);
    bytes.destroy();
    giveBack();
  });
  await reply.send(bytes);
}

/** Looks now and then whether the client has taken anything; answers with what ends that. */
function whenStalled({ raw }: FastifyReply, end: () => void): () => void {
  let before = -1;
  const timer = setInterval(() => {
    const written = raw.socket?.bytesWritten ?? 0;
    if (written === before && raw.writableNeedDrain) end();
    before = written;
  }, STALL_MS_MAX);
  timer.unref();
  return () => clearInterval(timer);
}
