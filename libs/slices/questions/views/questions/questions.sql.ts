import { NOT_STATED, ZONES, type IsoDate, type NotStated } from '@khamrap/kernel';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import type { OpenStatus } from '../../domain/question.decider';
import { RULES_OF_PROGRAM, type RulesInForce } from '../../domain/rules/rules-in-force';
import { questionTable, rulesTable, zoneTable, type QuestionRow } from './questions.tables';

/** A row as it stands at the position that is shown. */
export interface ShownRow extends QuestionRow {
  from_position: number;
  from_recorded_at_ms: number;
}

/** Which questions are asked for; null where that does not matter. */
export interface QuestionFilter {
  readonly rule: string | null;
  readonly mode: string | null;
  readonly status: 'raised' | OpenStatus | null;
  readonly agreement: string | null;
  readonly office: string | null;
  readonly province: string | null;
  readonly provinces: readonly string[] | null;
  readonly fiscalYear: number | null;
  readonly indicator: string | null;
  readonly scheme: string | null;
  readonly changed: boolean | null;
  /** Open questions whose day is over by this one. */
  readonly overdueOn: string | null;
}

// What never changes of a question narrows the keys, before the past of each is looked up.
const HISTORY = `CROSS JOIN LATERAL (SELECT * FROM read_model.${questionTable.history} AS h
  WHERE h.question_id = k.question_id AND h.from_position <= $16 ORDER BY h.from_position DESC LIMIT 1) AS s`;

/** The questions of a page, the newest first. */
export function pageOfQuestions(
  manager: EntityManager,
  { past, position }: Standpoint,
  filter: QuestionFilter,
  after: readonly [position: number | null, questionId: string | null],
  limit: number,
): Promise<ShownRow[]> {
  const shown = past ? 's' : 'k';
  return manager.query<ShownRow[]>(
    `SELECT ${shown}.* FROM read_model.${questionTable.name} AS k ${past ? HISTORY : ''}
     WHERE ($1::text IS NULL OR k.rule = $1) AND ($2::text IS NULL OR k.mode = $2)
       AND ($3::text IS NULL OR ${shown}.status = $3) AND ($4::text IS NULL OR k.agreement_id = $4)
       AND ($5::text IS NULL OR $5 = ANY (string_to_array(k.offices, E'\\n')))
       AND ($6::text IS NULL OR k.province = $6) AND ($7::text[] IS NULL OR k.province = ANY ($7))
       AND ($8::integer IS NULL OR k.fiscal_year = $8) AND ($9::text IS NULL OR k.indicator_id = $9)
       AND ($10::text IS NULL OR k.scheme_id = $10)
       AND ($11::boolean IS NULL OR (${shown}.changed_by <> '[]') = $11)
       AND ($12::text IS NULL OR (${shown}.status IN ('opened', 'returned') AND ${shown}.due_on < $12))
       AND ($13::bigint IS NULL OR (-k.raised_position, k.question_id::text) > (-$13::bigint, $14::text))
     ORDER BY -k.raised_position, k.question_id::text LIMIT $15`,
    [
      filter.rule,
      filter.mode,
      filter.status,
      filter.agreement,
      filter.office,
      filter.province,
      filter.provinces,
      filter.fiscalYear,
      filter.indicator,
      filter.scheme,
      filter.changed,
      filter.overdueOn,
      ...after,
      limit,
      ...(past ? [position] : []),
    ],
  );
}

/** One question as it stands there; undefined where there is none, or none in sight. */
export async function findQuestion(
  manager: EntityManager,
  { past, position }: Standpoint,
  questionId: string,
): Promise<ShownRow | undefined> {
  const [row] = await manager.query<ShownRow[]>(
    past
      ? `SELECT * FROM read_model.${questionTable.history} WHERE question_id = $1 AND from_position <= $2
         ORDER BY from_position DESC LIMIT 1`
      : `SELECT * FROM read_model.${questionTable.name} WHERE question_id = $1`,
    past ? [questionId, position] : [questionId],
  );
  return row;
}

/** The rules that were in force there. */
export async function rulesAt(manager: EntityManager, { position }: Standpoint): Promise<RulesInForce> {
  const [row] = await manager.query<{ rules_version: number; rules: string }[]>(
    `SELECT rules_version, rules FROM read_model.${rulesTable.history} WHERE from_position <= $1
     ORDER BY from_position DESC LIMIT 1`,
    [position],
  );
  if (!row) return RULES_OF_PROGRAM;
  return { rulesVersion: row.rules_version, rules: JSON.parse(row.rules) as RulesInForce['rules'] };
}

/** The provinces of a zone as it was last stated; of the list that ships with the ledger where no event tells of it. */
export async function provincesOfZone(
  manager: EntityManager,
  { position }: Standpoint,
  zoneId: string,
): Promise<readonly string[]> {
  const rows = await manager.query<{ from: IsoDate | NotStated; provinces: string }[]>(
    `SELECT effective_from AS "from", provinces FROM read_model.${zoneTable.history}
     WHERE zone_id = $1 AND from_position <= $2 ORDER BY from_position`,
    [zoneId, position],
  );
  const dayOf = ({ from }: { readonly from: IsoDate | NotStated }): string => (from === NOT_STATED ? '' : from);
  const newest = rows
    .toSorted((one, other) => (dayOf(one) < dayOf(other) ? -1 : dayOf(one) > dayOf(other) ? 1 : 0))
    .at(-1);
  if (newest) return JSON.parse(newest.provinces) as readonly string[];
  return ZONES.find((zone) => zone.zoneId === zoneId)?.provinces ?? [];
}
