import type { Position } from '@khamrap/kernel';
import type { RecordedEvent } from '../../event-store';

/** Store and database do not say the same of a position, from there on. The message is a sentence for operators. */
export class LogsDiffer extends Error {
  override readonly name = 'LogsDiffer';

  constructor(
    readonly position: Position,
    readonly what: string,
  ) {
    super(`Position ${position}: ${what}.`);
  }
}

/** What can be told of an event without telling what is in it. */
const TOLD = ['stream', 'revision', 'eventId', 'type', 'schemaVersion', 'recordedAt'] as const;
const BYTES = ['salt', 'bodyHash'] as const;

/** In what the store's event differs from the one in the database; undefined when each field is the same. */
export function differenceOf(inDatabase: RecordedEvent, inStore: RecordedEvent): string | undefined {
  for (const field of TOLD)
    if (inDatabase[field] !== inStore[field])
      return `its ${field} is ${inDatabase[field]} in the database and ${inStore[field]} in the store`;
  for (const field of BYTES) if (!inDatabase[field].equals(inStore[field])) return otherwise(field);
  return inDatabase.body === inStore.body ? undefined : otherwise('body');
}

function otherwise(field: string): string {
  return `its ${field} in the store is another one than in the database`;
}
