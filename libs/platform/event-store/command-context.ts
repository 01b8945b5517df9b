import type { Actor, Provenance, Revision } from '@khamrap/kernel';

/** What stands around a command: who asks, when, under which key, and what the events will say about it. */
export interface CommandContext {
  /** UUIDv5 of issuer, pseudonym and Idempotency-Key. */
  readonly commandId: string;
  /** Keyed digest of the request (base64url): tells a repeat from another request under the same key. */
  readonly requestHash: string;
  readonly actor: Actor;
  /** When the request was taken up: RFC 3339 in UTC with milliseconds. Read once, at the edge. */
  readonly decidedAt: string;
  /** UUID that binds all that one request set off. */
  readonly correlationId: string;
  /** The event that caused the command, where one did. */
  readonly causationId?: string;
  readonly provenance: Provenance;
  /** The revision that the caller has seen and insists on. */
  readonly expectedRevision?: Revision;
  /** Milliseconds since 1970, for logs with a simulated clock. */
  readonly recordedAt?: number;
}
