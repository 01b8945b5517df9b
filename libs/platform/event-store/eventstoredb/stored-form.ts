import type { StreamName } from '@khamrap/kernel';
import { LogDamaged, type NewEvent, type StoredEvent } from '../event-store';

/** A place in $all: sparse 64-bit numbers, of which only the order means anything. */
export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event as the store gives it back. */
export interface StoreEvent {
  /** Name of the stream in the store. */
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  /** Bytes, or what the client made of JSON. */
  readonly data: unknown;
  readonly metadata: unknown;
  /** When the store wrote it. */
  readonly created: Date;
  /** Absent where a stream is read. */
  readonly place?: Place;
}

/** Which of the events that were appended together one is. */
export interface PartOfAppend {
  /** 0-based. */
  readonly index: number;
  /** How many there are. */
  readonly of: number;
}

/** An event of the ledger with what the store adds to it, before it has a position. */
export interface PlacedEvent extends StoredEvent, PartOfAppend {
  readonly place: Place;
  /** Milliseconds since 1970, by the clock of the store. */
  readonly createdAt: number;
  /** Milliseconds since 1970, where whoever appended it has supplied a time. */
  readonly suppliedAt?: number;
}

/** What goes into the store: names, bytes, and what stands beside them. */
export interface EventToStore {
  readonly id: string;
  readonly type: string;
  readonly data: Buffer;
  readonly metadata: Metadata;
}

/** Beside the body, and not in it: `v` is the version of this form. */
type Metadata = {
  readonly v: 1;
  readonly index: number;
  readonly of: number;
  readonly schema: number;
  readonly salt: string;
  readonly hash: string;
  readonly at?: number;
};

const SALT = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;
const COUNT_MAX = 2 ** 31 - 1;

/**
 * How events of one ledger are written in a store, which may hold other things besides. The body is stored as bytes: as JSON the
 * client would write and read it anew, and the hash is of the very text.
 */
export class StoredForm {
  /** What the names of the ledger's streams begin with in the store. */
  readonly prefix: string;

  /** @param ledger name of the ledger among those that share the store: `a-z`, `0-9` and `_` */
  constructor(ledger: string) {
    this.prefix = `${ledger}.`;
  }

  streamId(stream: StreamName): string {
    return `${this.prefix}${stream}`;
  }

  toStore(event: NewEvent, { index, of }: PartOfAppend, suppliedAt?: number): EventToStore {
    return {
      id: event.eventId,
      type: event.type,
      data: Buffer.from(event.body, 'utf8'),
      metadata: {
        v: 1,
        schema: event.schemaVersion,
        salt: event.salt.toString('hex'),
        hash: event.bodyHash.toString('hex'),
        index,
        of,
        ...(suppliedAt !== undefined && { at: suppliedAt }),
      },
    };
  }

  /** Whether an event is one of the ledger's. System events, other ledgers and other programs stand beside them. */
  isOurs({ streamId, type }: Pick<StoreEvent, 'streamId' | 'type'>): boolean {
    return streamId.startsWith(this.prefix) && !type.startsWith('$');
  }

  /**
   * What was done to one of the ledger's streams that must not be done: cutting it, or deleting it. Rights are nobody's loss.
   * @returns a sentence for operators
   */
  harmDoneBy({ streamId, type, data }: StoreEvent): string | undefined {
    if (streamId.startsWith(this.prefix) && type === '$streamDeleted') return `stream ${streamId} was deleted`;
    if (!streamId.startsWith(`$$${this.prefix}`)) return undefined;
    const cuts = Object.keys(objectOf(data)).filter((key) => ['$tb', '$maxCount', '$maxAge'].includes(key));
    return cuts.length > 0 ? `stream ${streamId.slice(2)} was cut by ${cuts.join(', ')}` : undefined;
  }

  /** @throws LogDamaged for an event that this program has not written */
  fromStore(event: StoreEvent): StoredEvent {
    const { schema, salt, hash } = this.#metadataOf(event);
    return {
      stream: event.streamId.slice(this.prefix.length) as StreamName,
      revision: Number(event.revision),
      eventId: event.id,
      type: event.type,
      schemaVersion: schema,
      body: Buffer.from(event.data as Uint8Array).toString('utf8'),
      salt: Buffer.from(salt, 'hex'),
      bodyHash: Buffer.from(hash, 'hex'),
    };
  }

  /** @throws LogDamaged for an event that this program has not written */
  placed(event: StoreEvent & { readonly place: Place }): PlacedEvent {
    const { index, of, at } = this.#metadataOf(event);
    return {
      ...this.fromStore(event),
      place: event.place,
      createdAt: event.created.getTime(),
      index,
      of,
      ...(at !== undefined && { suppliedAt: at }),
    };
  }

  /** @throws LogDamaged for an event that this program has not written */
  partOf(event: StoreEvent): PartOfAppend {
    return this.#metadataOf(event);
  }

  #metadataOf({ id, streamId, data, metadata }: StoreEvent): Metadata {
    const { v, schema, salt, hash, index, of, at } = objectOf(metadata);
    const isWhole =
      v === 1 &&
      isCount(schema) &&
      typeof salt === 'string' &&
      SALT.test(salt) &&
      typeof hash === 'string' &&
      HASH.test(hash) &&
      isCount(index) &&
      isCount(of) &&
      index < of &&
      (at === undefined || Number.isSafeInteger(at)) &&
      data instanceof Uint8Array;
    if (!isWhole) throw new LogDamaged(`the event ${id} of ${streamId} was not written by this program`);
    return { v, schema, salt, hash, index, of, ...(at !== undefined && { at: at as number }) };
  }
}

/** The same place, or one before or behind it. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare === b.prepare) return 0;
  return a.prepare < b.prepare ? -1 : 1;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= COUNT_MAX;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
