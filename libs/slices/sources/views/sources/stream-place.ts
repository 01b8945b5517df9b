import type { AgreementDrafted, AgreementEvent, IndicatorAdded } from '@khamrap/agreements/events';
import type { InspectionEvent } from '@khamrap/inspections/events';
import type { Position } from '@khamrap/kernel';

/** What happens to an agreement that says where it stands, whom it concerns and whether it is published. */
export const PLACE_TYPES: readonly string[] = [
  'AgreementDrafted',
  'IndicatorAdded',
  'IndicatorRevised',
  'IndicatorRemoved',
  'AgreementTookEffect',
] satisfies AgreementEvent['type'][];

/** Where a stream stands. */
export interface StreamPlace {
  readonly province: string | null;
  readonly parties: readonly string[];
  /** The offices that work on each indicator. */
  readonly indicators: Readonly<Record<string, readonly string[]>>;
  /** The event by which it was published; null while it is not. */
  readonly publishedAt: Position | null;
}

const NOWHERE: StreamPlace = { province: null, parties: [], indicators: {}, publishedAt: null };

/** Where the stream of an agreement stands after one more of its events. */
export function placeAfter(
  place: StreamPlace = NOWHERE,
  { position, ...told }: { readonly position: Position; readonly type: string; readonly data: unknown },
): StreamPlace {
  const event = told as unknown as AgreementEvent;
  switch (event.type) {
    case 'AgreementDrafted':
      return draftedAt(event.data, position);
    case 'IndicatorAdded':
    case 'IndicatorRevised':
      return { ...place, indicators: { ...place.indicators, [event.data.indicatorId]: officesAt(event.data) } };
    case 'IndicatorRemoved': {
      const { [event.data.indicatorId]: _removed, ...indicators } = place.indicators;
      return { ...place, indicators };
    }
    case 'AgreementTookEffect':
      return { ...place, publishedAt: place.publishedAt ?? position };
    default:
      return place;
  }
}

/** The offices that a stream concerns. */
export function officesOf({ parties, indicators }: StreamPlace): readonly string[] {
  return [...new Set([...parties, ...Object.values(indicators).flat()])].sort();
}

/** What is not to be signed is known from elsewhere, and published with its first event. */
function draftedAt({ basis, province, parties }: AgreementDrafted['data'], position: Position): StreamPlace {
  return {
    province: province ?? null,
    parties: parties.map(({ officeId }) => officeId),
    indicators: {},
    publishedAt: basis === 'signed' ? null : position,
  };
}

function officesAt({ leadOffice, supervisor, keepers = [] }: IndicatorAdded['data']): readonly string[] {
  return [leadOffice, supervisor, ...keepers].flatMap((office) => office?.officeId ?? []);
}

/** Streams of which everything is published, whatever they say of an award, a goal, a rule, an office. */
const PUBLISHED = /^(?:award|evidence|goal-set|office|scheme|source-document|zone)-/;
/** Who may do what is nobody's business but of those who look after it. */
const OF_PERSONS = /^Role/;

/** Whether an event is published whatever else happens in its stream. */
export function isAlwaysPublished(event: {
  readonly stream: string;
  readonly type: string;
  readonly data: unknown;
}): boolean {
  return (PUBLISHED.test(event.stream) && !OF_PERSONS.test(event.type)) || isOfRound(event);
}

/** What is inspected is told, and what was visited; what was found is not. A pseudonym beside a name stays inside. */
function isOfRound(told: { readonly type: string; readonly data: unknown }): boolean {
  const event = told as unknown as InspectionEvent;
  switch (event.type) {
    case 'InspectionRoundOpened':
    case 'InspectionRoundRevised':
      return !event.data.inspectors.some(({ inspectorId, name }) => inspectorId !== undefined && name !== undefined);
    case 'InspectionVisitRecorded':
    case 'InspectionRoundClosed':
    case 'InspectionRoundReopened':
      return true;
    default:
      return false;
  }
}
