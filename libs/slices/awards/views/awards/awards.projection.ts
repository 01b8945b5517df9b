import type { DecodedEvent } from '@khamrap/platform/event-store';
import type {
  ColumnValue,
  ProjectionDefinition,
  ProjectionFold,
  ProjectionWriter,
} from '@khamrap/platform/projections';
import type { AwardEvent } from '../../domain/award.events';
import { awardTable } from './awards.table';

export const AWARDS = 'awards';

const EVENT_TYPES: readonly AwardEvent['type'][] = ['AwardGranted', 'AwardsAnnounced'];

/** The list of awards: those with named recipients, and the numbers that were announced without names. */
export const awardsProjection: ProjectionDefinition = {
  name: AWARDS,
  version: 1,
  eventTypes: EVENT_TYPES,
  tables: [awardTable.name, awardTable.history],
  createTables: (schema) => awardTable.createStatements(schema),
  begin: (): ProjectionFold => ({ project }),
};

// An award is told by one event, so there is nothing to remember from one to the next.
async function project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const changes = batch.map((event) => ({
    row: rowOf(event),
    present: true,
    position: event.position,
    recordedAtMs: event.recordedAtMs,
  }));
  await awardTable.write(writer, changes);
}

function rowOf(event: DecodedEvent): Record<string, ColumnValue> {
  const stated = event as unknown as AwardEvent;
  const { category, categoryPrinted, grantors, awardYear, announcedOn } = stated.data;
  const common = {
    award_id: event.stream.slice('award-'.length),
    category,
    category_printed: categoryPrinted ?? null,
    grantors: JSON.stringify(grantors),
    award_year: awardYear,
    announced_on: announcedOn ?? null,
    event_id: event.eventId,
  };
  switch (stated.type) {
    case 'AwardGranted': {
      const { recipients, fiscalYear, level, rank, forms, basis, asPrinted } = stated.data;
      return {
        ...common,
        kind: 'granted',
        recipients: JSON.stringify(recipients),
        award_count: 1,
        fiscal_year: fiscalYear ?? null,
        level: level ?? null,
        rank: rank?.rank ?? null,
        comparison_set: rank?.comparisonSet ?? null,
        forms: JSON.stringify(forms),
        province: provinceOfAll(recipients),
        basis: basis ?? null,
        as_printed: asPrinted ?? null,
      };
    }
    case 'AwardsAnnounced': {
      const { statedCount, province } = stated.data;
      return { ...common, kind: 'announced', award_count: statedCount, province: province ?? null };
    }
  }
}

/** The province of an award whose recipients are all of one. */
function provinceOfAll(recipients: readonly { readonly province?: string | undefined }[]): string | null {
  const provinces = new Set(recipients.map(({ province }) => province));
  return provinces.size === 1 ? ([...provinces][0] ?? null) : null;
}
