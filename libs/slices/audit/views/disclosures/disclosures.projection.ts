import { booleanArray, int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter } from '@khamrap/platform/projections';
import { marksOf, type AnyRules } from '../../publication/publication';
import { disclosureStatements, MARK, markKey, PLACE } from './disclosures.tables';
import { officesOf, PLACE_TYPES, placeAfter, type StreamPlace } from './stream-place';

export const DISCLOSURES = 'disclosures';

/** How a canonical body says so; a text that contains it has its quotation marks escaped. */
const TRANSCRIBED = '"kind":"transcribed"';

/**
 * What decides which events are published: the marks that others leave, and where streams stand. Events themselves are not kept,
 * so it has far fewer rows than the log, and nothing in memory.
 */
export function disclosuresProjection(rules: AnyRules): ProjectionDefinition {
  const marking = Object.keys(rules).filter((type) => rules[type]?.marks !== undefined);
  const isPlacing = new Set(PLACE_TYPES);
  return {
    name: DISCLOSURES,
    version: 1,
    eventTypes: [...new Set([...marking, ...PLACE_TYPES])],
    concerns: ({ type, body }) =>
      isPlacing.has(type) || rules[type]?.marksOfTranscribed !== true || body.includes(TRANSCRIBED),
    tables: [MARK, PLACE],
    createTables: disclosureStatements,
    begin: (): ProjectionFold => ({
      project: async (batch, writer) => {
        await writeMarks(rules, batch, writer);
        await writePlaces(batch, writer);
      },
    }),
  };
}

async function writeMarks(
  rules: AnyRules,
  batch: readonly DecodedEvent[],
  { client, schema }: ProjectionWriter,
): Promise<void> {
  const marks = batch.flatMap((event) => marksOf(rules, event).map((mark) => ({ event, mark })));
  if (marks.length === 0) return;
  await client.query({
    name: `${schema}.${MARK}`,
    text: `INSERT INTO ${schema}.${MARK} (key, position, recorded_at_ms, lifted, days_from, days_to)
           SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::boolean[], $5::text[], $6::text[])
           ON CONFLICT DO NOTHING`,
    values: [
      uuidArray(marks.map(({ event, mark }) => markKey(event.stream, mark.name))),
      int8Array(marks.map(({ event }) => event.position)),
      int8Array(marks.map(({ event }) => event.recordedAtMs)),
      booleanArray(marks.map(({ mark }) => mark.lifted === true)),
      textArray(marks.map(({ mark }) => mark.days?.from ?? null)),
      textArray(marks.map(({ mark }) => mark.days?.to ?? null)),
    ],
  });
}

/** What came before is read again and not remembered. */
async function writePlaces(batch: readonly DecodedEvent[], { client, schema }: ProjectionWriter): Promise<void> {
  const events = batch.filter(({ type }) => PLACE_TYPES.includes(type));
  if (events.length === 0) return;
  const { rows } = await client.query<{ stream: string; place: string }>({
    name: `${schema}.${PLACE}.before`,
    text: `SELECT stream, place FROM ${schema}.${PLACE} WHERE stream = ANY ($1::text[])`,
    values: [textArray([...new Set(events.map(({ stream }) => stream))])],
  });
  const places = new Map(rows.map(({ stream, place }) => [stream, JSON.parse(place) as StreamPlace]));
  for (const event of events) places.set(event.stream, placeAfter(places.get(event.stream), event));
  const written = [...places];
  await client.query({
    name: `${schema}.${PLACE}`,
    text: `INSERT INTO ${schema}.${PLACE} (stream, province, offices, place)
           SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
           ON CONFLICT (stream) DO UPDATE SET province = excluded.province, offices = excluded.offices, place = excluded.place`,
    values: [
      textArray(written.map(([stream]) => stream)),
      textArray(written.map(([, { province }]) => province)),
      textArray(written.map(([, place]) => officesOf(place).join('\n'))),
      textArray(written.map(([, place]) => JSON.stringify(place))),
    ],
  });
}
