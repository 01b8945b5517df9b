import { ConfigRefused } from '@khamrap/platform/config';
import { DataFolderInUse, UnsafeDurability } from '@khamrap/platform/database';
import { CarriedElsewhere, isStoreAway } from '@khamrap/platform/event-store';

/** What errors of the operating system and of PostgreSQL tell of themselves. */
interface Coded {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly severity?: unknown;
}

/** The sentence that tells an operator why the service cannot start, where the fault is theirs to mend; otherwise undefined. */
export function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ConfigRefused || error instanceof DataFolderInUse || error instanceof UnsafeDurability)
    return error.message;
  if (error instanceof CarriedElsewhere) return `${error.message}.`;
  if (isStoreAway(error)) return `The service cannot start: ${error.message}.`;
  const { code, syscall, address, port, severity } = error as Coded;
  if (syscall === 'listen') {
    return code === 'EADDRINUSE'
      ? `Another program listens on ${String(address)}:${String(port)}: stop it, or set PORT to another port.`
      : `The service cannot listen: ${error.message}.`;
  }
  if (syscall === 'connect' || syscall === 'getaddrinfo')
    return `The database server of DATABASE_URL cannot be reached: ${error.message}.`;
  // PostgreSQL's own refusals: a wrong password, no such database.
  if (severity === 'FATAL') return `The database server of DATABASE_URL refuses: ${error.message}.`;
  return undefined;
}
