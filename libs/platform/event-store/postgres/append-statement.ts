import type { QueryResult } from 'pg';
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import type { AppendOutcome, AppendRequest, NewEvent } from '../event-store';

const APPEND = {
  name: 'append-batch',
  text: `SELECT outcome, actual_revision, first_position, recorded_at_ms
         FROM ledger.append_batch($1::text[], $2::int4[], $3::int4[], $4::int8[], $5::int4[], $6::text[], $7::int4[], $8::uuid[],
                                  $9::text[], $10::int4[], $11::text[], $12::bytea[], $13::bytea[])`,
  rowMode: 'array' as const,
};

/** One row of the answer for each append, in order. */
export type OutcomeRow = [
  outcome: 'appended' | 'repeated' | 'conflict' | 'eventIdTaken',
  actual: number,
  first: string,
  recordedAt: string,
];

/** The one statement that appends: a call of ledger.append_batch. */
export function appendStatement(batch: readonly AppendRequest[]) {
  return { ...APPEND, values: parametersOf(batch) };
}

/** What the statement answered for each append of its batch. */
export function outcomesOf(result: QueryResult<OutcomeRow>, batch: readonly AppendRequest[]): AppendOutcome[] {
  return result.rows.map((row, index) => outcomeOf(row, batch[index] as AppendRequest));
}

function parametersOf(batch: readonly AppendRequest[]): Buffer[] {
  const events: NewEvent[] = [];
  const numbers: number[] = [];
  const streams: string[] = [];
  const revisions: number[] = [];
  batch.forEach((request, index) => {
    request.events.forEach((event, eventIndex) => {
      events.push(event);
      numbers.push(index + 1);
      streams.push(request.stream);
      revisions.push(request.expectedRevision + 1 + eventIndex);
    });
  });
  return [
    textArray(batch.map((request) => request.stream)),
    int4Array(batch.map((request) => request.expectedRevision)),
    int4Array(batch.map((request) => request.events.length)),
    int8Array(batch.map((request) => request.recordedAt ?? 0)),
    int4Array(numbers),
    textArray(streams),
    int4Array(revisions),
    uuidArray(events.map((event) => event.eventId)),
    textArray(events.map((event) => event.type)),
    int4Array(events.map((event) => event.schemaVersion)),
    textArray(events.map((event) => event.body)),
    byteaArray(events.map((event) => event.salt)),
    byteaArray(events.map((event) => event.bodyHash)),
  ];
}

function outcomeOf([outcome, actualRevision, first, recordedAt]: OutcomeRow, request: AppendRequest): AppendOutcome {
  if (outcome === 'conflict') return { kind: 'conflict', actualRevision };
  if (outcome === 'eventIdTaken') return { kind: 'eventIdTaken' };
  const firstPosition = Number(first);
  return {
    kind: 'appended',
    repeated: outcome === 'repeated',
    firstRevision: request.expectedRevision + 1,
    firstPosition,
    after: String(firstPosition + request.events.length - 1),
    recordedAt: Number(recordedAt),
  };
}
