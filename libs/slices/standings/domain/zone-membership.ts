import { NOT_STATED, ZONES, type IsoDate, type NotStated } from '@khamrap/kernel';

/** What an event said of a zone: which provinces it holds from a day on. */
export interface ZoneProvinces {
  readonly zoneId: string;
  readonly effectiveFrom: IsoDate | NotStated;
  readonly provinces: readonly string[];
}

/**
 * The provinces of each zone on a day, by the id of the zone. Where the ledger has an event about a zone that holds by then, the
 * newest of them counts; else the list that ships with it. Without a day, the newest counts whatever day it names.
 * @param stated in the order in which they were recorded
 */
export function provincesOfZones(
  stated: readonly ZoneProvinces[],
  onDay: IsoDate | undefined,
): ReadonlyMap<string, readonly string[]> {
  const provinces = new Map(ZONES.map((zone) => [zone.zoneId, zone.provinces]));
  const since = new Map<string, string>();
  for (const { zoneId, effectiveFrom, provinces: held } of stated) {
    const from = effectiveFrom === NOT_STATED ? '' : effectiveFrom;
    if (onDay !== undefined && from > onDay) continue;
    if (from < (since.get(zoneId) ?? '')) continue;
    since.set(zoneId, from);
    provinces.set(zoneId, held);
  }
  return provinces;
}
