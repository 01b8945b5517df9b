import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { AppendReq, AppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { ExpectedRevision } from '../state/commit-check';
import { UNKNOWN_POSITION, type LogPosition } from '../state/log-position';
import type { ProposedEvent, StoredEvent } from '../state/stored-event';
import { failures } from './service-error';

const JSON_TYPE = 'application/json';

/** The part that the options of a write and those of a deletion have in common. */
interface RevisionOptions {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
  getRevision(): string;
}

export function expectedRevisionOf(options: RevisionOptions): ExpectedRevision {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt(options.getRevision());
}

export function streamNameOf(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

function identifierOf(stream: string): StreamIdentifier {
  return new StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}

/** What a proposed message of a unary append and one of a batch have in common. */
type Proposed = Pick<AppendReq.ProposedMessage, 'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'>;

/** @throws ServiceFailure where the type or the type of content is missing */
export function proposedEventOf(message: Proposed): ProposedEvent {
  const properties = message.getMetadataMap();
  const [type, contentType] = ['type', 'content-type'].map((name) => {
    const value = properties.get(name);
    if (value === undefined) throw failures.missingProperty(name);
    return value;
  }) as [string, string];
  return {
    id: message.getId()?.getString() ?? '',
    type,
    isJson: contentType === JSON_TYPE,
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

/** How large an event is to the server when it compares with the largest append. */
export function sizeOf({ type, data, metadata }: ProposedEvent): number {
  return data.length + metadata.length + 2 * type.length;
}

/** Both are missing where nothing was written to a stream that is not there. */
export function appendSuccess(revision: bigint, position: LogPosition | undefined): AppendResp {
  const success = new AppendResp.Success();
  if (revision < 0n) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(revision));
  if (position) success.setPosition(fill(new AppendResp.Position(), position));
  else success.setNoPosition(new Empty());
  return new AppendResp().setSuccess(success);
}

export function appendConflict(expected: ExpectedRevision, current: bigint): AppendResp {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (expected === 'any') wrong.setExpectedAny(new Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedRevision(String(expected));
  if (current < 0n) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(String(current));
  return new AppendResp().setWrongExpectedVersion(wrong);
}

/**
 * An event as a read or a subscription sends it.
 * @param isOfAll a read of one stream does not know where a transaction was committed, and says that the position is unknown
 */
export function eventMessage(event: StoredEvent, isOfAll: boolean): ReadResp {
  const isKnown = isOfAll || event.position.commit === event.position.prepare;
  const position = isKnown ? event.position : { commit: UNKNOWN_POSITION, prepare: UNKNOWN_POSITION };
  const recorded = fill(new ReadResp.ReadEvent.RecordedEvent(), position)
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', String(event.createdTicks))
    .set('content-type', event.isJson ? JSON_TYPE : 'application/octet-stream');
  const read = new ReadResp.ReadEvent().setEvent(recorded);
  if (isKnown) read.setCommitPosition(String(position.commit));
  else read.setNoPosition(new Empty());
  return new ReadResp().setEvent(read);
}

export function streamNotFoundMessage(stream: string): ReadResp {
  return new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)));
}

export function confirmationMessage(subscriptionId: string): ReadResp {
  return new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId));
}

export function checkpointMessage(position: LogPosition): ReadResp {
  return new ReadResp().setCheckpoint(fill(new ReadResp.Checkpoint(), position));
}

export function caughtUpMessage(): ReadResp {
  return new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
}

interface Positioned {
  setCommitPosition(value: string): unknown;
  setPreparePosition(value: string): unknown;
}

/** Writes a position into a message that has a place for one. */
export function fill<Message extends Positioned>(message: Message, { commit, prepare }: LogPosition): Message {
  message.setCommitPosition(String(commit));
  message.setPreparePosition(String(prepare));
  return message;
}
