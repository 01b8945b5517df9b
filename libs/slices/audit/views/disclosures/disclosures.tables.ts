import { createHash } from 'node:crypto';
import type { MarkName } from '../../publication/publication-rule';

/**
 * What events have left in their streams, by which others are published. The key tells neither stream nor mark, so a row says no
 * more than that something is published, or held back, as of a position. `days` are those of a closing.
 */
export const MARK = 'disclosure_mark';
/**
 * Where streams stand, and findings and recommendations within them, as it is now: who may have what is not published. A row of a
 * whole stream has the empty text as its `part`. Several values of a column stand one a line; `office_names` are offices with each of
 * the provinces (`officeNames` of platform/projections). `told` is what events have said of it.
 */
export const PLACE = 'disclosure_place';

export function disclosureStatements(schema: string): readonly string[] {
  return [
    `CREATE TABLE ${schema}.${MARK} (
       key            uuid NOT NULL,
       position       bigint NOT NULL,
       recorded_at_ms bigint NOT NULL,
       lifted         boolean NOT NULL,
       days_from      text COLLATE "C",
       days_to        text COLLATE "C",
       PRIMARY KEY (key, position)
     )`,
    `CREATE TABLE ${schema}.${PLACE} (
       stream       text COLLATE "C" NOT NULL,
       part         text COLLATE "C" NOT NULL,
       provinces    text COLLATE "C" NOT NULL,
       offices      text COLLATE "C" NOT NULL,
       office_names text COLLATE "C" NOT NULL,
       indicator    text COLLATE "C",
       told         text NOT NULL,
       PRIMARY KEY (stream, part)
     )`,
    // As `sightPolicy` has it, for rows that stand in several provinces.
    `ALTER TABLE ${schema}.${PLACE} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY within_sight ON ${schema}.${PLACE} FOR SELECT USING (
       (SELECT current_setting('khamrap.sight', true)) = 'all'
       OR ${lines('provinces')} && ${listed('provinces')}
       OR ${lines('office_names')} && ${listed('offices')}
       OR indicator = ANY (${listed('indicators')}))`,
  ];
}

const lines = (column: string): string => `string_to_array(nullif(${column}, ''), E'\\n')`;
const listed = (name: string): string =>
  `(SELECT string_to_array(current_setting('khamrap.${name}', true), E'\\n'))::text[]`;

/** The key of a mark within its stream: the first 128 bits of a SHA-256, in the form of a UUID. */
export function markKey(stream: string, name: MarkName): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([stream, ...name]), 'utf8')
    .digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
