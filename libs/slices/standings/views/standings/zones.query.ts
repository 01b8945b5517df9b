import { spanOfFiscalYear, ZONES, type IsoDate, type NotStated } from '@khamrap/kernel';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { provincesOfZones } from '../../domain/zone-membership';

interface ZoneRow {
  readonly zoneId: string;
  readonly effectiveFrom: string;
  readonly scheme: string | null;
  readonly provinces: string | null;
}

/** Zones as events of the ledger, and the list that ships with it where there are none, tell them. */
export interface Zones {
  /** By the id of the zone. */
  readonly provinces: ReadonlyMap<string, readonly string[]>;
  /** The zones of the Prime Minister's Office: those by which the country is summed up. */
  readonly ofPrimeMinister: ReadonlySet<string>;
}

/** The zones as they hold on a day, or at the end of a fiscal year. */
export async function findZones(
  manager: EntityManager,
  { position }: Standpoint,
  on: { readonly effectiveOn?: IsoDate | undefined; readonly fiscalYear?: number | undefined },
): Promise<Zones> {
  // A country has few zones, and they seldom change: the history is as short as the latest state.
  const rows = await manager.query<ZoneRow[]>(
    `SELECT zone_id AS "zoneId", effective_from AS "effectiveFrom", scheme, provinces
     FROM read_model.standing_zone_history WHERE from_position <= $1 ORDER BY from_position`,
    [position],
  );
  const day = on.effectiveOn ?? (on.fiscalYear === undefined ? undefined : spanOfFiscalYear(on.fiscalYear).to);
  const stated = rows.flatMap(({ zoneId, effectiveFrom, provinces }) =>
    provinces === null
      ? []
      : [{ zoneId, effectiveFrom: effectiveFrom as IsoDate | NotStated, provinces: JSON.parse(provinces) as string[] }],
  );
  const registered = rows.filter(({ scheme }) => scheme === 'primeMinisterOffice').map(({ zoneId }) => zoneId);
  return {
    provinces: provincesOfZones(stated, day),
    ofPrimeMinister: new Set([...ZONES.map(({ zoneId }) => zoneId), ...registered]),
  };
}
