import { VersionedTable } from '@khamrap/platform/projections';

/** Agreements as they head their indicators. `province` and `fiscal_year` are fixed when an agreement is drafted. */
export const agreementTable = new VersionedTable({
  name: 'agreement',
  key: { agreement_id: 'uuid' },
  columns: {
    title: 'text',
    level: 'text',
    basis: 'text',
    status: 'text',
    fiscal_year: 'integer',
    province: 'text',
    period_from: 'date',
    period_to: 'date',
    maker_office_id: 'text',
    maker_office_name: 'text',
    announced_on: 'date',
    effective_on: 'date',
  },
  indexes: ['(province, fiscal_year)', '(fiscal_year)'],
});

/** What each indicator is. `weight` is null where the source does not state it; `display_order` sorts 8.2 before 8.10. */
export const indicatorTable = new VersionedTable({
  name: 'indicator',
  key: { agreement_id: 'uuid', indicator_id: 'uuid' },
  columns: {
    display_order: 'text',
    display_number: 'text',
    printed_number: 'text',
    parent_indicator_id: 'uuid',
    goal_number: 'integer',
    name: 'text',
    name_en: 'text',
    unit: 'text',
    direction: 'text',
    weight: 'numeric',
    office_id: 'text',
    office_name: 'text',
    lead_person: 'text',
  },
});

/** How each indicator stands, a row for each span that has a target or an actual; `notStated` where there is neither. */
export const standingTable = new VersionedTable({
  name: 'standing',
  key: { agreement_id: 'uuid', indicator_id: 'uuid', period: 'text' },
  columns: {
    target: 'numeric',
    target_unit: 'text',
    target_span: 'text',
    target_as_printed: 'text',
    target_event_id: 'uuid',
    actual: 'numeric',
    actual_unit: 'text',
    actual_as_printed: 'text',
    actual_event_id: 'uuid',
    finality: 'text',
    as_of: 'date',
    evidence_count: 'integer',
    status: 'text',
    attainment_percent: 'numeric',
    gap: 'numeric',
  },
});

export const standingsTables = [agreementTable, indicatorTable, standingTable];
