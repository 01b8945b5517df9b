import { LRUCache } from 'lru-cache';
import type { StreamName } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore } from '@khamrap/platform/event-store';
import {
  writeTogether,
  type ProjectionDefinition,
  type ProjectionFold,
  type ProjectionWriter,
  type RowChange,
} from '@khamrap/platform/projections';
import { inspectionStreamDeclarations } from '../../domain/inspection.events';
import { rowOfItem, rowOfRound } from './follow-up.rows';
import { createFollowUpTables, FOLLOW_UP_CHANGE, followUpTable, roundTable } from './follow-up.tables';
import { concernedBy, follow, NO_ROUND, type FollowedRound } from './followed-round';

export const INSPECTIONS = 'inspections';

const PREFIX = 'inspection-';
const ROUND_COUNT_MAX = 1_000;
const PAGE_COUNT = 1_000;

/** Rounds, and what is to be followed up of them. */
export function inspectionsProjection(store: EventStore, codec: EventCodec): ProjectionDefinition {
  return {
    name: INSPECTIONS,
    version: 1,
    eventTypes: inspectionStreamDeclarations.flatMap(({ versions }) => versions[0]?.type ?? []),
    tables: [roundTable.name, roundTable.history, followUpTable.name, followUpTable.history],
    views: [FOLLOW_UP_CHANGE],
    createTables: createFollowUpTables,
    begin: (): ProjectionFold => new InspectionsFold(store, codec),
  };
}

class InspectionsFold implements ProjectionFold {
  /** Those in use; what is not here is read from its stream, which is never long. */
  readonly #rounds = new LRUCache<StreamName, FollowedRound>({ max: ROUND_COUNT_MAX });

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  async project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
    const rounds: RowChange[] = [];
    const items: RowChange[] = [];
    for (const event of batch) {
      const { stream } = event;
      const roundId = stream.slice(PREFIX.length);
      const before = this.#rounds.get(stream) ?? (await this.#before(stream, event.revision));
      const followed = follow(before, event);
      this.#rounds.set(stream, followed);
      const changed = (row: RowChange['row'] | undefined): readonly RowChange[] =>
        row ? [{ row, present: true, position: event.position, recordedAtMs: event.recordedAtMs }] : [];
      const row = rowOfRound(roundId, followed);
      // What only changes findings leaves no trace in the row that everybody reads.
      if (JSON.stringify(row) !== JSON.stringify(rowOfRound(roundId, before))) rounds.push(...changed(row));
      for (const itemId of concernedBy(event, followed)) items.push(...changed(rowOfItem(roundId, itemId, followed)));
    }
    await writeTogether(writer, [
      [roundTable, rounds],
      [followUpTable, items],
    ]);
  }

  async #before(stream: StreamName, revision: number): Promise<FollowedRound> {
    let followed = NO_ROUND;
    for (let from = 0; from < revision; from += PAGE_COUNT) {
      const page = await this.store.readRecorded(stream, from, Math.min(PAGE_COUNT, revision - from));
      for (const recorded of page) {
        const { position, recordedAt } = recorded;
        followed = follow(followed, { ...this.codec.decode(recorded), position, recordedAtMs: recordedAt });
      }
    }
    return followed;
  }
}
