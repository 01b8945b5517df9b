import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';

/** What an agreement comes to in a round. Scores and percentages have four digits; scores that somebody gave, those given. */
export interface AgreementRound {
  readonly round: string;
  readonly period: string | null;
  readonly isClosed: boolean;
  /** How often the round was closed. */
  readonly closedRevision: number | null;
  readonly closedOn: string | null;
  /** Of the snapshot of the closed round; before, what it would be if the round were closed now. */
  readonly total: string | null;
  readonly noTotalReason: string | null;
  readonly band: string | null;
  readonly weightCountedPercent: string | null;
  readonly certifiedWeightPercent: string | null;
  readonly selfScore: string | null;
  readonly evaluatorScore: string | null;
  readonly announcedScore: string | null;
  readonly announcedBand: string | null;
  readonly announcedOn: string | null;
}

/** The rounds of some agreements, in the order of their spans; in public, nothing of a round before it is closed. */
export async function findRounds(
  manager: EntityManager,
  { past, position }: Standpoint,
  agreementIds: readonly string[],
  isPublic: boolean,
): Promise<ReadonlyMap<string, readonly AgreementRound[]>> {
  const from = past
    ? `read_model.agreement_round AS k CROSS JOIN LATERAL (SELECT * FROM read_model.agreement_round_history AS each
         WHERE each.agreement_id = k.agreement_id AND each.round = k.round AND each.from_position <= $2
         ORDER BY each.from_position DESC LIMIT 1) AS r`
    : 'read_model.agreement_round AS r';
  const column = (name: string): string => (isPublic ? `CASE WHEN r.is_closed THEN r.${name} END` : `r.${name}`);
  const rows = await manager.query<(AgreementRound & { agreementId: string })[]>(
    `SELECT r.agreement_id AS "agreementId", r.round, r.period, r.is_closed AS "isClosed",
            r.closed_revision AS "closedRevision", r.closed_on::text AS "closedOn", (${column('total')})::text AS total,
            ${column('no_total_reason')} AS "noTotalReason", ${column('band')} AS band,
            (${column('weight_counted_percent')})::text AS "weightCountedPercent",
            (${column('certified_weight_percent')})::text AS "certifiedWeightPercent",
            ${isPublic ? 'NULL' : 'r.self_score::text'} AS "selfScore", (${column('evaluator_score')})::text AS "evaluatorScore",
            r.announced_score::text AS "announcedScore", r.announced_band AS "announcedBand",
            r.announced_on::text AS "announcedOn"
     FROM ${from}
     WHERE ${past ? 'k' : 'r'}.agreement_id = ANY($1::uuid[]) AND r.round <> '' AND r.present
     ORDER BY r.agreement_id, split_part(r.period, '..', 2), r.round`,
    past ? [agreementIds, position] : [agreementIds],
  );
  const rounds = new Map<string, AgreementRound[]>(agreementIds.map((id) => [id, []]));
  for (const { agreementId, ...round } of rows) rounds.get(agreementId)?.push(round);
  return rounds;
}
