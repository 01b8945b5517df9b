import { VersionedTable } from '@khamrap/platform/projections';

/** Registered documents. `tells_of` and `addresses` are JSON texts; `published_on` and `publisher` may be `notStated`. */
export const sourceDocumentTable = new VersionedTable({
  name: 'source_document',
  key: { sha256: 'text' },
  columns: {
    title: 'text',
    title_en: 'text',
    publisher: 'text',
    published_on: 'text',
    tells_of: 'text',
    addresses: 'text',
    language: 'text',
    media_type: 'text',
    description: 'text',
    description_en: 'text',
    revision: 'integer',
  },
});

/**
 * The events that were transcribed, each with where it was taken from. An event never changes, so there is no history of it.
 * `is_published` whatever becomes of its stream; otherwise with its agreement.
 */
export const SOURCE_FACT = 'source_fact';

export function sourceFactStatements(schema: string): readonly string[] {
  return [
    `CREATE TABLE ${schema}.${SOURCE_FACT} (
       position        bigint NOT NULL PRIMARY KEY,
       recorded_at_ms  bigint NOT NULL,
       event_id        uuid NOT NULL,
       type            text COLLATE "C" NOT NULL,
       stream          text COLLATE "C" NOT NULL,
       source_document text COLLATE "C" NOT NULL,
       passage         text NOT NULL,
       recorder_role   text COLLATE "C" NOT NULL,
       is_published    boolean NOT NULL
     )`,
    `CREATE INDEX ON ${schema}.${SOURCE_FACT} (source_document, position)`,
  ];
}
