import type { EntityManager } from 'typeorm';
import { newestInSight, rowsInSight } from './rows-in-sight';
import { Parameters, type View } from './standings.sql';
import { agreementRoundTable } from './standings.tables';

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

/** The rounds of some agreements, in the order of their spans. */
export async function findRounds(
  manager: EntityManager,
  { standpoint: { past, position }, sight }: View,
  agreementIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AgreementRound[]>> {
  const parameters = new Parameters();
  const ids = parameters.add(agreementIds);
  const latest = rowsInSight(agreementRoundTable, sight, parameters);
  const from = past
    ? `${latest} AS k
       CROSS JOIN LATERAL ${newestInSight(agreementRoundTable, sight, parameters, 'k', parameters.add(position))} AS r`
    : `${latest} AS r`;
  const rows = await manager.query<(AgreementRound & { agreementId: string })[]>(
    `SELECT r.agreement_id AS "agreementId", r.round, r.period, r.is_closed AS "isClosed",
            r.closed_revision AS "closedRevision", r.closed_on::text AS "closedOn", r.total::text AS total,
            r.no_total_reason AS "noTotalReason", r.band, r.weight_counted_percent::text AS "weightCountedPercent",
            r.certified_weight_percent::text AS "certifiedWeightPercent", r.self_score::text AS "selfScore",
            r.evaluator_score::text AS "evaluatorScore",
            r.announced_score::text AS "announcedScore", r.announced_band AS "announcedBand",
            r.announced_on::text AS "announcedOn"
     FROM ${from}
     WHERE ${past ? 'k' : 'r'}.agreement_id = ANY(${ids}::uuid[]) AND r.round <> '' AND r.present
     ORDER BY r.agreement_id, split_part(r.period, '..', 2), r.round`,
    parameters.values,
  );
  const rounds = new Map<string, AgreementRound[]>(agreementIds.map((id) => [id, []]));
  for (const { agreementId, ...round } of rows) rounds.get(agreementId)?.push(round);
  return rounds;
}
