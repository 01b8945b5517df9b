/**
 * Whether a failure says something of the server or of the way to it, and nothing of the event that was being folded: the
 * same event may be folded a moment later, so it must not be called poison. Classes of SQLSTATE (PostgreSQL, appendix A):
 * 08 connection, 25 transaction state (ended because idle, or a server that only reads), 40 rolled back, 53 resources,
 * 55 locks, 57 intervention by an operator, 58 trouble outside of PostgreSQL.
 */
export function isPassing(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') return PASSING_STATE.test(code) || SYSTEM_ERROR.test(code);
  return typeof message === 'string' && CONNECTION_LOST.test(message);
}

const PASSING_STATE = /^(?:08|25|40|53|55|57|58)[0-9A-Z]{3}$/;
/** Of the operating system and of names: `ECONNRESET`, `EAI_AGAIN`; a mistake in a call is `ERR_…`. */
const SYSTEM_ERROR = /^(?:E[A-Z0-9]+|EAI_[A-Z]+)$/;
/** node-postgres gives these no code. */
const CONNECTION_LOST =
  /^(?:Connection terminated|Client (?:has encountered a connection error|was closed)|timeout exceeded when trying to connect|Query read timeout)/i;
