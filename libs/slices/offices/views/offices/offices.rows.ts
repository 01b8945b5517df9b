import { isIsoDate, NOT_STATED, type IsoDate, type NotStated } from '@khamrap/kernel';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import type { OfficeKind } from '../../domain/office.events';
import { officeTable, rowsAt, tenureTable } from './offices.tables';

/** An office as the list shows it. */
export interface OfficeRow {
  readonly officeId: string;
  readonly nameTh: string;
  readonly nameEn: string | null;
  readonly kind: OfficeKind;
  readonly province: string | null;
  readonly parentOfficeId: string | null;
  readonly area: string | null;
  readonly telephone: string | null;
  readonly email: string | null;
  readonly status: 'registered' | 'dissolved';
  /** Null also where a document states no day. */
  readonly dissolvedOn: string | null;
  readonly successorOfficeId: string | null;
}

/** Somebody's time in a post. */
export interface TenureRow {
  readonly personName: string;
  readonly positionTitle: string;
  readonly from: IsoDate | NotStated;
  /** Absent while the holder has not left. */
  readonly until?: IsoDate | NotStated;
  readonly endReason: string | null;
}

export interface OfficesFilter {
  readonly kind?: string | undefined;
  readonly parent?: string | undefined;
  /** Those of all that are to be found; any when absent. */
  readonly provinces?: readonly string[] | undefined;
}

/** Offices in the order of their codes; `countMax` + 1 at the most, to tell whether more follow. */
export function findOffices(
  manager: EntityManager,
  at: Standpoint,
  { kind, parent, provinces }: OfficesFilter,
  after: string | undefined,
  countMax: number,
): Promise<OfficeRow[]> {
  const values: unknown[] = [at.position];
  const where = (condition: (parameter: string) => string, value: unknown): string[] =>
    value === undefined ? [] : [condition(`$${values.push(value)}`)];
  const conditions = [
    'true',
    ...where((parameter) => `kind = ${parameter}`, kind),
    ...where((parameter) => `parent_office_id = ${parameter}`, parent),
    ...where((parameter) => `province = ANY(${parameter})`, provinces),
    ...where((parameter) => `office_id > ${parameter}`, after),
  ];
  return manager.query<OfficeRow[]>(
    `SELECT office_id AS "officeId", name_th AS "nameTh", name_en AS "nameEn", kind, province,
            parent_office_id AS "parentOfficeId", area, telephone, email, status, dissolved_on::text AS "dissolvedOn",
            successor_office_id AS "successorOfficeId"
     FROM ${rowsAt(officeTable, at)} AS office WHERE ${conditions.join(' AND ')}
     ORDER BY office_id LIMIT $${values.push(countMax + 1)}`,
    values,
  );
}

interface StoredTenure {
  readonly office_id: string;
  readonly person_name: string;
  readonly position_title: string;
  readonly begun_on: string | null;
  readonly has_left: boolean;
  readonly left_on: string | null;
  readonly end_reason: string | null;
}

/** All tenures of some offices, by office, in the order in which they were recorded. */
export async function findTenures(
  manager: EntityManager,
  at: Standpoint,
  officeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly TenureRow[]>> {
  const rows = await manager.query<StoredTenure[]>(
    `SELECT office_id, person_name, position_title, begun_on::text, has_left, left_on::text, end_reason
     FROM ${rowsAt(tenureTable, at)} AS tenure WHERE office_id = ANY($2) ORDER BY office_id, tenure`,
    [at.position, officeIds],
  );
  const byOffice = new Map<string, TenureRow[]>(officeIds.map((officeId) => [officeId, []]));
  for (const row of rows) byOffice.get(row.office_id)?.push(tenureOf(row));
  return byOffice;
}

function tenureOf(row: StoredTenure): TenureRow {
  return {
    personName: row.person_name,
    positionTitle: row.position_title,
    from: dayOr(row.begun_on),
    ...(row.has_left && { until: dayOr(row.left_on) }),
    endReason: row.end_reason,
  };
}

function dayOr(day: string | null): IsoDate | NotStated {
  return day !== null && isIsoDate(day) ? day : NOT_STATED;
}
