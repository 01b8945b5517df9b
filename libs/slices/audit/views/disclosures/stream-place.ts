import type { AgreementEvent, IndicatorAdded } from '@khamrap/agreements/events';
import type { FindingRecorded, InspectionEvent, InspectionRoundOpened } from '@khamrap/inspections/events';
import type { OfficeEvent } from '@khamrap/offices/events';
import type { QuestionEvent } from '@khamrap/questions/events';

type PlacingEvent =
  | Extract<AgreementEvent, { type: 'AgreementDrafted' | 'IndicatorAdded' | 'IndicatorRevised' | 'IndicatorRemoved' }>
  | Extract<OfficeEvent, { type: 'OfficeRegistered' }>
  | Extract<InspectionEvent, { type: 'InspectionRoundOpened' | 'InspectionRoundRevised' }>
  | Extract<InspectionEvent, { type: 'FindingRecorded' | 'FindingCorrected' | 'RecommendationMade' }>
  | Extract<QuestionEvent, { type: 'QuestionOpened' }>;

/** What says where a stream stands. All other streams stand nowhere: what is not published of them, only the nation opens. */
export const PLACE_TYPES: readonly string[] = [
  'AgreementDrafted',
  'IndicatorAdded',
  'IndicatorRevised',
  'IndicatorRemoved',
  'OfficeRegistered',
  'InspectionRoundOpened',
  'InspectionRoundRevised',
  'FindingRecorded',
  'FindingCorrected',
  'RecommendationMade',
  'QuestionOpened',
] satisfies PlacingEvent['type'][];

/** What is about one finding or one recommendation of a round: it stands where this stands, and not where the round does. */
const TYPES_OF_PARTS: ReadonlySet<string> = new Set([
  'FindingRecorded',
  'FindingCorrected',
  'FindingWithdrawn',
  'RecommendationMade',
  'FindingResponded',
  'ResponseJudged',
  'FindingResolved',
  'FindingReopened',
  'FindingEscalated',
  'DueDateExtended',
] satisfies InspectionEvent['type'][]);

/** Where something stands: whoever reaches one of the provinces or one of the offices may be told more of it. */
export interface Standing {
  /** ISO 3166-2, such as `TH-54`. */
  readonly provinces: readonly string[];
  readonly offices: readonly string[];
  /** Whoever works on it reaches the whole of what is about it. */
  readonly indicatorId?: string;
}

/** A standing as one event tells it. */
export interface ToldStanding extends Standing {
  /** Position of the event that told it. */
  readonly toldAt: number;
}

/** Where a stream stands, and what there is in it that stands elsewhere. */
export interface StreamPlace extends ToldStanding {
  /** The offices that work on each indicator, by its id. */
  readonly indicators: Readonly<Record<string, IndicatorPlace>>;
  /** Findings and recommendations, by id. */
  readonly parts: Readonly<Record<string, PartPlace>>;
}

/** A part that names no province stands where the one does that it follows from, else in all that its stream stands in. */
export interface PartPlace extends ToldStanding {
  /** The finding that a recommendation follows from. */
  readonly of?: string;
}

interface IndicatorPlace {
  readonly offices: readonly string[];
  readonly toldAt: number;
}

const NOWHERE: StreamPlace = { provinces: [], offices: [], toldAt: 0, indicators: {}, parts: {} };
const OF_OFFICE = 'office-';

interface PlaceableEvent {
  readonly stream: string;
  readonly position: number;
  readonly type: string;
  readonly data: unknown;
}

/** The finding or recommendation that an event is about; undefined where it is about its whole stream. */
export function partOfStream({ type, data }: { readonly type: string; readonly data: unknown }): string | undefined {
  if (!TYPES_OF_PARTS.has(type)) return undefined;
  const { recommendationId, findingId } = data as { readonly recommendationId?: string; readonly findingId?: string };
  return recommendationId ?? findingId;
}

/** What a place is called, of a whole stream or of a part of it. No name of a stream holds a #. */
export function placeName(stream: string, part?: string): string {
  return part === undefined ? stream : `${stream}#${part}`;
}

