import { booleanArray, int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import {
  type ProjectionDefinition,
  type ProjectionFold,
  type ProjectionWriter,
  type RowChange,
} from '@khamrap/platform/projections';
import type { SourceDescription, SourceDocumentEvent } from '../../domain/source-document.events';
import { EVIDENCE_USE, evidenceUseStatements, mayNameFile, writeUses } from '../evidence/evidence-uses';
import { SOURCE_STREAM_CHANGE, sourceStreamStatements, sourceStreamTable, writeStreams } from './source-streams';
import { SOURCE_FACT, sourceDocumentTable, sourceFactStatements } from './sources.tables';
import { isAlwaysPublished, PLACE_TYPES } from './stream-place';

export const SOURCES = 'sources';

const OWN_TYPES: readonly string[] = [
  'SourceDocumentRegistered',
  'SourceDocumentDescribed',
] satisfies SourceDocumentEvent['type'][];

const ALWAYS_HEARD: ReadonlySet<string> = new Set([...OWN_TYPES, ...PLACE_TYPES]);

/** How a canonical body says so; a text that contains it has its quotation marks escaped. */
const TRANSCRIBED = '"kind":"transcribed"';

/**
 * Source documents, every event that was transcribed from one, and every event of an agreement that names a file; with where
 * the agreements stand, which says who may know.
 * @param eventTypes the names of all events that there are: of any of them, some may be transcribed
 */
export function sourcesProjection(eventTypes: readonly string[]): ProjectionDefinition {
  return {
    name: SOURCES,
    version: 3,
    eventTypes: [...new Set([...eventTypes, ...OWN_TYPES, ...PLACE_TYPES])],
    concerns: ({ type, body }) => ALWAYS_HEARD.has(type) || body.includes(TRANSCRIBED) || mayNameFile(body),
    tables: [
      sourceDocumentTable.name,
      sourceDocumentTable.history,
      SOURCE_FACT,
      sourceStreamTable.name,
      sourceStreamTable.history,
      EVIDENCE_USE,
    ],
    views: [SOURCE_STREAM_CHANGE],
    createTables: (schema) => [
      ...sourceDocumentTable.createStatements(schema),
      ...sourceFactStatements(schema),
      ...sourceStreamStatements(schema),
      ...evidenceUseStatements(schema),
    ],
    begin: (): ProjectionFold => ({ project }),
  };
}

async function project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  await sourceDocumentTable.write(writer, batch.filter(({ type }) => OWN_TYPES.includes(type)).map(changeOf));
  await writeFacts(batch, writer);
  await writeStreams(batch, writer);
  await writeUses(batch, writer);
}

function changeOf(event: DecodedEvent): RowChange {
  const { data } = event as unknown as { readonly data: SourceDescription };
  return {
    row: {
      sha256: event.stream.slice('source-document-'.length),
      title: data.title ?? null,
      title_en: data.titleEn ?? null,
      publisher: data.publisher,
      published_on: data.publishedOn,
      tells_of: JSON.stringify(data.tellsOf),
      addresses: JSON.stringify(data.addresses),
      language: data.language,
      media_type: data.mediaType ?? null,
      description: data.description,
      description_en: data.descriptionEn ?? null,
      revision: event.revision,
    },
    present: true,
    position: event.position,
    recordedAtMs: event.recordedAtMs,
  };
}

async function writeFacts(batch: readonly DecodedEvent[], { client, schema }: ProjectionWriter): Promise<void> {
  const facts = batch.flatMap((event) =>
    event.provenance.kind === 'transcribed' ? [{ event, provenance: event.provenance }] : [],
  );
  if (facts.length === 0) return;
  await client.query({
    name: `${schema}.${SOURCE_FACT}`,
    text: `INSERT INTO ${schema}.${SOURCE_FACT}
             (position, recorded_at_ms, event_id, type, stream, source_document, passage, recorder_role, is_published)
           SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::uuid[],
             $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[])`,
    values: [
      int8Array(facts.map(({ event }) => event.position)),
      int8Array(facts.map(({ event }) => event.recordedAtMs)),
      uuidArray(facts.map(({ event }) => event.eventId)),
      textArray(facts.map(({ event }) => event.type)),
      textArray(facts.map(({ event }) => event.stream)),
      textArray(facts.map(({ provenance }) => provenance.sourceDocument)),
      textArray(facts.map(({ provenance }) => provenance.passage)),
      textArray(facts.map(({ event }) => event.actor.role)),
      booleanArray(facts.map(({ event }) => isAlwaysPublished(event))),
    ],
  });
}
