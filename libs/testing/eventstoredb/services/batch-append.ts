import type { ServerDuplexStream } from '@grpc/grpc-js';
import {
  AccessDenied,
  AllStreamPosition,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  Unknown,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { ExpectedRevision } from '../state/commit-check';
import type { ProposedEvent } from '../state/stored-event';
import { fill, proposedEventOf, sizeOf, streamNameOf } from '../wire/messages';
import { ServiceFailure } from '../wire/service-error';
import { failureOf, type Node } from './node';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Batch {
  readonly options: BatchAppendReq.Options;
  readonly events: ProposedEvent[];
}

/** Streams.BatchAppend: many appends on one stream of messages, each answered by its correlation id. */
export function batchAppendHandler(node: Node) {
  return (call: BatchCall): void => {
    serve(node, call).then(
      () => call.end(),
      (error: unknown) => {
        const failure = failureOf(error);
        if (failure) call.emit('error', failure.toStatus());
      },
    );
  };
}

async function serve(node: Node, call: BatchCall): Promise<void> {
  const pending = new Map<string, Batch>();
  for await (const request of call as AsyncIterable<BatchAppendReq>) {
    const id = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options) {
      await node.faults.at('append.arrived', call);
      pending.set(id, { options, events: [] });
    }
    const batch = pending.get(id);
    batch?.events.push(...request.getProposedMessagesList().map(proposedEventOf));
    if (!batch || !request.getIsFinal()) continue;
    pending.delete(id);
    await node.faults.at('append.read', call);
    const response = judged(node, call, batch);
    await node.faults.at('append.stored', call);
    response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(batch.options.getStreamIdentifier());
    call.write(response);
  }
}

function judged(node: Node, call: BatchCall, { options, events }: Batch): BatchAppendResp {
  const stream = streamNameOf(options.getStreamIdentifier());
  try {
    node.access.assertMay(call, 'write', stream);
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    return failed(error.details, 'AccessDenied', new AccessDenied());
  }
  if (events.reduce((sum, event) => sum + sizeOf(event), 0) > node.maxAppendSize) {
    const largest = new MaximumAppendSizeExceeded().setMaxappendsize(node.maxAppendSize);
    return failed('Maximum Append Size Exceeded', 'MaximumAppendSizeExceeded', largest);
  }
  const expected = expectedOf(options);
  const result = node.state.append(stream, expected, events);
  if (result.kind === 'deleted') return failed('Stream Deleted', 'StreamDeleted', new StreamDeleted());
  if (result.kind === 'wrongExpectedRevision')
    return failed('WrongExpectedVersion', 'WrongExpectedVersion', conflict(expected, result.current));
  if (!result.position) return failed('Unknown', 'Unknown', new Unknown());
  const success = new BatchAppendResp.Success().setCurrentRevision(String(result.revision));
  return new BatchAppendResp().setSuccess(success.setPosition(fill(new AllStreamPosition(), result.position)));
}

function expectedOf(options: BatchAppendReq.Options): ExpectedRevision {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'stream_exists' : BigInt(options.getStreamPosition());
}

function conflict(expected: ExpectedRevision, current: bigint): WrongExpectedVersion {
  const wrong = new WrongExpectedVersion();
  if (typeof expected === 'bigint') wrong.setExpectedStreamPosition(String(expected));
  if (current >= 0n) wrong.setCurrentStreamRevision(String(current));
  return wrong;
}

/** A status whose details name the message that tells more. */
function failed(message: string, name: string, details: { serializeBinary(): Uint8Array }): BatchAppendResp {
  // A status that has empty details: the class of the details belongs to a package that is not declared here.
  const status = Status.deserializeBinary(new Uint8Array([0x1a, 0]));
  status.setMessage(message);
  status.getDetails()?.pack(details.serializeBinary(), `event_store.client.${name}`);
  return new BatchAppendResp().setError(status);
}
