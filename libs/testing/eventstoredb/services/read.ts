import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { InvalidPosition } from '../state/log-records';
import type { StoredEvent } from '../state/stored-event';
import { eventMessage, streamNameOf, streamNotFoundMessage } from '../wire/messages';
import { failures } from '../wire/service-error';
import { matcherOf } from './filter';
import { assertLeads, failureOf, type Node } from './node';
import { send, type ReadCall } from './read-call';
import { subscribe } from './subscribe';

/** Streams.Read: a page of a stream or of $all, or a subscription. */
export function readHandler(node: Node) {
  return (call: ReadCall): void => {
    answer(node, call).then(
      () => call.end(),
      (error: unknown) => {
        const failure = failureOf(error instanceof InvalidPosition ? failures.invalidPosition() : error);
        if (failure) call.emit('error', failure.toStatus());
      },
    );
  };
}

async function answer(node: Node, call: ReadCall): Promise<void> {
  const options = call.request.getOptions();
  if (!options?.hasUuidOption()) throw failures.unknown('Exception was thrown by handler.');
  const isSubscription = options.hasSubscription();
  await node.faults.at(isSubscription ? 'subscribe.arrived' : 'read.arrived', call);
  const stream = options.hasStream() ? streamNameOf(options.getStream()?.getStreamIdentifier()) : '$all';
  node.access.assertMay(call, 'read', stream);
  assertLeads(node, call, false);
  if (isSubscription) await subscribe(node, call, options);
  else await sendPage(node, call, options, stream);
}

async function sendPage(node: Node, call: ReadCall, options: ReadReq.Options, stream: string): Promise<void> {
  const isOfAll = options.hasAll();
  const found = isOfAll ? eventsOfAll(node, options) : eventsOfStream(node, options, stream);
  if (!found) {
    await node.faults.at('read.first', call);
    await send(call, streamNotFoundMessage(stream));
    return;
  }
  const matches = matcherOf(options.getFilter());
  let left = BigInt(options.getCount());
  let isFirst = true;
  for (const event of found) {
    if (left <= 0n) break;
    if (!matches(event)) continue;
    const bent = await node.faults.at(isFirst ? 'read.first' : 'read.middle', call);
    await send(call, eventMessage(event, isOfAll));
    if (bent?.kind === 'repeat') await send(call, eventMessage(event, isOfAll));
    left -= 1n;
    isFirst = false;
  }
  if (isFirst) await node.faults.at('read.first', call);
  await node.faults.at('read.end', call);
}

function eventsOfAll(node: Node, options: ReadReq.Options): readonly StoredEvent[] {
  const all = options.getAll();
  const position = all?.getPosition();
  const at = position && {
    commit: BigInt(position.getCommitPosition()),
    prepare: BigInt(position.getPreparePosition()),
  };
  const { records } = node.state;
  const isBackwards = options.getReadDirection() === 1;
  if (isBackwards && all?.hasStart()) return [];
  if (!isBackwards && all?.hasEnd()) return [];
  const found = isBackwards ? records.before(at ?? 'end') : records.from(at ?? 'start');
  return found.filter((event) => node.has(event));
}

function eventsOfStream(node: Node, options: ReadReq.Options, stream: string): readonly StoredEvent[] | undefined {
  if (node.state.isTombstoned(stream)) throw failures.streamDeleted(stream);
  const known = node.state.readStream(stream);
  const events = known?.filter((event) => node.has(event));
  if (!known || !events || (known.length > 0 && events.length === 0)) return undefined;
  const from = options.getStream();
  const revision = from?.hasRevision() ? BigInt(from.getRevision()) : undefined;
  if (options.getReadDirection() === 1) {
    if (from?.hasStart()) return events.slice(0, 1);
    return events.filter((event) => revision === undefined || event.revision <= revision).toReversed();
  }
  if (from?.hasEnd()) return [];
  return events.filter((event) => revision === undefined || event.revision >= revision);
}
