import { DatabaseError } from 'pg';
import { StoreUnavailable } from '../event-store';

/** What the server said of a statement, as SQLSTATE; undefined when it said nothing, because the connection was lost. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/** No answer at all, or SQLSTATE class 08 (connection) or 57P (the server is going away): a statement that was sent may stand. */
export function isConnectionLoss(error: unknown): boolean {
  const sqlState = sqlStateOf(error);
  return sqlState === undefined || sqlState.startsWith('08') || sqlState.startsWith('57P');
}

/**
 * Class 53 (disk full, out of memory, too many connections), 55P03 and 57014 (a time limit), 25006 (a standby after a
 * fail-over): the statement does not stand, and may be taken later.
 */
export function isPassing(error: unknown): boolean {
  const sqlState = sqlStateOf(error) ?? '';
  return sqlState.startsWith('53') || ['55P03', '57014', '25006'].includes(sqlState);
}

/** What to tell of a statement that changes nothing when it stands twice, or not at all: a read, or a keeping of values. */
export function unavailableOr(error: unknown): unknown {
  if (!isConnectionLoss(error) && !isPassing(error)) return error;
  return new StoreUnavailable('the database cannot be reached', { cause: error });
}
