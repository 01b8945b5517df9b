import { AccessDeniedError, NotLeaderError } from '@eventstore/db-client';

/** What was to be sent was not. */
export class NeverSent extends Error {
  override readonly name = 'NeverSent';
}

/** The store has said that it does not do it: nothing of it stands. It may do it for another asker, or elsewhere. */
export function isRefusal(error: unknown): boolean {
  return error instanceof NotLeaderError || isDenial(error);
}

/** The store does not let this service do it, however often it is asked. */
export function isDenial(error: unknown): boolean {
  return error instanceof AccessDeniedError;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** There is no record where a read was to begin: told in words only (seen with EventStoreDB 24.6). */
export function isWrongPlace(error: unknown): boolean {
  return error instanceof Error && /invalid ?position/i.test(error.message);
}

/**
 * No connection came about, so that nothing was sent. The client says so in words only: gRPC's own for a node that does not
 * listen, the client's for a cluster of which no node answers (dist/Client/discovery.js).
 */
export function wasNeverSent(error: unknown): boolean {
  if (error instanceof NeverSent) return true;
  return error instanceof Error && /No connection established|Failed to discover/.test(error.message);
}
