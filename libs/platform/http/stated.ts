import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
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

/** Where the event stands that states something. */
export function statedIn({
  eventId,
  position,
  recordedAtMs,
  provenance,
}: Pick<DecodedEvent, 'eventId' | 'position' | 'recordedAtMs' | 'provenance'>): Source {
  return { eventId, position, recordedAt: new Date(recordedAtMs).toISOString(), provenance };
}

/** A provenance in an answer. */
export class EventProvenanceAnswer {
  @ApiProperty({ enum: ['native', 'transcribed'] }) readonly kind: string;
  @ApiPropertyOptional({ description: 'SHA-256 of the source document' }) readonly sourceDocument?: string;
  @ApiPropertyOptional() readonly passage?: string;
}

/** A `Source` in an answer: the event that states it. */
export class EventSourceAnswer {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
  @ApiProperty({ type: EventProvenanceAnswer }) readonly provenance: EventProvenanceAnswer;
}
