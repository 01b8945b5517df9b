import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter } from '@khamrap/platform/projections';
import type { GoalSetEvent } from '../../domain/goal-set.events';
import { goalSetTable } from './goal-sets.table';

export const GOAL_SETS = 'goal_sets';

const EVENT_TYPES: readonly GoalSetEvent['type'][] = ['GoalSetPublished', 'GoalSetRevised'];

/** The list of goal sets. */
export const goalSetsProjection: ProjectionDefinition = {
  name: GOAL_SETS,
  version: 1,
  eventTypes: EVENT_TYPES,
  tables: [goalSetTable.name, goalSetTable.history],
  createTables: (schema) => goalSetTable.createStatements(schema),
  begin: (): ProjectionFold => ({ project }),
};

// Each event tells the whole set, so there is nothing to remember from one to the next.
async function project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const changes = batch.map((event) => {
    const { type, data } = event as unknown as GoalSetEvent;
    const row = {
      goal_set_id: event.stream.slice('goal-set-'.length),
      name_th: data.nameTh,
      name_en: data.nameEn ?? null,
      province: data.province,
      fiscal_year: data.fiscalYear,
      goals: JSON.stringify(data.goals),
      goal_set_version: 'goalSetVersion' in data ? data.goalSetVersion : 1,
      reason: type === 'GoalSetRevised' ? data.reason : null,
      event_id: event.eventId,
    };
    return { row, present: true, position: event.position, recordedAtMs: event.recordedAtMs };
  });
  await goalSetTable.write(writer, changes);
}
