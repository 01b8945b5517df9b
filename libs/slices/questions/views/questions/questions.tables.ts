import { sightPolicy, VersionedTable } from '@khamrap/platform/projections';
import type { OpenStatus } from '../../domain/question.decider';
import type { RuleCode, RuleMode } from '../../domain/rules/rule-vocabulary';

/** Questions as they are. Columns that hold lists are JSON texts, shown and never searched; `offices` are ids, one a line. */
export const questionTable = new VersionedTable({
  name: 'question',
  key: { question_id: 'uuid' },
  columns: {
    rule: 'text',
    mode: 'text',
    rules_version: 'integer',
    thresholds: 'text',
    agreement_id: 'text',
    scheme_id: 'text',
    office_id: 'text',
    province: 'text',
    offices: 'text',
    indicator_id: 'text',
    span: 'text',
    round: 'text',
    fiscal_year: 'integer',
    rests_on: 'text',
    measures: 'text',
    seen_th: 'text',
    seen_en: 'text',
    watch: 'text',
    changed_by: 'text',
    raised_position: 'bigint',
    raised_at_ms: 'bigint',
    status: 'text',
    asked_office: 'text',
    due_on: 'text',
    life_revision: 'integer',
  },
  indexes: ['(raised_position DESC, question_id)', '(watch)', '(province)', '(agreement_id)', '(rule)'],
});

/** The rules in force: one row, as JSON. Everybody may read by what is asked. */
export const rulesTable = new VersionedTable({
  name: 'question_rules',
  key: { id: 'text' },
  columns: { rules_version: 'integer', rules: 'text' },
});

/** Which provinces zones hold from a day on, as events say it. */
export const zoneTable = new VersionedTable({
  name: 'question_zone',
  key: { zone_id: 'text', effective_from: 'text' },
  columns: { provinces: 'text' },
});

/** What detection needs of other streams than the one at hand, in tables that nobody reads but it. */
export const USE = 'question_evidence_use';
export const AWARD = 'question_award';
export const INSPECTION = 'question_inspection';

/** The versioned tables of the projection. */
export const versionedTables = [questionTable, rulesTable, zoneTable] as const;

/** The names of all tables of the projection. */
export const TABLES: readonly string[] = [
  ...versionedTables.flatMap((table) => [table.name, table.history]),
  USE,
  AWARD,
  INSPECTION,
];

/** A row of `question`, as it is read. */
export interface QuestionRow {
  question_id: string;
  rule: RuleCode;
  mode: RuleMode;
  rules_version: number;
  thresholds: string;
  agreement_id: string | null;
  scheme_id: string | null;
  office_id: string | null;
  province: string | null;
  offices: string;
  indicator_id: string | null;
  span: string | null;
  round: string | null;
  fiscal_year: number | null;
  rests_on: string;
  measures: string;
  seen_th: string;
  seen_en: string;
  watch: string | null;
  changed_by: string;
  raised_position: number;
  raised_at_ms: number;
  status: 'raised' | OpenStatus;
  asked_office: string | null;
  due_on: string | null;
  life_revision: number | null;
}

/** What concerns the whole nation, such as a scheme, is seen by whoever sees questions anywhere. */
const OF_NATION = `(province IS NULL AND offices = '' AND (SELECT coalesce(current_setting('khamrap.provinces', true), '')
  || coalesce(current_setting('khamrap.offices', true), '') || coalesce(current_setting('khamrap.indicators', true), '')) <> '')`;

/** Questions stay inside, also when they are answered: a public list of what once looked odd would be read as one of verdicts. */
export function createTables(schema: string): readonly string[] {
  const questions = [questionTable.name, questionTable.history].flatMap((name) =>
    sightPolicy(`${schema}.${name}`, {
      isPublished: OF_NATION,
      province: 'province',
      offices: 'offices',
      indicator: 'indicator_id',
    }),
  );
  const hidden = [USE, AWARD, INSPECTION].map((name) => `ALTER TABLE ${schema}.${name} ENABLE ROW LEVEL SECURITY`);
  return [
    ...versionedTables.flatMap((table) => table.createStatements(schema)),
    ...questions,
    `CREATE TABLE ${schema}.${USE} (sha256 text NOT NULL, place text NOT NULL, span text NOT NULL,
       position bigint NOT NULL, use text NOT NULL, PRIMARY KEY (sha256, place, span))`,
    `CREATE TABLE ${schema}.${AWARD} (award_id text PRIMARY KEY, agreement_id text NOT NULL, award text NOT NULL)`,
    `CREATE INDEX ON ${schema}.${AWARD} (agreement_id)`,
    `CREATE TABLE ${schema}.${INSPECTION} (round_id text PRIMARY KEY, inspection text NOT NULL)`,
    ...hidden,
  ];
}
