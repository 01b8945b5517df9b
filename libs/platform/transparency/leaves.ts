import type { Position, Revision, StreamName } from '@khamrap/kernel';
import { LogDamaged, type RecordedEvent } from '@khamrap/platform/event-store';
import { leafText, streamReference, streamSaltOf } from './proof';
import { nodeDigest } from './node-digest';

/** The last leaf of a stream, which the next one names. */
export interface StreamTip {
  /** How leaves call the stream: 64 hexadecimal digits. */
  readonly reference: string;
  readonly revision: Revision;
  readonly position: Position;
  /** 32 bytes. */
  readonly leafHash: Buffer;
}

/** Entries of the log, in the order of their events, and where their streams stand after them. */
export interface Leaves {
  readonly entries: readonly Buffer[];
  readonly hashes: readonly Buffer[];
  /** Of the streams that have an event among them. */
  readonly tips: ReadonlyMap<StreamName, StreamTip>;
}

/** How leaves call a stream whose first event has this salt. */
export function referenceOf(stream: StreamName, firstSalt: Uint8Array): string {
  return streamReference(stream, streamSaltOf(firstSalt, nodeDigest), nodeDigest);
}

/**
 * The leaves of events that follow each other in the log: of the hashes of their bodies, whatever the bodies say.
 * @param tipsBefore of every stream that goes on with one of the events, as it stood before
 * @throws LogDamaged naming the first position that does not continue its stream
 */
export function leavesOf(
  origin: string,
  events: readonly RecordedEvent[],
  tipsBefore: ReadonlyMap<StreamName, StreamTip>,
): Leaves {
  const tips = new Map<StreamName, StreamTip>();
  const entries: Buffer[] = [];
  const hashes: Buffer[] = [];
  for (const event of events) {
    const tip = tips.get(event.stream) ?? tipsBefore.get(event.stream);
    const reference = event.revision === 0 ? referenceOf(event.stream, event.salt) : tip?.reference;
    requireInOrder(event, tip);
    if (reference === undefined)
      throw new EventDamaged(event.position, 'it continues a stream that has no first event');
    // Behind the zero that tells leaves from nodes, so that what is hashed need not be put together once more.
    const hashed = Buffer.from(
      `\0${leafText({
        log: origin,
        position: event.position,
        recordedAt: new Date(event.recordedAt).toISOString(),
        stream: reference,
        revision: event.revision,
        prev: tip ? tip.leafHash.toString('hex') : null,
        body: event.bodyHash.toString('hex'),
      })}`,
    );
    const hash = nodeDigest(hashed);
    entries.push(hashed.subarray(1));
    hashes.push(hash);
    tips.set(event.stream, { reference, revision: event.revision, position: event.position, leafHash: hash });
  }
  return { entries, hashes, tips };
}

function requireInOrder({ position, revision }: RecordedEvent, tip: StreamTip | undefined): void {
  if (revision !== (tip?.revision ?? -1) + 1)
    throw new EventDamaged(position, `it has revision ${revision} of its stream, which was at ${tip?.revision ?? -1}`);
}

/**
 * A row that was altered before it was in the log is found while the log is built.
 * @throws LogDamaged naming the first position whose body is not the one that its hash was made of
 */
export function requireBodies(events: readonly RecordedEvent[]): void {
  for (const { position, salt, body, bodyHash } of events) {
    if (!bodyHash.equals(nodeDigest(Buffer.concat([salt, Buffer.from(body, 'utf8')]))))
      throw new EventDamaged(position, 'its body is not the one that was appended');
  }
}

/** The log of events is not what the verifiable log says it was, from this position on. */
export class EventDamaged extends LogDamaged {
  constructor(
    readonly position: Position,
    readonly what: string,
  ) {
    super(`the event at position ${position} is not what it was: ${what}`);
  }
}
