import { booleanArray, int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import type { EventDeclaration } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter } from '@khamrap/platform/projections';
import { marksOf, type AnyRules } from '../../publication/publication';
import { OfficialTexts } from '../trail/official-texts';
import { writePublications } from '../trail/trail-publications';
import { TrailRows } from '../trail/trail-rows';
import { TRAIL_TABLES, TRAIL_VIEWS, trailStatements } from '../trail/trail.tables';
import { disclosureStatements, MARK, markKey, PLACE } from './disclosures.tables';
import { writePlaces } from './place-rows';

export const DISCLOSURES = 'disclosures';

/**
 * What decides which events are published, the marks that others leave, and where streams stand; and the trail, by which
 * events are found: one row for each, kept up together with the marks that publish it. Nothing is kept in memory.
 * @param rules raise the version where they are to be told anew of what is recorded already
 */
export function disclosuresProjection(
  rules: AnyRules,
  declarations: readonly EventDeclaration[],
): ProjectionDefinition {
  const rows = new TrailRows(rules, new OfficialTexts(declarations));
  return {
    name: DISCLOSURES,
    version: 2,
    eventTypes: declarations.flatMap(({ versions }) => versions.at(-1)?.type ?? []),
    tables: [MARK, PLACE, ...TRAIL_TABLES],
    views: TRAIL_VIEWS,
    createTables: (schema) => [...disclosureStatements(schema), ...trailStatements(schema, rules)],
    begin: (): ProjectionFold => ({
      project: async (batch, writer) => {
        await writeMarks(rules, batch, writer);
        await rows.write(await writePlaces(batch, writer), writer);
        await writePublications(rules, batch, writer);
      },
    }),
  };
}

async function writeMarks(
  rules: AnyRules,
  batch: readonly DecodedEvent[],
  { client, schema }: ProjectionWriter,
): Promise<void> {
  const marks = batch.flatMap((event) => marksOf(rules, event).map((mark) => ({ event, mark })));
  if (marks.length === 0) return;
  await client.query({
    name: `${schema}.${MARK}`,
    text: `INSERT INTO ${schema}.${MARK} (key, position, recorded_at_ms, lifted, days_from, days_to)
           SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::boolean[], $5::text[], $6::text[])
           ON CONFLICT DO NOTHING`,
    values: [
      uuidArray(marks.map(({ event, mark }) => markKey(event.stream, mark.name))),
      int8Array(marks.map(({ event }) => event.position)),
      int8Array(marks.map(({ event }) => event.recordedAtMs)),
      booleanArray(marks.map(({ mark }) => mark.lifted === true)),
      textArray(marks.map(({ mark }) => mark.days?.from ?? null)),
      textArray(marks.map(({ mark }) => mark.days?.to ?? null)),
    ],
  });
}
