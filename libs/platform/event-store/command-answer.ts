import type { Position, Rejection, Revision } from '@khamrap/kernel';
import { tokenOfEvent, tokenOfPosition } from './after-token';
import type { AppendOutcome, RecordedEvent, StoredEvent } from './event-store';

/**
 * What the ledger says of one event it holds. `sequenced` proves nothing by itself; the transparency log makes it
 * `included`, witnesses make it `witnessed`.
 */
export interface Receipt {
  readonly position: Position | null;
  /** SHA-256 of salt and body, hexadecimal. */
  readonly bodyHash: string;
  /** RFC 3339 in UTC with milliseconds; null where the engine learns it later, together with the position. */
  readonly recordedAt: string | null;
  readonly status: 'sequenced';
}

export interface CommandAccepted {
  /** Revision of the stream's last event after this command. */
  readonly revision: Revision;
  /** Position of the command's last event; null where the engine learns it later, or where nothing had to change. */
  readonly position: Position | null;
  /** Opaque: reads accept it in place of a position. */
  readonly after: string;
  readonly eventIds: readonly string[];
  /** Receipt of the command's last event; null where nothing had to change. */
  readonly receipt: Receipt | null;
  /** True when the command had been accepted before: this is that acceptance. */
  readonly replayed: boolean;
}

/** The domain refused the command. */
export class CommandRejected extends Error {
  override readonly name = 'CommandRejected';
  constructor(readonly rejection: Rejection) {
    super(rejection.code);
  }
}

/** The stream has moved on from the revision that the caller insisted on. */
export class RevisionMismatch extends Error {
  override readonly name = 'RevisionMismatch';
  constructor(readonly actualRevision: Revision) {
    super(`the stream is at revision ${actualRevision}`);
  }
}

/** The key was used before, for another request. */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
}

type Appended = Extract<AppendOutcome, { kind: 'appended' }>;

/** The answer to a command whose events were appended now, as the events number `offset` … of the append. */
export function acceptedNow(
  outcome: Appended,
  offset: number,
  events: readonly { eventId: string; bodyHash: Buffer }[],
): CommandAccepted {
  const lastOffset = offset + events.length - 1;
  const position = outcome.firstPosition === null ? null : outcome.firstPosition + lastOffset;
  return answer(events, outcome.firstRevision + lastOffset, position, outcome.after, outcome.recordedAt, false);
}

/** The answer to a command whose events stand already, at positions that are known. */
export function acceptedBefore(events: readonly RecordedEvent[]): CommandAccepted {
  const last = events.at(-1) as RecordedEvent;
  return answer(events, last.revision, last.position, tokenOfPosition(last.position), last.recordedAt, true);
}

/** The answer to a command whose events stand already, at positions that the engine has yet to learn. */
export function acceptedUnplaced(events: readonly StoredEvent[]): CommandAccepted {
  const last = events.at(-1) as StoredEvent;
  return answer(events, last.revision, null, tokenOfEvent(last.eventId), null, true);
}

/** The answer to a command that had nothing to change. */
export function nothingToChange(revision: Revision): CommandAccepted {
  return { revision, position: null, after: tokenOfPosition(0), eventIds: [], receipt: null, replayed: false };
}

function answer(
  events: readonly { eventId: string; bodyHash: Buffer }[],
  revision: Revision,
  position: Position | null,
  after: string,
  recordedAtMs: number | null,
  replayed: boolean,
): CommandAccepted {
  const bodyHash = (events.at(-1) as { bodyHash: Buffer }).bodyHash.toString('hex');
  const recordedAt = recordedAtMs === null ? null : new Date(recordedAtMs).toISOString();
  const receipt: Receipt = { position, bodyHash, recordedAt, status: 'sequenced' };
  return { revision, position, after, eventIds: events.map((event) => event.eventId), receipt, replayed };
}
