import * as crypto from 'node:crypto';
import type { IncomingMessage } from 'node:http';

// W3C Trace Context: version, trace-id, parent-id, flags; version ff is forbidden.
const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[0-9a-f]{16}-[0-9a-f]{2}/;
const NO_TRACE = '00000000-0000-0000-0000-000000000000';

/**
 * The identifier that binds all that one request sets off, as a UUID: the trace-id of a valid `traceparent` (the same 16
 * bytes), otherwise a random one.
 */
export function correlationIdOf({ headers: { traceparent } }: Pick<IncomingMessage, 'headers'>): string {
  const match = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  const correlationId = match?.slice(1).join('-');
  return correlationId === undefined || correlationId === NO_TRACE ? crypto.randomUUID() : correlationId;
}
