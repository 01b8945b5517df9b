import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionWriter } from '@khamrap/platform/projections';
import { marksOf, publicationOf, type AnyRules } from '../../publication/publication';
import { publishedByMarks, waitingFor, type PublishedBy, type WaitingEvent } from '../disclosures/disclosures.sql';
import { markKey } from '../disclosures/disclosures.tables';
import { TRAIL_PUBLISHED, TRAIL_WAITING } from './trail.tables';
import { addRows, type Column } from './write-rows';

interface TypedWaiting extends WaitingEvent {
  readonly type: string;
}

interface Publication {
  readonly type: string;
  readonly position: number;
  readonly by: PublishedBy;
}

/**
 * Notes which events are published, by the batch that publishes them: those of the batch itself, and those that waited for a mark
 * that it leaves. Asked of the marks as readers of them are, so both find the same; the marks of the batch are written before.
 */
export async function writePublications(
  rules: AnyRules,
  batch: readonly DecodedEvent[],
  writer: ProjectionWriter,
): Promise<void> {
  const published: Publication[] = [];
  const fresh: TypedWaiting[] = [];
  for (const event of batch) {
    const { type, stream, position, recordedAtMs: recordedAt } = event;
    const condition = publicationOf(rules, event);
    if (condition === 'atOnce') published.push({ type, position, by: { position, recordedAt } });
    else if (condition !== 'never') fresh.push({ ...waitingFor({ stream, position, recordedAt, condition }), type });
  }
  const waiting = await readWaiting(rules, batch, writer);
  const events = [...waiting, ...fresh];
  const { client, schema } = writer;
  const query = async <Row extends object>(text: string, values: unknown[]): Promise<readonly Row[]> =>
    (await client.query<Row>(text, values)).rows;
  const found = await publishedByMarks({ schema, query }, events);
  const met: TypedWaiting[] = [];
  const still: TypedWaiting[] = [];
  events.forEach((event, index) => {
    const by = found[index];
    if (by) published.push({ type: event.type, position: event.position, by });
    if (by) met.push(event);
    // What an earlier event would have had to set, no later one does.
    else if (event.stands !== 'before') still.push(event);
  });
  await addRows(writer, TRAIL_PUBLISHED, PUBLISHED_COLUMNS, published);
  await addRows(writer, TRAIL_WAITING, WAITING_COLUMNS, still);
  await removeMet(met, writer);
}

/** The events that wait for a mark that the batch leaves. */
async function readWaiting(
  rules: AnyRules,
  batch: readonly DecodedEvent[],
  { client, schema }: ProjectionWriter,
): Promise<readonly TypedWaiting[]> {
  const keys = batch.flatMap((event) => marksOf(rules, event).map(({ name }) => markKey(event.stream, name)));
  if (keys.length === 0) return [];
  const { rows } = await client.query<Omit<TypedWaiting, 'unless'> & { unless: string }>({
    name: `${schema}.${TRAIL_WAITING}.of`,
    text: `SELECT key, position::float8 AS position, type, recorded_at_ms::float8 AS "recordedAt", stands,
                  days_from AS "daysFrom", days_to AS "daysTo", unless
           FROM ${schema}.${TRAIL_WAITING} WHERE key = ANY ($1::uuid[])`,
    values: [[...new Set(keys)]],
  });
  return rows.map((row) => ({ ...row, unless: row.unless === '' ? [] : row.unless.split('\n') }));
}

async function removeMet(met: readonly TypedWaiting[], { client, schema }: ProjectionWriter): Promise<void> {
  if (met.length === 0) return;
  await client.query({
    name: `${schema}.${TRAIL_WAITING}.met`,
    text: `DELETE FROM ${schema}.${TRAIL_WAITING} AS w USING unnest($1::uuid[], $2::bigint[]) AS m(key, position)
           WHERE w.key = m.key AND w.position = m.position`,
    values: [met.map(({ key }) => key), met.map(({ position }) => position)],
  });
}

const PUBLISHED_COLUMNS: readonly Column<Publication>[] = [
  { name: 'at', type: 'bigint', value: ({ position }) => position },
  { name: 'position', type: 'bigint', value: ({ position }) => position },
  { name: 'type', type: 'text', value: ({ type }) => type },
  { name: 'published_position', type: 'bigint', value: ({ by }) => by.position },
  { name: 'published_at_ms', type: 'bigint', value: ({ by }) => by.recordedAt },
];

const WAITING_COLUMNS: readonly Column<TypedWaiting>[] = [
  { name: 'key', type: 'uuid', value: ({ key }) => key },
  { name: 'position', type: 'bigint', value: ({ position }) => position },
  { name: 'type', type: 'text', value: ({ type }) => type },
  { name: 'recorded_at_ms', type: 'bigint', value: ({ recordedAt }) => recordedAt },
  { name: 'stands', type: 'text', value: ({ stands }) => stands },
  { name: 'days_from', type: 'text', value: ({ daysFrom }) => daysFrom },
  { name: 'days_to', type: 'text', value: ({ daysTo }) => daysTo },
  { name: 'unless', type: 'text', value: ({ unless }) => unless.join('\n') },
];
