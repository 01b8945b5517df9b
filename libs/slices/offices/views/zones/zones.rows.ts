import { isIsoDate, NOT_STATED, ZONES, type IsoDate } from '@khamrap/kernel';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { membershipOn, type ZoneMembership, type ZoneSet } from '../../domain/zone.membership';
import { rowsAt, zoneProvincesTable, zoneTable } from '../offices/offices.tables';

/** A zone with the provinces that it held on a day. */
export interface ZoneOnDay extends ZoneMembership {
  readonly zoneId: string;
  readonly scheme: string;
  readonly officeId: string | null;
  readonly number: number | null;
  readonly nameTh: string;
  readonly nameEn: string | null;
}

interface ZoneRow {
  readonly zone_id: string;
  readonly scheme: string;
  readonly office_id: string | null;
  readonly number: number | null;
  readonly name_th: string;
  readonly name_en: string | null;
}

interface ZoneProvincesRow {
  readonly zone_id: string;
  readonly effective_from: string;
  readonly provinces: string;
  readonly basis: string;
}

/** Every zone that ships with the ledger or has events by then, as it was on a day. */
export async function zonesOn(manager: EntityManager, at: Standpoint, day: IsoDate): Promise<ZoneOnDay[]> {
  const registered = await manager.query<ZoneRow[]>(
    `SELECT zone_id, scheme, office_id, number, name_th, name_en FROM ${rowsAt(zoneTable, at)} AS zone`,
    [at.position],
  );
  const sets = await manager.query<ZoneProvincesRow[]>(
    `SELECT zone_id, effective_from, provinces, basis FROM ${rowsAt(zoneProvincesTable, at)} AS provinces`,
    [at.position],
  );
  const zones = new Map([...ZONES.map(shippedRow), ...registered].map((row) => [row.zone_id, row]));
  return [...zones.values()].map((row) => {
    const setsOfZone = sets.filter(({ zone_id }) => zone_id === row.zone_id).map(zoneSetOf);
    return { ...zoneOf(row), ...membershipOn(row.zone_id, setsOfZone, day) };
  });
}

function shippedRow({ zoneId, scheme, number, nameTh, nameEn }: (typeof ZONES)[number]): ZoneRow {
  return { zone_id: zoneId, scheme, office_id: null, number: number ?? null, name_th: nameTh, name_en: nameEn };
}

function zoneOf(row: ZoneRow): Omit<ZoneOnDay, keyof ZoneMembership> {
  const { zone_id: zoneId, scheme, office_id: officeId, number, name_th: nameTh, name_en: nameEn } = row;
  return { zoneId, scheme, officeId, number, nameTh, nameEn };
}

function zoneSetOf({ effective_from: from, provinces, basis }: ZoneProvincesRow): ZoneSet {
  return {
    effectiveFrom: isIsoDate(from) ? from : NOT_STATED,
    provinces: JSON.parse(provinces) as string[],
    basis,
  };
}
