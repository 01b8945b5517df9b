import { VersionedTable } from '@khamrap/platform/projections';
import { STATUSES, type Status } from '../../domain/judgement';

/** Agreements as they head their indicators: those that stand, no drafts. `province` and `fiscal_year` never change. */
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
    receiver_office_id: 'text',
    receiver_office_name: 'text',
    announced_on: 'date',
    effective_on: 'date',
    closed_on: 'date',
    scheme_id: 'text',
    rule_version: 'integer',
    calendar_version: 'integer',
  },
  indexes: ['(province, fiscal_year)', '(fiscal_year)', '(scheme_id)'],
});

/**
 * What each indicator is. `weight` is null where the source does not state it; `weights` its versions as JSON where it was
 * amended; `keepers` who reports, as JSON; `display_order` sorts 8.2 before 8.10.
 */
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
    kind: 'text',
    unit: 'text',
    direction: 'text',
    accumulation: 'text',
    weight: 'numeric',
    weights: 'text',
    office_id: 'text',
    office_name: 'text',
    lead_person: 'text',
    keepers: 'text',
    supervisor_id: 'text',
    supervisor_name: 'text',
    cancelled_from_round: 'text',
  },
});

/**
 * How each indicator stands: a row for each span that has a target or an actual, and for each round of its calendar;
 * `notStated` where there is nothing of these. What few rows have lies in JSON: `target_details`, `actual_details`, `reports`
 * (by keeper, where several report or something is still to be certified), `versions` (one for each target since the first, where
 * it was amended) and `published` (the row as the public can know it; null where that is this row, empty where the public
 * cannot know that there is one). `public_changed` tells whether the public sees a difference to what the row was before. The
 * database holds a row that is not published back from whoever sees neither its province nor one of the `offices` concerned
 * (maker, receiver, lead, keepers and supervisor, one a line) nor its indicator; `standing_public` tells of every row what is
 * published.
 */
export const standingTable = new VersionedTable({
  name: 'standing',
  key: { agreement_id: 'uuid', indicator_id: 'uuid', period: 'text' },
  columns: {
    round: 'text',
    target: 'numeric',
    target_unit: 'text',
    target_span: 'text',
    target_as_printed: 'text',
    target_event_id: 'uuid',
    target_details: 'text',
    figure_kind: 'text',
    actual: 'numeric',
    actual_unit: 'text',
    actual_as_printed: 'text',
    actual_event_id: 'uuid',
    actual_details: 'text',
    finality: 'text',
    as_of: 'date',
    evidence_count: 'integer',
    is_certified: 'boolean',
    reports: 'text',
    status: 'text',
    status_reason: 'text',
    attainment_percent: 'numeric',
    gap: 'numeric',
    score: 'numeric',
    score_basis: 'text',
    score_reason: 'text',
    self_score: 'numeric',
    evaluator_score: 'numeric',
    versions: 'text',
    published: 'text',
    public_changed: 'boolean',
    province: 'text',
    offices: 'text',
  },
});

/** The column that counts each status: `on_track`. */
export const COUNT_COLUMNS: readonly (readonly [status: Status, column: string])[] = STATUSES.map((status) => [
  status,
  status.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
]);

/**
 * What the standings of an agreement come to in each round, and (`round` is empty) in all of its spans. What it needs of the
 * agreement stands in it, so that roll-ups of the nation read this table and no other. `published` and `public_changed` as
 * in `standing`; `offices` are the maker and the receiver.
 */
export const agreementRoundTable = new VersionedTable({
  name: 'agreement_round',
  key: { agreement_id: 'uuid', round: 'text' },
  columns: {
    fiscal_year: 'integer',
    province: 'text',
    level: 'text',
    basis: 'text',
    office_id: 'text',
    office_name: 'text',
    scheme_id: 'text',
    rule_version: 'integer',
    period: 'text',
    is_closed: 'boolean',
    closed_revision: 'integer',
    closed_on: 'date',
    total: 'numeric',
    no_total_reason: 'text',
    band: 'text',
    weight_counted_percent: 'numeric',
    certified_weight_percent: 'numeric',
    weighted_score: 'numeric',
    counted_weight: 'numeric',
    stated_weight: 'numeric',
    self_score: 'numeric',
    evaluator_score: 'numeric',
    announced_score: 'numeric',
    announced_band: 'text',
    announced_on: 'date',
    ...(Object.fromEntries(COUNT_COLUMNS.map(([, column]) => [column, 'integer'])) as Record<string, 'integer'>),
    published: 'text',
    public_changed: 'boolean',
    offices: 'text',
  },
  indexes: ['(fiscal_year, round, province)', '(province, fiscal_year, round)'],
});

/** Calendars of each scheme with their extensions, as JSON. */
export const schemeTable = new VersionedTable({
  name: 'standing_scheme',
  key: { scheme_id: 'text' },
  columns: { calendars: 'text' },
});

/** The provinces of a zone from each day on, as JSON. */
export const zoneTable = new VersionedTable({
  name: 'standing_zone',
  key: { zone_id: 'text', effective_from: 'text' },
  columns: { scheme: 'text', provinces: 'text' },
});

export const standingsTables = [
  agreementTable,
  indicatorTable,
  standingTable,
  agreementRoundTable,
  schemeTable,
  zoneTable,
];
