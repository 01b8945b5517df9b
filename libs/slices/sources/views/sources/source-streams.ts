import { int8Array, textArray } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { sightPolicy, type ProjectionWriter } from '@khamrap/platform/projections';
import { officesOf, PLACE_TYPES, placeAfter, type StreamPlace } from './stream-place';

/** Where agreements stand, as it is now: who may know of what is transcribed into them, and have the files that they name. */
export const SOURCE_STREAM = 'source_stream';

export function sourceStreamStatements(schema: string): readonly string[] {
  const table = `${schema}.${SOURCE_STREAM}`;
  return [
    `CREATE TABLE ${table} (
       stream       text COLLATE "C" NOT NULL PRIMARY KEY,
       province     text COLLATE "C",
       offices      text COLLATE "C" NOT NULL,
       place        text NOT NULL,
       published_at bigint
     )`,
    ...sightPolicy(table, { isPublished: 'published_at IS NOT NULL', province: 'province', offices: 'offices' }),
  ];
}

/** Writes where the streams of a batch stand; what came before is read again and not remembered. */
export async function writeStreams(
  batch: readonly DecodedEvent[],
  { client, schema }: ProjectionWriter,
): Promise<void> {
  const events = batch.filter(({ type, stream }) => PLACE_TYPES.includes(type) && stream.startsWith('agreement-'));
  if (events.length === 0) return;
  const streams = [...new Set(events.map(({ stream }) => stream))];
  const { rows } = await client.query<{ stream: string; place: string }>({
    name: `${schema}.${SOURCE_STREAM}.places`,
    text: `SELECT stream, place FROM ${schema}.${SOURCE_STREAM} WHERE stream = ANY ($1::text[])`,
    values: [textArray(streams)],
  });
  const places = new Map<string, StreamPlace>(rows.map(({ stream, place }) => [stream, JSON.parse(place)]));
  for (const event of events) places.set(event.stream, placeAfter(places.get(event.stream), event));
  const written = [...places];
  await client.query({
    name: `${schema}.${SOURCE_STREAM}`,
    text: `INSERT INTO ${schema}.${SOURCE_STREAM} (stream, province, offices, place, published_at)
           SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
           ON CONFLICT (stream) DO UPDATE SET province = excluded.province, offices = excluded.offices,
             place = excluded.place, published_at = excluded.published_at`,
    values: [
      textArray(written.map(([stream]) => stream)),
      textArray(written.map(([, { province }]) => province)),
      textArray(written.map(([, place]) => officesOf(place).join('\n'))),
      textArray(written.map(([, place]) => JSON.stringify(place))),
      int8Array(written.map(([, { publishedAt }]) => publishedAt)),
    ],
  });
}
