import { textArray } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { sightPolicy, VersionedTable, type ProjectionWriter, type RowChange } from '@khamrap/platform/projections';
import { officesOf, PLACE_TYPES, placeAfter, type StreamPlace } from './stream-place';

/**
 * Where agreements stand: who may know of what is transcribed into them, as of any position, and have the files that they name.
 * `place` is a JSON text.
 */
export const sourceStreamTable = new VersionedTable({
  name: 'source_stream',
  key: { stream: 'text' },
  columns: { province: 'text', offices: 'text', place: 'text', published_at: 'bigint' },
});

/**
 * When places changed, of every stream, whoever asks, and nothing else: of a history whose newest row is held back, the row
 * before would be taken for the one that stands.
 */
export const SOURCE_STREAM_CHANGE = 'source_stream_change';

export function sourceStreamStatements(schema: string): readonly string[] {
  const { name, history } = sourceStreamTable;
  const columns = { isPublished: 'published_at IS NOT NULL', province: 'province', offices: 'offices' };
  return [
    ...sourceStreamTable.createStatements(schema),
    ...[name, history].flatMap((table) => sightPolicy(`${schema}.${table}`, columns)),
    `CREATE VIEW ${schema}.${SOURCE_STREAM_CHANGE} AS SELECT stream, from_position FROM ${schema}.${history}`,
  ];
}

/** Writes where the streams of a batch stand; what came before is read again and not remembered. */
export async function writeStreams(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const events = batch.filter(({ type, stream }) => PLACE_TYPES.includes(type) && stream.startsWith('agreement-'));
  if (events.length === 0) return;
  const places = await placesOf([...new Set(events.map(({ stream }) => stream))], writer);
  const changes = events.flatMap((event): RowChange[] => {
    const before = places.get(event.stream);
    const place = placeAfter(before === undefined ? undefined : (JSON.parse(before) as StreamPlace), event);
    const told = JSON.stringify(place);
    if (told === before) return [];
    places.set(event.stream, told);
    const row = {
      stream: event.stream,
      province: place.province,
      offices: officesOf(place).join('\n'),
      place: told,
      published_at: place.publishedAt,
    };
    return [{ row, present: true, position: event.position, recordedAtMs: event.recordedAtMs }];
  });
  await sourceStreamTable.write(writer, changes);
}

async function placesOf(
  streams: readonly string[],
  { client, schema }: ProjectionWriter,
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ stream: string; place: string }>({
    name: `${schema}.${sourceStreamTable.name}.places`,
    text: `SELECT stream, place FROM ${schema}.${sourceStreamTable.name} WHERE stream = ANY ($1::text[])`,
    values: [textArray(streams)],
  });
  return new Map(rows.map(({ stream, place }) => [stream, place]));
}
