import { textArray } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionWriter } from '@khamrap/platform/projections';
import { indicatorName, provinceName } from '../trail/told-sights';
import type { PlacedEvent } from '../trail/trail-rows';
import { TRAIL_EVENT, TRAIL_PLACE } from '../trail/trail.tables';
import { addRows } from '../trail/write-rows';
import { PLACE } from './disclosures.tables';
import {
  partOfStream,
  PLACE_TYPES,
  placeAfter,
  placeName,
  standingAt,
  type PartPlace,
  type Standing,
  type StreamPlace,
} from './stream-place';

/**
 * Writes where streams stand after a batch, and answers with where each of its events left its stream. What came before is read
 * again and not remembered.
 */
export async function writePlaces(
  batch: readonly DecodedEvent[],
  writer: ProjectionWriter,
): Promise<readonly PlacedEvent[]> {
  const before = await readPlaces([...new Set(batch.map(({ stream }) => stream))], writer);
  const places = new Map(before);
  const placed = batch.map((event) => {
    if (PLACE_TYPES.includes(event.type)) places.set(event.stream, placeAfter(places.get(event.stream), event));
    return { event, place: places.get(event.stream) };
  });
  const changed = [...places].filter(([stream, place]) => place !== before.get(stream));
  if (changed.length > 0) {
    await writeChanged(
      changed.flatMap(([stream, place]) => changedRows(stream, before.get(stream), place)),
      writer,
    );
    const moved = changed.filter(([stream, place]) => oneProvince(place) !== oneProvince(before.get(stream)));
    const begun = new Set<string>(batch.filter(({ revision }) => revision === 0).map(({ stream }) => stream));
    await moveEarlierEvents(
      moved.filter(([stream]) => !begun.has(stream)),
      writer,
    );
  }
  // Who may have an event is told by where it stands now; what it concerns, by where it stood then.
  return placed.map((each) => ({
    ...each,
    province: partOfStream(each.event) === undefined ? oneProvince(places.get(each.event.stream)) : null,
  }));
}

/** The province of a stream by which its events are looked up; what stands in several is looked up otherwise. */
function oneProvince(place: StreamPlace | undefined): string | null {
  const [province = null, ...others] = place?.provinces ?? [];
  return others.length === 0 ? province : null;
}

/** What is kept of a place: of a stream without its parts, which have rows of their own. */
type ToldOfPlace = Omit<StreamPlace, 'parts'> | PartPlace;

interface PlaceRow {
  readonly stream: string;
  /** Empty where it is the whole stream. */
  readonly part: string;
  readonly standing: Standing;
  readonly told: string;
}

async function readPlaces(
  streams: readonly string[],
  { client, schema }: ProjectionWriter,
): Promise<ReadonlyMap<string, StreamPlace>> {
  const { rows } = await client.query<Pick<PlaceRow, 'stream' | 'part' | 'told'>>({
    name: `${schema}.${PLACE}.before`,
    text: `SELECT stream, part, told FROM ${schema}.${PLACE} WHERE stream = ANY ($1::text[])`,
    values: [textArray(streams)],
  });
  const parts = new Map<string, Record<string, PartPlace>>();
  for (const { stream, part, told } of rows) {
    if (part === '') continue;
    const ofStream = parts.get(stream) ?? {};
    ofStream[part] = JSON.parse(told) as PartPlace;
    parts.set(stream, ofStream);
  }
  return new Map(
    rows
      .filter(({ part }) => part === '')
      .map(({ stream, told }) => [
        stream,
        { ...(JSON.parse(told) as Omit<StreamPlace, 'parts'>), parts: parts.get(stream) ?? {} },
      ]),
  );
}

/** Where a part names no province it stands where its stream does, so it may move with that one. */
function changedRows(stream: string, before: StreamPlace | undefined, after: StreamPlace): readonly PlaceRow[] {
  const known = new Map(before && rowsOf(stream, before).map((row) => [row.part, JSON.stringify(row)]));
  return rowsOf(stream, after).filter((row) => known.get(row.part) !== JSON.stringify(row));
}

