import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionWriter } from '@khamrap/platform/projections';
import type { AnyRules } from '../../publication/publication';
import { partOfStream, placeName, type StreamPlace } from '../disclosures/stream-place';
import { concernsOf, effectiveFromOf, type Concern } from './concerns';
import type { OfficialTexts } from './official-texts';
import { openingOf, USUAL } from './openings';
import { contentOf, markOfPart, partOf, runsOf } from './text-tokens';
import { TRAIL_CONCERN, TRAIL_EVENT, TRAIL_OFFICE_NAME, TRAIL_TEXT, TRAIL_ZONE } from './trail.tables';
import { addRows, type Column } from './write-rows';

/** An event with where its stream stood after it, and in which province the event stands now, where that is one. */
export interface PlacedEvent {
  readonly event: DecodedEvent;
  readonly place: StreamPlace | undefined;
  readonly province: string | null;
}

/** What the trail keeps of events. */
export class TrailRows {
  readonly #eventColumns: readonly Column<PlacedEvent>[];
  readonly #textColumns: readonly Column<PositionedText>[] = [
    { name: 'position', type: 'bigint', value: ({ position }) => position },
    { name: 'content', type: 'text', value: ({ content }) => content },
    { name: 'runs', type: 'text', as: 'int[]', value: runsAsArray },
  ];

  constructor(
    rules: AnyRules,
    private readonly texts: OfficialTexts,
  ) {
    this.#eventColumns = [
      { name: 'position', type: 'bigint', value: ({ event }) => event.position },
      { name: 'at', type: 'bigint', value: ({ event }) => event.position },
      { name: 'type', type: 'text', value: ({ event }) => event.type },
      { name: 'stream', type: 'text', value: ({ event }) => event.stream },
      { name: 'actor', type: 'text', value: ({ event }) => event.actor.id },
      { name: 'command_id', type: 'uuid', value: ({ event }) => event.commandId },
      { name: 'document', type: 'text', value: ({ event }) => documentOf(event) },
      { name: 'indicator', type: 'text', value: ({ event }) => indicatorOf(event) },
      { name: 'effective_from', type: 'text', value: ({ event }) => effectiveFromOf(event.data) },
      { name: 'province', type: 'text', value: ({ province }) => province },
      { name: 'place', type: 'text', value: ({ event }) => placeOf(event) },
      {
        name: 'opening',
        type: 'text',
        value: ({ event }) => {
          const { name } = openingOf(rules, event.type);
          return name === USUAL.name ? null : name;
        },
      },
    ];
  }

  async write(placed: readonly PlacedEvent[], writer: ProjectionWriter): Promise<void> {
    await addRows(writer, TRAIL_EVENT, this.#eventColumns, placed);
    const concerns = placed.flatMap(({ event, place }) =>
      concernsOf(event, place).map((concern) => ({ ...concern, position: event.position })),
    );
    await addRows(writer, TRAIL_CONCERN, CONCERN_COLUMNS, concerns);
    await addRows(writer, TRAIL_TEXT, this.#textColumns, this.#textsOf(placed));
    const events = placed.map(({ event }) => event);
    await addRows(writer, TRAIL_OFFICE_NAME, OFFICE_NAME_COLUMNS, events.filter(isNaming));
    await addRows(
      writer,
      TRAIL_ZONE,
      ZONE_COLUMNS,
      events.filter(({ type }) => type === 'ZoneProvincesSet'),
    );
  }

  #textsOf(placed: readonly PlacedEvent[]): readonly PositionedText[] {
    return placed.flatMap(({ event: { type, data, position } }) => {
      const content = contentOf(this.texts.of(type, data));
      return content === '' ? [] : [{ position, content }];
    });
  }
}

/** Nearly all events are about the whole of their stream. */
function placeOf(event: DecodedEvent): string | null {
  const part = partOfStream(event);
  return part === undefined ? null : placeName(event.stream, part);
}

interface PositionedText {
  readonly position: number;
  readonly content: string;
}

function runsAsArray({ position, content }: PositionedText): string {
  const mark = markOfPart(partOf(position));
  return `{${runsOf(content)
    .map((run) => run ^ mark)
    .join(',')}}`;
}

const CONCERN_COLUMNS: readonly Column<Concern & { readonly position: number }>[] = [
  { name: 'name', type: 'text', value: ({ name }) => name },
  { name: 'position', type: 'bigint', value: ({ position }) => position },
  { name: 'told_at', type: 'bigint', value: ({ toldAt }) => toldAt },
];

const OFFICE_NAME_COLUMNS: readonly Column<DecodedEvent>[] = [
  { name: 'office', type: 'text', value: ({ stream }) => stream.slice('office-'.length) },
  { name: 'position', type: 'bigint', value: ({ position }) => position },
  { name: 'name_th', type: 'text', value: ({ data }) => data['nameTh'] as string },
  { name: 'name_en', type: 'text', value: ({ data }) => (data['nameEn'] as string | undefined) ?? null },
];

const ZONE_COLUMNS: readonly Column<DecodedEvent>[] = [
  { name: 'zone', type: 'text', value: ({ stream }) => stream.slice('zone-'.length) },
  { name: 'position', type: 'bigint', value: ({ position }) => position },
  { name: 'effective_from', type: 'text', value: ({ data }) => data['effectiveFrom'] as string },
  { name: 'provinces', type: 'text', value: ({ data }) => (data['provinces'] as readonly string[]).join('\n') },
];

function isNaming({ type }: DecodedEvent): boolean {
  return type === 'OfficeRegistered' || type === 'OfficeRenamed';
}

function documentOf({ provenance }: DecodedEvent): string | null {
  return provenance.kind === 'transcribed' ? provenance.sourceDocument : null;
}

/** The one indicator that an event is about: whoever works on it may have it. */
function indicatorOf({ data }: DecodedEvent): string | null {
  const { indicatorId } = data;
  return typeof indicatorId === 'string' ? indicatorId : null;
}
