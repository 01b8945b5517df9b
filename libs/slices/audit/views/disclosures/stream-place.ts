import type { AgreementDrafted, AgreementEvent, IndicatorAdded } from '@khamrap/agreements/events';
import type { OfficeEvent } from '@khamrap/offices/events';

type PlacingEvent =
  | Extract<AgreementEvent, { type: 'AgreementDrafted' | 'IndicatorAdded' | 'IndicatorRevised' | 'IndicatorRemoved' }>
  | Extract<OfficeEvent, { type: 'OfficeRegistered' }>;

/** What says where a stream stands. All other streams stand nowhere: what is not published of them, only the nation opens. */
export const PLACE_TYPES: readonly string[] = [
  'AgreementDrafted',
  'IndicatorAdded',
  'IndicatorRevised',
  'IndicatorRemoved',
  'OfficeRegistered',
] satisfies PlacingEvent['type'][];

/** Where a stream stands: whoever reaches the province or one of the offices may be told more of it. */
export interface StreamPlace {
  readonly province: string | null;
  readonly offices: readonly string[];
  /** The offices that work on each indicator. */
  readonly indicators: Readonly<Record<string, readonly string[]>>;
}

const NOWHERE: StreamPlace = { province: null, offices: [], indicators: {} };
const OF_OFFICE = 'office-';

/** Where a stream stands after one more of its events. Who acted in it, and for which office, says nothing of that. */
export function placeAfter(
  place: StreamPlace = NOWHERE,
  { stream, ...told }: { readonly stream: string; readonly type: string; readonly data: unknown },
): StreamPlace {
  const event = told as unknown as PlacingEvent;
  switch (event.type) {
    case 'AgreementDrafted':
      return draftedAt(event.data);
    case 'IndicatorAdded':
    case 'IndicatorRevised':
      return { ...place, indicators: { ...place.indicators, [event.data.indicatorId]: officesAt(event.data) } };
    case 'IndicatorRemoved': {
      const { [event.data.indicatorId]: _removed, ...indicators } = place.indicators;
      return { ...place, indicators };
    }
    case 'OfficeRegistered':
      return { province: event.data.province ?? null, offices: [stream.slice(OF_OFFICE.length)], indicators: {} };
  }
}

/** Every office that a stream concerns. */
export function officesOf({ offices, indicators }: StreamPlace): readonly string[] {
  return [...new Set([...offices, ...Object.values(indicators).flat()])].sort();
}

function draftedAt({ province, parties }: AgreementDrafted['data']): StreamPlace {
  return { province: province ?? null, offices: parties.map(({ officeId }) => officeId), indicators: {} };
}

function officesAt({ leadOffice, supervisor, keepers = [] }: IndicatorAdded['data']): readonly string[] {
  return [leadOffice, supervisor, ...keepers].flatMap((office) => office?.officeId ?? []);
}