function rowsOf(stream: string, place: StreamPlace): readonly PlaceRow[] {
  const { parts, ...whole } = place;
  const row = (part: string | undefined, told: ToldOfPlace): PlaceRow => ({
    stream,
    part: part ?? '',
    standing: standingAt(place, part),
    told: JSON.stringify(told),
  });
  return [row(undefined, whole), ...Object.entries(parts).map(([part, told]) => row(part, told))];
}

async function writeChanged(rows: readonly PlaceRow[], writer: ProjectionWriter): Promise<void> {
  const { client, schema } = writer;
  const standings = rows.map(({ standing }) => standing);
  await client.query({
    name: `${schema}.${PLACE}`,
    text: `INSERT INTO ${schema}.${PLACE} (stream, part, provinces, offices, office_names, indicator, told)
           SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
           ON CONFLICT (stream, part) DO UPDATE
             SET provinces = excluded.provinces, offices = excluded.offices, office_names = excluded.office_names,
                 indicator = excluded.indicator, told = excluded.told`,
    values: [
      textArray(rows.map(({ stream }) => stream)),
      textArray(rows.map(({ part }) => part)),
      textArray(standings.map(({ provinces }) => provinces.join('\n'))),
      textArray(standings.map(({ offices }) => offices.join('\n'))),
      textArray(standings.map((standing) => officeNamesAt(standing).join('\n'))),
      textArray(standings.map(({ indicatorId }) => indicatorId ?? null)),
      textArray(rows.map(({ told }) => told)),
    ],
  });
  const placed = rows.map(({ stream, part, standing }) => ({
    place: placeName(stream, part === '' ? undefined : part),
    standing,
  }));
  const names = placed.flatMap(({ place, standing }) => namesOf(standing).map((name) => ({ place, name })));
  await client.query({
    name: `${schema}.${TRAIL_PLACE}.gone`,
    text: `DELETE FROM ${schema}.${TRAIL_PLACE} AS p
           WHERE place = ANY ($1::text[])
             AND NOT EXISTS (SELECT FROM unnest($2::text[], $3::text[]) AS n(place, name)
                             WHERE n.place = p.place AND n.name = p.name)`,
    values: [
      textArray(placed.map(({ place }) => place)),
      textArray(names.map(({ place }) => place)),
      textArray(names.map(({ name }) => name)),
    ],
  });
  await addRows(
    writer,
    TRAIL_PLACE,
    [
      { name: 'name', type: 'text', value: ({ name }) => name },
      { name: 'place', type: 'text', value: ({ place }) => place },
    ],
    names,
  );
}

/** A stream says where it stands with its first event; one that says it later, or anew, takes its earlier events along. */
async function moveEarlierEvents(
  moved: readonly (readonly [stream: string, place: StreamPlace])[],
  { client, schema }: ProjectionWriter,
): Promise<void> {
  if (moved.length === 0) return;
  await client.query({
    name: `${schema}.${TRAIL_EVENT}.move`,
    text: `UPDATE ${schema}.${TRAIL_EVENT} AS t SET province = m.province
           FROM unnest($1::text[], $2::text[]) AS m(stream, province) WHERE t.stream = m.stream AND t.place IS NULL`,
    values: [textArray(moved.map(([stream]) => stream)), textArray(moved.map(([, place]) => oneProvince(place)))],
  });
}

/** Every name by which whoever reaches the place tells the database so. */
function namesOf(standing: Standing): readonly string[] {
  const { provinces, indicatorId } = standing;
  return [
    ...provinces.map(provinceName),
    ...officeNamesAt(standing),
    ...(indicatorId === undefined ? [] : [indicatorName(indicatorId)]),
  ];
}

/** Offices with each of the provinces, as `officeNamesOf` has them of one. */
function officeNamesAt({ provinces, offices }: Standing): readonly string[] {
  const before = provinces.length === 0 ? [''] : provinces;
  return offices.flatMap((office) => [`*@${office}`, ...before.map((province) => `${province}@${office}`)]);
}
