import { code, eventSchema, integer, official, optional, type EventDeclaration, type EventOf } from '@khamrap/kernel';

/** A key signs checkpoints from a size of the log on; its vkey (c2sp.org/signed-note) names the origin of those checkpoints. */
const logKeyAdopted = eventSchema('LogKeyAdopted', 1, { vkey: code(), size: integer() });

/** A key signs no checkpoint of this size or of a larger one any more. */
const logKeyRetired = eventSchema('LogKeyRetired', 1, { vkey: code(), size: integer() });

/**
 * The log is not a continuation of what was signed last, and an operator has decided to go on with it all the same: from here
 * on checkpoints have another origin, so that to every verifier it is another log, whose beginning says why.
 */
const logEpochOpened = eventSchema('LogEpochOpened', 1, {
  /** Counted from 1. */
  epoch: integer(),
  /** Of the checkpoints from now on. */
  origin: code(),
  /** What the signer remembers, exactly; the root in hexadecimal. */
  lastSignedSize: integer(),
  lastSignedRoot: code(),
  /** What the log was when the epoch was opened. */
  foundSize: integer(),
  foundRoot: code(),
  reason: official(),
});

/** How far every stream had come: what stands behind a stream's last event in it came later, or there is nothing. */
const streamHeadsRecorded = eventSchema('StreamHeadsRecorded', 1, {
  /** The heads are those of the first `size` events. */
  size: integer(),
  streamCount: integer(),
  /** Of the tree over the heads, in hexadecimal. */
  root: code(),
  /** The newest checkpoint that witnesses have cosigned, as a note: the log was at least as large before this was recorded. */
  cosigned: optional(official()),
});

/** How much of the access log there was: none of its first `size` rows can be altered any more without this showing it. */
const accessLogSealed = eventSchema('AccessLogSealed', 1, {
  size: integer(),
  /** Of the tree over the rows (RFC 6962), in hexadecimal. */
  root: code(),
  /** When the first and the last of the rows that this seals for the first time were made; RFC 3339. */
  firstAt: code(),
  lastAt: code(),
});

export type LogKeyAdopted = EventOf<typeof logKeyAdopted>;
export type LogKeyRetired = EventOf<typeof logKeyRetired>;
export type LogEpochOpened = EventOf<typeof logEpochOpened>;
export type StreamHeadsRecorded = EventOf<typeof streamHeadsRecorded>;
export type AccessLogSealed = EventOf<typeof accessLogSealed>;
/** What the log says of itself after its opening, on the stream `ledger`. */
export type LogEvent = LogKeyAdopted | LogKeyRetired | LogEpochOpened | StreamHeadsRecorded | AccessLogSealed;

/** The events on the stream `ledger` besides LedgerOpened. */
export const transparencyEventDeclarations: readonly EventDeclaration[] = [
  logKeyAdopted,
  logKeyRetired,
  logEpochOpened,
  streamHeadsRecorded,
  accessLogSealed,
].map((schema) => ({ versions: [schema], upcasters: [] }));
