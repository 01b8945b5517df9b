import { VersionedTable } from '@khamrap/platform/projections';

/**
 * Rounds as everybody may know of them: nothing in a row tells whether there are findings that are not resolved. `provinces` are
 * those that are inspected and `inspector_ids` pseudonyms, each one a line; `is_found_empty` is told with a closing.
 */
export const roundTable = new VersionedTable({
  name: 'inspection_round',
  key: { round_id: 'uuid' },
  columns: {
    number: 'text',
    level: 'text',
    inspecting_office_id: 'text',
    inspecting_name: 'text',
    fiscal_year: 'integer',
    theme: 'text',
    zone_id: 'text',
    provinces: 'text',
    days_from: 'date',
    days_to: 'date',
    status: 'text',
    is_found_empty: 'boolean',
    inspector_ids: 'text',
    visit_count: 'integer',
    event_id: 'uuid',
  },
  indexes: ['(fiscal_year)'],
});

/**
 * What there is to follow up: findings, and recommendations of their own. Ids of offices and provinces stand one a line, and
 * so do `office_names`, by which a row is found within a sight (`officeNames` of platform/projections, for each of its
 * provinces). `awaited` are the offices that are still to answer; `is_awaited` also where nobody in particular is.
 */
export const followUpTable = new VersionedTable({
  name: 'inspection_follow_up',
  key: { item_id: 'uuid' },
  columns: {
    kind: 'text',
    round_id: 'uuid',
    finding_id: 'uuid',
    number: 'text',
    level: 'text',
    fiscal_year: 'integer',
    severity: 'text',
    theme: 'text',
    content: 'text',
    offices: 'text',
    provinces: 'text',
    office_names: 'text',
    status: 'text',
    due_on: 'date',
    awaited: 'text',
    is_awaited: 'boolean',
    response_count: 'integer',
    escalation_count: 'integer',
    escalated_level: 'text',
    escalated_office: 'text',
    escalated_on: 'date',
    recorded_on: 'date',
    settled_on: 'date',
    is_told: 'boolean',
    event_id: 'uuid',
  },
  indexes: ['(round_id)', '(due_on)'],
});

/** When each item changed, and nothing else of it: what is held back is looked for there, so that nothing older is shown instead. */
export const FOLLOW_UP_CHANGE = 'inspection_follow_up_change';

const listed = (name: string): string =>
  `(SELECT string_to_array(current_setting('khamrap.${name}', true), E'\\n'))::text[]`;
const lines = (column: string): string => `string_to_array(nullif(${column}, ''), E'\\n')`;

/** A condition on rows of the table: whether they lie within the sight that the transaction was told of. */
export const WITHIN_SIGHT = `((SELECT current_setting('khamrap.sight', true)) = 'all'
  OR ${lines('provinces')} && ${listed('provinces')} OR ${lines('office_names')} && ${listed('offices')})`;

/** As `sightPolicy` has it, for rows that stand in several provinces. */
export function createFollowUpTables(schema: string): readonly string[] {
  const { name, history } = followUpTable;
  const policies = [name, history].flatMap((table) => [
    `ALTER TABLE ${schema}.${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY within_sight ON ${schema}.${table} FOR SELECT USING (is_told OR ${WITHIN_SIGHT})`,
  ]);
  return [
    ...roundTable.createStatements(schema),
    ...followUpTable.createStatements(schema),
    ...policies,
    `CREATE VIEW ${schema}.${FOLLOW_UP_CHANGE} AS SELECT item_id, from_position FROM ${schema}.${history}`,
  ];
}
