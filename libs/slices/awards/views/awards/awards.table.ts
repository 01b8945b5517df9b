import { VersionedTable } from '@khamrap/platform/projections';

/** Awards and announced numbers of awards. `grantors`, `recipients` and `forms` are JSON texts, shown and never searched. */
export const awardTable = new VersionedTable({
  name: 'award',
  key: { award_id: 'uuid' },
  columns: {
    kind: 'text',
    category: 'text',
    category_printed: 'text',
    grantors: 'text',
    recipients: 'text',
    award_count: 'integer',
    award_year: 'text',
    fiscal_year: 'integer',
    level: 'text',
    rank: 'integer',
    comparison_set: 'text',
    forms: 'text',
    announced_on: 'date',
    province: 'text',
    basis: 'text',
    as_printed: 'text',
    event_id: 'uuid',
  },
  indexes: ['(province, category)'],
});

/** A row of the table, as it is read. */
export interface AwardRow {
  award_id: string;
  kind: 'granted' | 'announced';
  category: string;
  category_printed: string | null;
  grantors: string;
  recipients: string | null;
  award_count: number;
  award_year: string;
  fiscal_year: number | null;
  level: string | null;
  rank: number | null;
  comparison_set: string | null;
  forms: string | null;
  announced_on: string | null;
  province: string | null;
  basis: string | null;
  as_printed: string | null;
  event_id: string;
  present: boolean;
  from_position: number;
  from_recorded_at_ms: number;
}

export const awardEntity = awardTable.entity<AwardRow>();
