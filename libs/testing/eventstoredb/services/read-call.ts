import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { CallIsGone } from '../wire/breakage';

/** A call of Streams.Read, whatever it asks for. */
export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Waits until the client has taken what was sent before: a client that is slow does not fill the memory of the server. */
export function send(call: ReadCall, message: ReadResp): Promise<void> {
  return new Promise((resolve, reject) => {
    if (call.cancelled) {
      reject(new CallIsGone());
      return;
    }
    call.write(message, () => (call.cancelled ? reject(new CallIsGone()) : resolve()));
  });
}
