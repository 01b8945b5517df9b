import type { Provenance } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';

/** Where a statement stands in the log, and where it came from. */
export interface Source {
  readonly eventId: string;
  readonly position: number;
  /** RFC 3339. */
  readonly recordedAt: string;
  readonly provenance: Provenance;
}

/** A statement, with where it stands. */
export interface Stated {
  readonly stated: Source;
}

export function statedIn({ eventId, position, recordedAtMs, provenance }: DecodedEvent): Source {
  return { eventId, position, recordedAt: new Date(recordedAtMs).toISOString(), provenance };
}
