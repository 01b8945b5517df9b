import type { ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Metadata } from '@grpc/grpc-js';

/** Turns of the event loop after which a reset is known that came in one packet with the end of a request. */
const TURNS_TO_RESET = 4;

/** What the handlers of all kinds of calls have in common. */
export interface AnyCall {
  getPeer(): string;
  sendMetadata(metadata: Metadata): void;
  readonly metadata: Metadata;
  readonly cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
}

/** How a connection breaks: one HTTP/2 stream is reset, or the socket is gone and with it everything that ran on it. */
export type CutKind = 'stream' | 'socket';

/** Thrown to end a handler whose call is no longer there to be answered. */
export class CallIsGone extends Error {
  override readonly name = 'CallIsGone';
}

/** Breaks a call off without a status, as a network does. @param sockets of the node, by the client's address */
export function cut(call: AnyCall, kind: CutKind, sockets: ReadonlyMap<string, Socket>): void {
  const socket = sockets.get(call.getPeer());
  if (kind === 'socket' && socket) socket.resetAndDestroy();
  else streamOf(call).close(constants.NGHTTP2_CANCEL);
}

/** Sends the head of an answer and a part of its message: what is cut then was on its way. */
export function beginAnswer(call: AnyCall): void {
  call.sendMetadata(new Metadata());
  // A message is said to be 64 bytes long, and three of them arrive.
  streamOf(call).write(Buffer.from([0, 0, 0, 0, 64, 10, 62, 8]));
}

/**
 * Whether the client went away instead of ending what it had to say. A client on Node that gives up ends its half of the stream
 * and resets it right behind that: what it had said so far looks whole until the reset is read.
 */
export async function hasGivenUp(call: AnyCall): Promise<boolean> {
  for (let turn = 0; turn < TURNS_TO_RESET; turn++) await setImmediate();
  const stream = streamOf(call);
  return call.cancelled || stream.aborted || stream.destroyed;
}

/** The library hides the stream of a call, and a reset cannot be sent without it. */
function streamOf(call: AnyCall): ServerHttp2Stream {
  return (call as unknown as { readonly call: { readonly stream: ServerHttp2Stream } }).call.stream;
}
