import type { EntityManager } from 'typeorm';
import type { Condition } from '../../publication/publication-rule';
import { MARK, markKey, PLACE } from './disclosures.tables';

/** An event that is published by a mark. */
export interface ConditionalEvent {
  readonly stream: string;
  readonly position: number;
  readonly recordedAt: number;
  readonly condition: Condition;
}

/** The event that published another, or the event itself. */
export interface PublishedBy {
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
}

interface MarkRow {
  readonly ordinal: number;
  readonly stands: boolean;
  readonly position: string | number | null;
  readonly recorded_at_ms: string | number | null;
}

const HOLDS = `(a.days_from IS NULL OR (m.days_from <= a.days_from AND m.days_to >= a.days_to))`;
// Of each event: whether its mark stands where the event does, and the first event behind that sets it.
const MARKS = `
  SELECT a.ordinal, coalesce(before.stands, false) AS stands, behind.position, behind.recorded_at_ms
  FROM unnest($1::int[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[])
    AS a(ordinal, key, position, stands, days_from, days_to)
  LEFT JOIN LATERAL (SELECT NOT m.lifted AS stands FROM read_model.${MARK} AS m
    WHERE a.stands <> 'after' AND m.key = a.key AND m.position < a.position + (a.stands = 'either')::int AND ${HOLDS}
    ORDER BY m.position DESC LIMIT 1) AS before ON true
  LEFT JOIN LATERAL (SELECT m.position, m.recorded_at_ms FROM read_model.${MARK} AS m
    WHERE a.stands <> 'before' AND m.key = a.key AND m.position > a.position AND NOT m.lifted AND ${HOLDS}
    ORDER BY m.position LIMIT 1) AS behind ON true`;
// Of each event: where first something happened that holds it back.
const HOLDING_BACK = `
  SELECT a.ordinal, min(m.position) AS position
  FROM unnest($1::int[], $2::uuid[], $3::bigint[]) AS a(ordinal, key, position)
  CROSS JOIN LATERAL (SELECT m.position FROM read_model.${MARK} AS m
    WHERE m.key = a.key AND m.position > a.position ORDER BY m.position LIMIT 1) AS m
  GROUP BY a.ordinal`;

/** By what each of these events was published, in their order; undefined for those that are not. */
export async function publishedBy(
  manager: EntityManager,
  events: readonly ConditionalEvent[],
): Promise<readonly (PublishedBy | undefined)[]> {
  if (events.length === 0) return [];
  const rows = await manager.query<MarkRow[]>(MARKS, [
    events.map((_event, ordinal) => ordinal),
    events.map(({ stream, condition }) => markKey(stream, condition.mark)),
    events.map(({ position }) => position),
    events.map(({ condition }) => condition.stands),
    events.map(({ condition }) => condition.days?.from ?? null),
    events.map(({ condition }) => condition.days?.to ?? null),
  ]);
  const heldBack = await heldBackAt(manager, events);
  const found: (PublishedBy | undefined)[] = events.map(() => undefined);
  for (const { ordinal, stands, position, recorded_at_ms: recordedAtMs } of rows) {
    const event = events[ordinal] as ConditionalEvent;
    if (stands) found[ordinal] = { position: event.position, recordedAt: event.recordedAt };
    else if (position !== null && (heldBack.get(ordinal) ?? Infinity) > Number(position))
      found[ordinal] = { position: Number(position), recordedAt: Number(recordedAtMs) };
  }
  return found;
}

async function heldBackAt(
  manager: EntityManager,
  events: readonly ConditionalEvent[],
): Promise<ReadonlyMap<number, number>> {
  const asked = events.flatMap(({ stream, position, condition }, ordinal) =>
    (condition.unless ?? []).map((name) => ({ ordinal, position, key: markKey(stream, name) })),
  );
  if (asked.length === 0) return new Map();
  const rows = await manager.query<{ ordinal: number; position: string | number }[]>(HOLDING_BACK, [
    asked.map(({ ordinal }) => ordinal),
    asked.map(({ key }) => key),
    asked.map(({ position }) => position),
  ]);
  return new Map(rows.map(({ ordinal, position }) => [ordinal, Number(position)]));
}

/** Which of these streams lie within the sight that the transaction was told of: the database holds back the others. */
export async function streamsInSight(manager: EntityManager, streams: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await manager.query<{ stream: string }[]>(
    `SELECT stream FROM read_model.${PLACE} WHERE stream = ANY ($1::text[])`,
    [streams],
  );
  return new Set(rows.map(({ stream }) => stream));
}
