import { createHash } from 'node:crypto';
import type { Position, Revision, StreamName } from '@khamrap/kernel';
import type { RecordedEvent } from '@khamrap/platform/event-store';
import type { Violation } from './violation';

const PAGE_COUNT_MAX = 1_000;

/** Events of the log from a position on, in order. */
export type ReadLog = (from: Position, countMax: number) => Promise<readonly RecordedEvent[]>;

/** Where an event stands, and the hash that the log keeps of it. */
export interface LoggedEvent {
  readonly position: Position;
  readonly revision: Revision;
  readonly stream: StreamName;
  /** Hexadecimal. */
  readonly bodyHash: string;
}

export interface LogIndex {
  readonly byEventId: ReadonlyMap<string, LoggedEvent>;
  readonly eventCount: number;
  /** What is wrong with the log in itself, whatever clients say. */
  readonly violations: readonly Violation[];
}

/** Reads the whole log, and judges it in itself: positions, revisions, times, identities and hashes. */
export async function indexLog(readLog: ReadLog): Promise<LogIndex> {
  const reading = new LogReading();
  for (let from = 0; ;) {
    const page = await readLog(from, PAGE_COUNT_MAX);
    for (const event of page) reading.take(event);
    if (page.length === 0) break;
    from += page.length;
  }
  return reading;
}

class LogReading implements LogIndex {
  readonly byEventId = new Map<string, LoggedEvent>();
  readonly violations: Violation[] = [];
  eventCount = 0;
  readonly #nextRevisions = new Map<StreamName, Revision>();
  #previousRecordedAt = -Infinity;

  take(event: RecordedEvent): void {
    const { eventId, position, revision, stream, recordedAt } = event;
    const nextRevision = this.#nextRevisions.get(stream) ?? 0;
    const before = this.byEventId.get(eventId);
    const bodyHash = createHash('sha256').update(event.salt).update(event.body, 'utf8').digest();

    if (position !== this.eventCount) this.#note('positionsNotContiguous', event, `${this.eventCount} belongs there`);
    if (revision !== nextRevision) this.#note('revisionsNotContiguous', event, `${nextRevision} belongs there`);
    if (recordedAt < this.#previousRecordedAt)
      this.#note('timeRunsBackwards', event, `by ${this.#previousRecordedAt - recordedAt} ms`);
    if (before) this.#note('doubled', event, `it stands at position ${before.position} too`);
    if (!bodyHash.equals(event.bodyHash)) this.#note('damaged', event, 'its hash does not fit its salt and body');

    this.eventCount++;
    this.#nextRevisions.set(stream, revision + 1);
    this.#previousRecordedAt = recordedAt;
    if (!before) this.byEventId.set(eventId, { position, revision, stream, bodyHash: event.bodyHash.toString('hex') });
  }

  #note(kind: Violation['kind'], { eventId, position, revision, stream }: RecordedEvent, detail: string): void {
    this.violations.push({
      kind,
      detail: `event ${eventId} at position ${position}, revision ${revision} of ${stream}: ${detail}`,
    });
  }
}
