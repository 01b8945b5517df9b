import type { Position, Revision, StreamName } from '@khamrap/kernel';

/** An event ready to be stored: its body is final, its place in the log is not known yet. */
export interface NewEvent {
  /** UUIDv5 of (commandId, index of the event within the command). */
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** The canonical text (RFC 8785) of the envelope. */
  readonly body: string;
  /** 16 random bytes. */
  readonly salt: Buffer;
  /** SHA-256(salt ‖ body in UTF-8), 32 bytes. */
  readonly bodyHash: Buffer;
}

/** An event as its stream holds it, for ever; where in the log it stands may not be known yet. */
export interface StoredEvent extends NewEvent {
  readonly stream: StreamName;
  readonly revision: Revision;
}

/** An event as the log holds it, for ever. */
export interface RecordedEvent extends StoredEvent {
  readonly position: Position;
  /** Milliseconds since 1970 in UTC; never less than that of the position before. */
  readonly recordedAt: number;
}

/** How many events one append may hold. */
export const APPEND_EVENT_COUNT_MAX = 1_000;

export interface AppendRequest {
  readonly stream: StreamName;
  /** The revision of the stream's last event, or NO_STREAM. */
  readonly expectedRevision: Revision;
  /** 1 to APPEND_EVENT_COUNT_MAX events. */
  readonly events: readonly NewEvent[];
  /** Milliseconds since 1970; only a log with a simulated clock takes it, every other log refuses it. */
  readonly recordedAt?: number;
}

/** What became of one append. Every append of a batch has its own. */
export type AppendOutcome =
  | {
      readonly kind: 'appended';
      /** True when these very events already stood at these revisions: a repeat that changed nothing. */
      readonly repeated: boolean;
      readonly firstRevision: Revision;
      /** Null where the engine learns it later: then `after` tells readers what to wait for. */
      readonly firstPosition: Position | null;
      /** Opaque: `positionOf` tells the position of the append's last event by it. */
      readonly after: string;
      /** Milliseconds since 1970 in UTC; null where the engine learns it later, together with the position. */
      readonly recordedAt: number | null;
    }
  /** The stream is not at the expected revision. */
  | { readonly kind: 'conflict'; readonly actualRevision: Revision }
  /** One of the event ids stands elsewhere in the log. */
  | { readonly kind: 'eventIdTaken' };

/** What this log is: written in its first event, never changed. */
export interface LogIdentity {
  /** UUID of the log. */
  readonly logId: string;
  /** Name of the log as its verifiers know it, such as `khamrap.phrae.go.th/log`. */
  readonly origin: string;
  readonly formatVersion: number;
  /** `simulated`: recorded times were supplied, not read from the store's clock. */
  readonly clock: 'system' | 'simulated';
}

export interface LogHead {
  /** Position of the last event. */
  readonly position: Position;
  readonly recordedAt: number;
}

/** The connection was lost before the answer came: the append stands or it does not. Submit the same request again. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** The store cannot be reached or does not take appends now; what was to be appended was not stored. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The events are more than the store takes at once: nothing was stored, and nothing will be. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/** Whether the store is away for now: whoever asks next will only wait as long. */
export function isStoreAway(error: unknown): boolean {
  return error instanceof StoreUnavailable || error instanceof OutcomeUnknown;
}

/** The log is not as a log must be: a gap, a wrong order, a foreign log. Readers stop rather than go on. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
}

/** How the store of a log is. */
export interface StoreCondition {
  readonly engine: 'postgresql' | 'eventstoredb';
  /** False while no append can be taken. */
  readonly takesAppends: boolean;
  /** Up to when everything that was appended is known to be readable (milliseconds since 1970); null where that is always now. */
  readonly completeUntil: number | null;
  /** What operators have to look at; null when there is nothing. Names no machine and no person. */
  readonly trouble: string | null;
}

export interface SubscribeOptions {
  /** The last position already seen; BEFORE_FIRST for none. */
  readonly after: Position;
  readonly batchCountMax: number;
  /** Ends the subscription. */
  readonly signal: AbortSignal;
}

/**
 * The port of an append-only log with streams and one total order.
 *
 * Guarantees of every engine (libs/testing holds the contract suite): positions are contiguous from 0 and visible in
 * order; an acknowledged append is durable; an append stands whole or not at all; the expected revision is always checked;
 * the same append submitted again answers as the first time and stores nothing. Whatever reads throws StoreUnavailable while
 * the store cannot be reached.
 */
export interface EventStore {
  identity(): LogIdentity;
  /**
   * @throws OutcomeUnknown when it may or may not have been stored
   * @throws StoreUnavailable when it was not stored
   * @throws AppendTooLarge when it cannot be stored as one append
   */
  append(request: AppendRequest): Promise<AppendOutcome>;
  /**
   * Events of one stream from a revision on, in order; fewer than `countMax` only at the end of the stream. Shows at once what
   * any instance has appended: what decisions rest on.
   */
  readStream(stream: StreamName, from: Revision, countMax: number): Promise<readonly StoredEvent[]>;
  /**
   * The same, as far as the events' positions are known; what is only looked at is read here, and can be read also while the
   * store takes no appends.
   */
  readRecorded(stream: StreamName, from: Revision, countMax: number): Promise<readonly RecordedEvent[]>;
  /** Events of the log from a position on, in order; asserts that they are contiguous. */
  readLog(from: Position, countMax: number): Promise<readonly RecordedEvent[]>;
  readEvent(eventId: string): Promise<RecordedEvent | undefined>;
  head(): Promise<LogHead>;
  /** The last position recorded at or before a time (milliseconds since 1970); BEFORE_FIRST when there is none. */
  positionAt(recordedAt: number): Promise<Position>;
  /** The position that a token of an append stands for; undefined while it is not known, or for a token of another log. */
  positionOf(after: string): Promise<Position | undefined>;
  /** How the store is now, as far as this instance knows without asking it. */
  condition(): StoreCondition;
  /** Batches in order, first those already stored, then each as it comes; ends with the signal, throws LogDamaged. */
  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;
  /** Answers what was accepted, then closes. */
  close(): Promise<void>;
}

/** Token under which the application provides its event store. */
export const EVENT_STORE = Symbol('EVENT_STORE');
