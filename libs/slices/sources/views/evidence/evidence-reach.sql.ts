import type { EntityManager } from 'typeorm';
import type { Sight } from '@khamrap/platform/access';
import { officeNames, officeNamesOf } from '@khamrap/platform/projections';

const USE_COUNT_MAX = 1_000;

/** An event that names a file, in an agreement within somebody's reach. */
export interface UseWithinReach {
  /** The pseudonym of who stated it. */
  readonly statedBy: string;
  /** No event before it names the file. */
  readonly isFirst: boolean;
}

interface UseRow {
  readonly stated_by: string;
  readonly is_first: boolean;
}

// Row-level security holds back agreements that are neither published nor within reach; of what is published, the files are not.
const USES = `
  SELECT u.stated_by, u.position = (SELECT min(position) FROM read_model.evidence_use WHERE sha256 = $1) AS is_first
  FROM read_model.evidence_use AS u JOIN read_model.source_stream AS s ON s.stream = u.stream
  WHERE u.sha256 = $1 AND ($2::boolean OR s.province = ANY ($3::text[])
    OR ${officeNamesOf('s.offices', 's.province')} && $4::text[] OR u.indicator = ANY ($5::text[]))
  ORDER BY u.position LIMIT ${USE_COUNT_MAX}`;

/** The events that name a file, as far as a sight reaches their agreements. */
export async function usesWithin(
  manager: EntityManager,
  sha256: string,
  sight: Sight,
): Promise<readonly UseWithinReach[]> {
  const rows = await manager.query<UseRow[]>(USES, [sha256, ...sightParameters(sight)]);
  return rows.map(({ stated_by, is_first }) => ({ statedBy: stated_by, isFirst: is_first }));
}

/** Whether a source document of these bytes is registered. */
export async function isSourceDocument(manager: EntityManager, sha256: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>('SELECT FROM read_model.source_document WHERE sha256 = $1', [sha256]);
  return rows.length > 0;
}

/** A sight as parameters: whether it is all, provinces, names of offices, indicators. */
export function sightParameters(
  sight: Sight,
): readonly [boolean, readonly string[], readonly string[], readonly string[]] {
  if (sight.kind === 'all') return [true, [], [], []];
  return [false, sight.provinces, officeNames(sight.offices), sight.indicators];
}
