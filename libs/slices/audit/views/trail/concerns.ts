import type { Json, JsonObject } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { partOfStream, standingsOf, type StreamPlace } from '../disclosures/stream-place';

/** What an event concerns, and which event of its stream tells so: who may not have that one is not told. */
export interface Concern {
  /** Such as `o phrae-cdd` for an office, `i …` for an indicator, `a …` for an agreement, `p TH-54` for a province. */
  readonly name: string;
  readonly toldAt: number;
}

export const concernsOffice = (officeId: string): string => `o ${officeId}`;
export const concernsIndicator = (indicatorId: string): string => `i ${indicatorId}`;
export const concernsAgreement = (agreementId: string): string => `a ${agreementId}`;
export const concernsProvince = (province: string): string => `p ${province}`;

const OF_AGREEMENT = 'agreement-';
const OF_OFFICE = 'office-';
/** An event of which more is told concerns what it tells first: the closing of a round tells of hundreds of figures. */
const CONCERN_COUNT_MAX = 400;
const EFFECTIVE = ['effectiveFrom', 'effectiveOn'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Everything that an event concerns: whom it names itself, the office for which somebody acted, and what its stream tells of
 * where it stands: the parties, the provinces, and the offices that work on the indicators it is about.
 * @param place where the stream stands after the event
 */
export function concernsOf(
  { stream, position, actor, type, data }: Pick<DecodedEvent, 'stream' | 'position' | 'actor' | 'type' | 'data'>,
  place: StreamPlace | undefined,
): readonly Concern[] {
  const found = new Map<string, Concern>();
  const add = (name: string, toldAt: number): void => {
    // What an event tells itself needs no other one to tell it.
    if (found.size >= CONCERN_COUNT_MAX || found.has(`${position} ${name}`)) return;
    found.set(`${toldAt} ${name}`, { name, toldAt });
  };
  if (actor.office !== undefined) add(concernsOffice(actor.office), position);
  if (stream.startsWith(OF_AGREEMENT)) add(concernsAgreement(stream.slice(OF_AGREEMENT.length)), position);
  if (stream.startsWith(OF_OFFICE)) add(concernsOffice(stream.slice(OF_OFFICE.length)), position);
  const named = namedIn(data);
  for (const name of named.names) add(name, position);
  if (place === undefined) return [...found.values()];
  for (const { provinces, offices, toldAt } of standingsOf(place, partOfStream({ type, data }))) {
    for (const province of provinces) add(concernsProvince(province), toldAt);
    for (const office of offices) add(concernsOffice(office), toldAt);
  }
  for (const indicatorId of named.indicators) {
    const { offices = [], toldAt = position } = place.indicators[indicatorId] ?? {};
    for (const office of offices) add(concernsOffice(office), toldAt);
  }
  return [...found.values()];
}

/** From which day on an event holds, where it says so. */
export function effectiveFromOf(data: JsonObject): string | null {
  const day = EFFECTIVE.map((name) => data[name]).find((value) => typeof value === 'string' && DAY.test(value));
  return typeof day === 'string' ? day : null;
}

interface Named {
  readonly names: ReadonlySet<string>;
  readonly indicators: ReadonlySet<string>;
}

/** Fields are called the same in all events: what one of these names holds is an office, an indicator, whatever the event. */
function namedIn(data: JsonObject): Named {
  const names = new Set<string>();
  const indicators = new Set<string>();
  const look = (value: Json | undefined, field: string): void => {
    if (typeof value === 'string') {
      if (field === 'officeId' || field.endsWith('OfficeId')) names.add(concernsOffice(value));
      else if (field === 'province' || field === 'provinces') names.add(concernsProvince(value));
      else if (field === 'agreementId') names.add(concernsAgreement(value));
      else if (field === 'indicatorId') {
        names.add(concernsIndicator(value));
        indicators.add(value);
      }
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) look(item as Json, field);
    else for (const [name, inner] of Object.entries(value)) look(inner, name);
  };
  look(data, '');
  return { names, indicators };
}
