import { NOT_STATED, toldName, ZONES, type BothLanguages } from '@khamrap/kernel';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { TRAIL_OFFICE_NAME, TRAIL_ZONE } from './trail.tables';

/** For which office something was done, at a position. */
export interface ActedFor {
  readonly office: string;
  readonly position: number;
}

/** What the offices were called when it was done, by position; nothing where nobody had registered the office by then. */
export async function officeNamesAt(
  manager: EntityManager,
  acts: readonly ActedFor[],
): Promise<ReadonlyMap<number, BothLanguages>> {
  if (acts.length === 0) return new Map();
  const rows = await manager.query<{ position: string; nameTh: string; nameEn: string | null }[]>(
    `SELECT a.position, n.name_th AS "nameTh", n.name_en AS "nameEn"
     FROM unnest($1::text[], $2::bigint[]) AS a(office, position)
     CROSS JOIN LATERAL (SELECT * FROM read_model.${TRAIL_OFFICE_NAME} AS n
       WHERE n.office = a.office AND n.position <= a.position ORDER BY n.position DESC LIMIT 1) AS n`,
    [acts.map(({ office }) => office), acts.map(({ position }) => position)],
  );
  return new Map(
    rows.map(({ position, nameTh, nameEn }) => [
      Number(position),
      toldName({ nameTh, ...(nameEn !== null && { nameEn }) }),
    ]),
  );
}

/**
 * The provinces of a zone by the newest day from which it was said to hold some, of all days that were told by the standpoint; as
 * it ships with the ledger where none was. Of a zone that nobody knows there are none.
 */
export async function provincesOfZone(
  manager: EntityManager,
  { position }: Standpoint,
  zone: string,
): Promise<readonly string[]> {
  const [row] = await manager.query<{ provinces: string }[]>(
    `SELECT provinces FROM read_model.${TRAIL_ZONE} WHERE zone = $1 AND position <= $2
     ORDER BY nullif(effective_from, '${NOT_STATED}') DESC NULLS LAST, position DESC LIMIT 1`,
    [zone, position],
  );
  if (row) return row.provinces === '' ? [] : row.provinces.split('\n');
  return ZONES.find(({ zoneId }) => zoneId === zone)?.provinces ?? [];
}
