import { VersionedTable } from '@khamrap/platform/projections';

/** Goal sets as they are. `goals` is a JSON text, shown and never searched. */
export const goalSetTable = new VersionedTable({
  name: 'goal_set',
  key: { goal_set_id: 'text' },
  columns: {
    name_th: 'text',
    name_en: 'text',
    province: 'text',
    fiscal_year: 'integer',
    goals: 'text',
    goal_set_version: 'integer',
    reason: 'text',
    event_id: 'uuid',
  },
  indexes: ['(province, fiscal_year)'],
});

/** A row of the table, as it is read. */
export interface GoalSetRow {
  goal_set_id: string;
  name_th: string;
  name_en: string | null;
  province: string;
  fiscal_year: number;
  goals: string;
  goal_set_version: number;
  /** Why it was revised; null for a set as it was first published. */
  reason: string | null;
  event_id: string;
  present: boolean;
  from_position: number;
  from_recorded_at_ms: number;
}
