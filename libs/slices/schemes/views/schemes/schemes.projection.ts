import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter } from '@khamrap/platform/projections';
import type { SchemeEvent, SchemePublished } from '../../domain/scheme.events';
import { schemeTable } from './schemes.table';

export const SCHEMES = 'schemes';

const EVENT_TYPES: readonly SchemeEvent['type'][] = ['SchemePublished'];

/** The list of schemes. */
export const schemesProjection: ProjectionDefinition = {
  name: SCHEMES,
  version: 1,
  eventTypes: EVENT_TYPES,
  tables: [schemeTable.name, schemeTable.history],
  createTables: (schema) => schemeTable.createStatements(schema),
  begin: (): ProjectionFold => ({ project }),
};

// A scheme is named by one event, so there is nothing to remember from one to the next.
async function project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const changes = batch.map(({ stream, eventId, position, recordedAtMs, data }) => {
    const { nameTh, nameEn, basis } = data as unknown as SchemePublished['data'];
    const row = {
      scheme_id: stream.slice('scheme-'.length),
      name_th: nameTh,
      name_en: nameEn ?? null,
      basis: basis ?? null,
      event_id: eventId,
    };
    return { row, present: true, position, recordedAtMs };
  });
  await schemeTable.write(writer, changes);
}
