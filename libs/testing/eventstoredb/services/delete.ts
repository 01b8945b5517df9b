import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import {
  DeleteResp,
  TombstoneResp,
  type DeleteReq,
  type TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb';
import type { LogPosition } from '../state/log-position';
import { expectedRevisionOf, fill, streamNameOf } from '../wire/messages';
import { failures } from '../wire/service-error';
import { assertLeads, failureOf, type Node } from './node';

/** How an expected revision that is no number is written in a refusal. */
const NUMBERS = { no_stream: -1n, any: -2n, stream_exists: -4n };

/** Streams.Delete: softly; the stream goes on where it was when somebody writes to it again. */
export function deleteHandler(node: Node) {
  return (call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void => {
    remove(node, call, 'delete').then(
      (position) =>
        answer(
          null,
          position
            ? new DeleteResp().setPosition(fill(new DeleteResp.Position(), position))
            : new DeleteResp().setNoPosition(new Empty()),
        ),
      (error: unknown) => answerFailure(error, answer),
    );
  };
}

/** Streams.Tombstone: for ever. */
export function tombstoneHandler(node: Node) {
  return (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>): void => {
    remove(node, call, 'tombstone').then(
      (position) =>
        answer(
          null,
          position
            ? new TombstoneResp().setPosition(fill(new TombstoneResp.Position(), position))
            : new TombstoneResp().setNoPosition(new Empty()),
        ),
      (error: unknown) => answerFailure(error, answer),
    );
  };
}

async function remove(
  node: Node,
  call: ServerUnaryCall<DeleteReq | TombstoneReq, unknown>,
  how: 'delete' | 'tombstone',
): Promise<LogPosition | undefined> {
  await node.faults.at('delete.arrived', call);
  const options = call.request.getOptions();
  if (!options) throw failures.unknown('Exception was thrown by handler.');
  const stream = streamNameOf(options.getStreamIdentifier());
  const expected = expectedRevisionOf(options);
  node.access.assertMay(call, 'delete', stream);
  assertLeads(node, call, true);
  const result = node.state[how](stream, expected);
  await node.faults.at('delete.stored', call);
  if (result.kind === 'deleted') throw failures.streamDeleted(stream);
  if (result.kind === 'wrongExpectedRevision') {
    const number = typeof expected === 'bigint' ? expected : NUMBERS[expected];
    throw failures.wrongExpectedVersion(stream, number, result.current);
  }
  return result.position;
}

function answerFailure(error: unknown, answer: sendUnaryData<never>): void {
  const failure = failureOf(error);
  if (failure) answer(failure.toStatus());
}
