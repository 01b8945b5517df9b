import type { EntityManager } from 'typeorm';
import type { VersionedTable } from '@khamrap/platform/projections';
import { withinSight, isPublicSight } from '../standings/rows-in-sight';
import { Parameters, type View } from '../standings/standings.sql';

/** Which rows of an agreement somebody is told in full, and not only as published; the same as rows-in-sight.ts answers. */
export type ToldInFull = (...key: readonly string[]) => boolean;

/** Finds which rows of an agreement lie within the sight of whoever asks. */
export async function rowsToldInFull(
  manager: EntityManager,
  table: VersionedTable,
  { standpoint: { past, position }, sight }: View,
  agreementId: string,
): Promise<ToldInFull> {
  if (sight.kind === 'all') return () => true;
  if (isPublicSight(sight)) return () => false;
  const parameters = new Parameters();
  const key = Object.keys(table.options.key).filter((name) => name !== 'agreement_id');
  const within = (alias: string): string => withinSight(alias, table, sight, parameters);
  const id = parameters.add(agreementId);
  const columns = key.map((name) => `f.${name}::text`).join(', ');
  const full = `read_model.${table.name}`;
  const statement = past
    ? `SELECT ${columns} FROM (
         SELECT DISTINCT ON (${key.join(', ')}) * FROM (
           SELECT ${key.join(', ')}, from_position, true AS is_full FROM ${full}_history AS w
             WHERE agreement_id = ${id} AND from_position <= ${parameters.add(position)} AND ${within('w')}
           UNION ALL
           SELECT ${key.join(', ')}, from_position, false FROM ${full}_public_history AS w
             WHERE agreement_id = ${id} AND from_position <= ${parameters.add(position)} AND NOT ${within('w')}
         ) AS h ORDER BY ${key.join(', ')}, from_position DESC
       ) AS f WHERE f.is_full`
    : `SELECT ${columns} FROM ${full} AS f WHERE f.agreement_id = ${id} AND ${within('f')}`;
  const rows = await manager.query<Record<string, string>[]>(statement, parameters.values);
  const found = new Set(rows.map((row) => JSON.stringify(key.map((name) => row[name]))));
  return (...asked) => found.has(JSON.stringify(asked));
}
