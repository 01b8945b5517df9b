import type { Position, Revision, StreamName } from '@khamrap/kernel';

/**
 * One line of a client's journal. An operation is what a client wants to have happened, under an identity that stays the
 * same however often it is submitted; an attempt is one submission of it.
 */
export type JournalEntry = Invoked | Acknowledged | Rejected | Unavailable | Unknown;

interface Attempt {
  /** Identity of the operation: the idempotency key, or whatever stands for it. */
  readonly operation: string;
  /** Tells the submissions of one operation apart, in one journal. */
  readonly attempt: number;
  /** Microseconds of the machine's monotonic clock, the same for every process of the machine. */
  readonly at: number;
}

/** What an operation is to store, as far as the client knows beforehand. */
export interface Intention {
  /** The events that the operation makes, in order. */
  readonly eventIds: readonly string[];
  /** SHA-256 of salt and body of each event, hexadecimal; absent where the client does not make the bodies. */
  readonly bodyHashes?: readonly string[];
  readonly stream?: StreamName;
  readonly expectedRevision?: Revision;
}

/** What the system answered to an operation that it has accepted. */
export interface Acceptance {
  /** Position of the first event; null where it is learned later. */
  readonly position: Position | null;
  /** Revision of the first event. */
  readonly revision: Revision;
  readonly eventIds: readonly string[];
  readonly bodyHashes?: readonly string[];
}

/** Written before the submission leaves the client. */
export interface Invoked extends Attempt, Intention {
  readonly kind: 'INVOKE';
}

/** Written when the acceptance has arrived: from here on it may not be lost. */
export interface Acknowledged extends Attempt, Acceptance {
  readonly kind: 'OK';
}

/** The system has judged the operation and refused it: nothing of it may stand. */
export interface Rejected extends Attempt {
  readonly kind: 'REJECT';
  readonly reason: string;
}

/** The system did not take this submission: nothing was stored by it. An earlier one of the operation may stand. */
export interface Unavailable extends Attempt {
  readonly kind: 'UNAVAILABLE';
}

/** No answer came: the operation stands or it does not. */
export interface Unknown extends Attempt {
  readonly kind: 'UNKNOWN';
}

/** Microseconds of the monotonic clock that all processes of the machine share. */
export function monotonicMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
