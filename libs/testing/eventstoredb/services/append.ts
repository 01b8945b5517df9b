import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { ProposedEvent } from '../state/stored-event';
import { CallIsGone, hasGivenUp } from '../wire/breakage';
import {
  appendConflict,
  appendSuccess,
  expectedRevisionOf,
  proposedEventOf,
  sizeOf,
  streamNameOf,
} from '../wire/messages';
import { failures } from '../wire/service-error';
import { assertLeads, failureOf, type Node } from './node';

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

/** Streams.Append: the options, then one message for each event, then one answer. */
export function appendHandler(node: Node) {
  return (call: AppendCall, answer: sendUnaryData<AppendResp>): void => {
    append(node, call).then(
      (response) => answer(null, response),
      (error: unknown) => {
        const failure = failureOf(error);
        if (failure) answer(failure.toStatus());
      },
    );
  };
}

async function append(node: Node, call: AppendCall): Promise<AppendResp> {
  await node.faults.at('append.arrived', call);
  const { options, events } = await received(node, call);
  const stream = streamNameOf(options.getStreamIdentifier());
  const expected = expectedRevisionOf(options);
  const bent = await node.faults.at('append.read', call);
  assertLeads(node, call, true);
  const result = node.state.append(stream, expected, bent?.kind === 'tear' ? events.slice(0, bent.keep) : events);
  if (bent?.kind === 'tear') node.faults.breakOff(call);
  await node.faults.at('append.stored', call);
  await node.faults.at('append.answering', call);
  if (result.kind === 'deleted') throw failures.streamDeleted(stream);
  if (result.kind === 'wrongExpectedRevision') return appendConflict(expected, result.current);
  return appendSuccess(result.revision, result.position);
}

/** Judges each message as it comes, as the server does: whoever may not write is told before the events are read. */
async function received(node: Node, call: AppendCall) {
  let options: AppendReq.Options | undefined;
  let size = 0;
  const events: ProposedEvent[] = [];
  for await (const message of call as AsyncIterable<AppendReq>) {
    if (!options) {
      options = message.getOptions();
      node.access.assertMay(call, 'write', streamNameOf(options?.getStreamIdentifier()));
      continue;
    }
    const proposed = message.getProposedMessage();
    if (!proposed) throw failures.unknown('Exception was thrown by handler.');
    const event = proposedEventOf(proposed);
    size += sizeOf(event);
    if (size > node.maxAppendSize) throw failures.maxAppendSizeExceeded(node.maxAppendSize);
    events.push(event);
  }
  if (await hasGivenUp(call)) throw new CallIsGone();
  if (!options) throw failures.unknown('Exception was thrown by handler.');
  return { options, events };
}
