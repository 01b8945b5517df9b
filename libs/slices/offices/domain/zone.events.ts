import {
  code,
  eventSchema,
  eventVersions,
  integer,
  list,
  official,
  optional,
  type EventDeclaration,
  type EventOf,
  type IsoDate,
  type NotStated,
} from '@khamrap/kernel';

/** Who cut the country into these zones. It only ever grows. */
export const ZONE_SCHEMES = ['primeMinisterOffice', 'ministry', 'department'] as const;

const zoneRegistered = eventSchema('ZoneRegistered', 1, {
  scheme: code(ZONE_SCHEMES),
  /** The ministry or department; absent for the zones of the Prime Minister's Office. */
  officeId: optional(code()),
  /** Absent for the central zone. */
  number: optional(integer()),
  nameTh: official(),
  nameEn: optional(official()),
});

/** From a day on the zone holds these provinces, until a later day for which another such event tells it. */
const zoneProvincesSet = eventSchema('ZoneProvincesSet', 1, {
  /** ISO 3166-2, such as `TH-54`. */
  provinces: list(code()),
  /** The first day; not stated where the document does not say it. */
  effectiveFrom: code<IsoDate | NotStated>(),
  /** The order or announcement that says it. */
  basis: official(),
});

export type ZoneRegistered = EventOf<typeof zoneRegistered>;
export type ZoneProvincesSet = EventOf<typeof zoneProvincesSet>;

/** Everything that can have happened in a stream `zone-{id}`. */
export type ZoneEvent = ZoneRegistered | ZoneProvincesSet;

/** What the codec knows about the events of zones. */
export const zoneStreamDeclarations: readonly EventDeclaration[] = [
  eventVersions(zoneRegistered),
  eventVersions(zoneProvincesSet),
];

export type ZoneScheme = (typeof ZONE_SCHEMES)[number];
