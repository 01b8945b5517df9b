import type { EntityManager } from 'typeorm';
import type { Condition } from '../../publication/publication-rule';
import { MARK, markKey, PLACE } from './disclosures.tables';
import { placeName } from './stream-place';

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

/** How marks are asked for: by readers in the read model, by whoever projects in the schema of a build. */
export interface MarkTables {
  readonly schema: string;
  query<Row extends object>(text: string, values: unknown[]): Promise<readonly Row[]>;
}

/** An event that waits for a mark, by the keys under which marks are kept. */
export interface WaitingEvent {
  readonly position: number;
  readonly recordedAt: number;
  readonly key: string;
  readonly stands: Condition['stands'];
  readonly daysFrom: string | null;
  readonly daysTo: string | null;
  readonly unless: readonly string[];
}

const HOLDS = `(a.days_from IS NULL OR (m.days_from <= a.days_from AND m.days_to >= a.days_to))`;
// Of each event: whether its mark stands where the event does, and the first event behind that sets it.
const marksIn = (schema: string): string => `
  SELECT a.ordinal, coalesce(before.stands, false) AS stands, behind.position, behind.recorded_at_ms
  FROM unnest($1::int[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[])
    AS a(ordinal, key, position, stands, days_from, days_to)
  LEFT JOIN LATERAL (SELECT NOT m.lifted AS stands FROM ${schema}.${MARK} AS m
    WHERE a.stands <> 'after' AND m.key = a.key AND m.position < a.position + (a.stands = 'either')::int AND ${HOLDS}
    ORDER BY m.position DESC LIMIT 1) AS before ON true
  LEFT JOIN LATERAL (SELECT m.position, m.recorded_at_ms FROM ${schema}.${MARK} AS m
    WHERE a.stands <> 'before' AND m.key = a.key AND m.position > a.position AND NOT m.lifted AND ${HOLDS}
    ORDER BY m.position LIMIT 1) AS behind ON true`;
// Of each event: where first something happened that holds it back.
const holdingBackIn = (schema: string): string => `
  SELECT a.ordinal, min(m.position) AS position
  FROM unnest($1::int[], $2::uuid[], $3::bigint[]) AS a(ordinal, key, position)
  CROSS JOIN LATERAL (SELECT m.position FROM ${schema}.${MARK} AS m
    WHERE m.key = a.key AND m.position > a.position ORDER BY m.position LIMIT 1) AS m
  GROUP BY a.ordinal`;

/** By what each of these events was published, in their order; undefined for those that are not. */
export async function publishedBy(
  manager: EntityManager,
  events: readonly ConditionalEvent[],
): Promise<readonly (PublishedBy | undefined)[]> {
  const tables: MarkTables = { schema: 'read_model', query: (text, values) => manager.query(text, values) };
  return publishedByMarks(tables, events.map(waitingFor));
}

/** The keys under which the marks are kept that an event waits for. */
export function waitingFor({ stream, position, recordedAt, condition }: ConditionalEvent): WaitingEvent {
  const { mark, stands, days, unless = [] } = condition;
  return {
    position,
    recordedAt,
    key: markKey(stream, mark),
    stands,
    daysFrom: days?.from ?? null,
    daysTo: days?.to ?? null,
    unless: unless.map((name) => markKey(stream, name)),
  };
}

/** The same, of events whose keys are known. */
export async function publishedByMarks(
  tables: MarkTables,
  events: readonly WaitingEvent[],
): Promise<readonly (PublishedBy | undefined)[]> {
  if (events.length === 0) return [];
  const rows = await tables.query<MarkRow>(marksIn(tables.schema), [
    events.map((_event, ordinal) => ordinal),
    events.map(({ key }) => key),
    events.map(({ position }) => position),
    events.map(({ stands }) => stands),
    events.map(({ daysFrom }) => daysFrom),
    events.map(({ daysTo }) => daysTo),
  ]);
  const heldBack = await heldBackAt(tables, events);
  const found: (PublishedBy | undefined)[] = events.map(() => undefined);
  for (const { ordinal, stands, position, recorded_at_ms: recordedAtMs } of rows) {
    const event = events[ordinal] as WaitingEvent;
    if (stands) found[ordinal] = { position: event.position, recordedAt: event.recordedAt };
    else if (position !== null && (heldBack.get(ordinal) ?? Infinity) > Number(position))
      found[ordinal] = { position: Number(position), recordedAt: Number(recordedAtMs) };
  }
  return found;
}

async function heldBackAt(tables: MarkTables, events: readonly WaitingEvent[]): Promise<ReadonlyMap<number, number>> {
  const asked = events.flatMap(({ position, unless }, ordinal) => unless.map((key) => ({ ordinal, position, key })));
  if (asked.length === 0) return new Map();
  const rows = await tables.query<{ ordinal: number; position: string | number }>(holdingBackIn(tables.schema), [
    asked.map(({ ordinal }) => ordinal),
    asked.map(({ key }) => key),
    asked.map(({ position }) => position),
  ]);
  return new Map(rows.map(({ ordinal, position }) => [ordinal, Number(position)]));
}

/**
 * What lies within the sight that the transaction was told of, by the names of places, with its provinces: of these streams, and
 * of the parts in them. The database holds back the others.
 */
export async function placesInSight(
  manager: EntityManager,
  streams: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await manager.query<{ stream: string; part: string; provinces: string }[]>(
    `SELECT stream, part, provinces FROM read_model.${PLACE} WHERE stream = ANY ($1::text[])`,
    [streams],
  );
  return new Map(
    rows.map(({ stream, part, provinces }) => [
      placeName(stream, part === '' ? undefined : part),
      provinces === '' ? [] : provinces.split('\n'),
    ]),
  );
}
