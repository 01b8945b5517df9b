import { NOT_STATED, ZONES, type IsoDate, type NotStated } from '@khamrap/kernel';

/** The provinces of a zone from a day on, as the ledger states them. */
export interface ZoneSet {
  readonly effectiveFrom: IsoDate | NotStated;
  readonly provinces: readonly string[];
  readonly basis: string;
}

/**
 * Which provinces a zone held on a day, and who says so: an event of the `ledger`; the `reference` that ships with it, where
 * no event speaks of that day; `notStated` where neither does.
 */
export interface ZoneMembership {
  readonly provinces: readonly string[];
  readonly statedBy: 'ledger' | 'reference' | 'notStated';
  readonly effectiveFrom: IsoDate | NotStated;
  readonly basis?: string;
}

/** The latest statement whose day has come; before the first of them the one without a day, and then the reference. */
export function membershipOn(zoneId: string, sets: readonly ZoneSet[], day: IsoDate): ZoneMembership {
  const [dated] = sets
    .filter(({ effectiveFrom }) => effectiveFrom !== NOT_STATED && effectiveFrom <= day)
    .toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? 1 : -1));
  const stated = dated ?? sets.find(({ effectiveFrom }) => effectiveFrom === NOT_STATED);
  if (stated) return { ...stated, statedBy: 'ledger' };
  const reference = ZONES.find((zone) => zone.zoneId === zoneId);
  return {
    provinces: reference?.provinces ?? [],
    statedBy: reference ? 'reference' : 'notStated',
    effectiveFrom: NOT_STATED,
  };
}
