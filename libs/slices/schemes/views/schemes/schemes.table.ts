import { VersionedTable } from '@khamrap/platform/projections';

/** Schemes by their names. What they rule is read from their own streams. */
export const schemeTable = new VersionedTable({
  name: 'scheme',
  key: { scheme_id: 'text' },
  columns: { name_th: 'text', name_en: 'text', basis: 'text', event_id: 'uuid' },
});

/** A row of the table, as it is read. */
export interface SchemeRow {
  scheme_id: string;
  name_th: string;
  name_en: string | null;
  basis: string | null;
  event_id: string;
  present: boolean;
  from_position: number;
  from_recorded_at_ms: number;
}

export const schemeEntity = schemeTable.entity<SchemeRow>();
