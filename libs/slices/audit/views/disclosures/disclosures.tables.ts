import { createHash } from 'node:crypto';
import { sightPolicy } from '@khamrap/platform/projections';
import type { MarkName } from '../../publication/publication-rule';

/**
 * What events have left in their streams, by which others are published. The key tells neither stream nor mark, so a row says no
 * more than that something is published, or held back, as of a position. `days` are those of a closing.
 */
export const MARK = 'disclosure_mark';
/** Where streams stand, as it is now: who may have what is not published. */
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
       stream   text COLLATE "C" NOT NULL PRIMARY KEY,
       province text COLLATE "C",
       offices  text COLLATE "C" NOT NULL,
       place    text NOT NULL
     )`,
    ...sightPolicy(`${schema}.${PLACE}`, { isPublished: 'false', province: 'province', offices: 'offices' }),
  ];
}

/** The key of a mark within its stream: the first 128 bits of a SHA-256, in the form of a UUID. */
export function markKey(stream: string, name: MarkName): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([stream, ...name]), 'utf8')
    .digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