/** Whether an event of this type has to be read to know what it is about. */
export function isOfPart(type: string): boolean {
  return TYPES_OF_PARTS.has(type);
}

/** Where a stream stands after one more of its events. Who acted in it, and for which office, says nothing of that. */
export function placeAfter(place: StreamPlace = NOWHERE, { stream, position, ...told }: PlaceableEvent): StreamPlace {
  const event = told as unknown as PlacingEvent;
  const toldAt = position;
  switch (event.type) {
    case 'AgreementDrafted': {
      const { province, parties } = event.data;
      return { ...NOWHERE, provinces: listed(province), offices: parties.map(({ officeId }) => officeId), toldAt };
    }
    case 'IndicatorAdded':
    case 'IndicatorRevised': {
      const indicators = {
        ...place.indicators,
        [event.data.indicatorId]: { offices: officesAt(event.data), toldAt },
      };
      return { ...place, indicators };
    }
    case 'IndicatorRemoved': {
      const { [event.data.indicatorId]: _removed, ...indicators } = place.indicators;
      return { ...place, indicators };
    }
    case 'OfficeRegistered':
      return {
        ...NOWHERE,
        provinces: listed(event.data.province),
        offices: [stream.slice(OF_OFFICE.length)],
        toldAt,
      };
    case 'InspectionRoundOpened':
    case 'InspectionRoundRevised':
      return { ...place, provinces: inspectedIn(event.data), offices: [], toldAt };
    case 'FindingRecorded':
    case 'FindingCorrected':
      return withPart(place, event.data.findingId, findingAt(event.data, toldAt));
    case 'RecommendationMade': {
      const { recommendationId, findingId, officeId } = event.data;
      const part = {
        provinces: [],
        offices: listed(officeId),
        toldAt,
        ...(findingId !== undefined && { of: findingId }),
      };
      return withPart(place, recommendationId, part);
    }
    case 'QuestionOpened': {
      const { province, offices, askedOffice, indicatorId } = event.data;
      return {
        ...NOWHERE,
        provinces: listed(province),
        offices: [...new Set([...offices, askedOffice])],
        ...(indicatorId !== undefined && { indicatorId }),
        toldAt,
      };
    }
  }
}

/** What events have told of where a stream stands or a part of it; nothing of a part that there is not. */
export function standingsOf(place: StreamPlace, part?: string): readonly ToldStanding[] {
  if (part === undefined) return [place];
  const known = place.parts[part];
  if (known === undefined) return [];
  if (known.of !== undefined) return [known, ...standingsOf(place, known.of)];
  return known.provinces.length > 0 ? [known] : [known, { ...place, offices: [] }];
}

/** Where a stream stands, with every office that works on something in it, or where a part of it stands. */
export function standingAt(place: StreamPlace, part?: string): Standing {
  const told = standingsOf(place, part);
  const working = part === undefined ? Object.values(place.indicators) : [];
  const indicatorId = part === undefined ? place.indicatorId : undefined;
  return {
    provinces: sortedOnce(told.flatMap(({ provinces }) => provinces)),
    offices: sortedOnce([...told, ...working].flatMap(({ offices }) => offices)),
    ...(indicatorId !== undefined && { indicatorId }),
  };
}

function withPart(place: StreamPlace, id: string, part: PartPlace): StreamPlace {
  return { ...place, parts: { ...place.parts, [id]: part } };
}

type PlacedFinding = Pick<FindingRecorded['data'], 'provinces' | 'officeIds'>;

function findingAt({ provinces, officeIds }: PlacedFinding, toldAt: number): PartPlace {
  return { provinces, offices: officeIds, toldAt };
}

function inspectedIn({ provinces }: Pick<InspectionRoundOpened['data'], 'provinces'>): readonly string[] {
  return provinces.filter(({ isInspected }) => isInspected).map(({ province }) => province);
}

function officesAt({ leadOffice, supervisor, keepers = [] }: IndicatorAdded['data']): readonly string[] {
  return [leadOffice, supervisor, ...keepers].flatMap((office) => office?.officeId ?? []);
}

function listed(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function sortedOnce(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
