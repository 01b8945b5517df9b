import { PUBLIC_SIGHT } from '@khamrap/platform/access';
import type { Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { roundsAt, TARGETS_JUDGED } from '../roll-ups/rounds.sql';
import { Parameters } from '../standings/standings.sql';

/** Why somebody has no rank, the reason that is told first. */
export const UNRANKED_REASONS = [
  'roundOpen',
  'weightNotStated',
  'notScored',
  'nothingCounted',
  'otherScheme',
  'unsignedBasis',
  'belowMinimumCertifiedWeight',
] as const;
export type UnrankedReason = (typeof UNRANKED_REASONS)[number];

export interface LeagueQuestion {
  readonly fiscalYear: number;
  readonly round: string;
  readonly scheme: string;
  readonly by: 'province' | 'office' | 'agreement';
  readonly minimumCertifiedWeight?: string;
}

/** Where a page ended: the rank (that of the unranked lies behind all others) and the key. */
export type LeagueCursor = readonly [place: number, key: string];

/** The place of those who have no rank. */
export const UNRANKED_PLACE = 2_147_483_647;

export interface RankedRow {
  readonly key: string | null;
  readonly name: string | null;
  readonly rank: number | null;
  readonly unrankedReason: UnrankedReason | null;
  readonly total: string | null;
  readonly band: string | null;
  readonly certifiedWeightPercent: string | null;
  readonly agreementCount: number;
  readonly rankedAgreementCount: number;
  readonly targetsMet: number;
  readonly targetsJudged: number;
  readonly rankBefore: number | null;
  /** Where it stands in the order: the sort keys. */
  readonly place: number;
  readonly sortKey: string;
}

/** What is ranked, what it is called, and as what it is found again a year before. */
const GROUPS = {
  province: { key: 'r.province', name: 'NULL::text', lasting: 'r.province' },
  office: { key: 'r.office_id', name: 'min(r.office_name)', lasting: 'r.office_id' },
  agreement: { key: 'r.agreement_id::text', name: 'min(r.office_name)', lasting: `min(r.office_id || ' ' || r.level)` },
} as const;

/**
 * The league as it is published, whoever asks: a rank among those whom somebody may see would be no rank. What is left out of it
 * for that, rounds that are still open, has no rank in any case.
 *
 * In the order of ranks, then the unranked; `countMax` + 1 rows at the most, to tell whether more follow.
 */
export async function findLeague(
  manager: EntityManager,
  standpoint: Standpoint,
  question: LeagueQuestion,
  after: LeagueCursor | undefined,
  countMax: number,
): Promise<RankedRow[]> {
  const parameters = new Parameters();
  const now = ranked(standpoint, question, parameters);
  const before = ranked(standpoint, { ...question, fiscalYear: question.fiscalYear - 1 }, parameters);
  const place = `coalesce(n.rank, ${UNRANKED_PLACE})`;
  const beyond = after
    ? `WHERE (${place}, n."sortKey") > (${parameters.add(after[0])}::int, ${parameters.add(after[1])})`
    : '';
  return manager.query<RankedRow[]>(
    `SELECT n.key, n.name, n.rank, n.reason AS "unrankedReason", n.total::text, n.band,
            n.certified::text AS "certifiedWeightPercent", n."agreementCount", n."rankedAgreementCount", n."targetsMet",
            n."targetsJudged", b.rank AS "rankBefore", ${place} AS place, n."sortKey"
     FROM (${now}) AS n LEFT JOIN (${before}) AS b ON b.lasting = n.lasting AND b.rank IS NOT NULL
     ${beyond} ORDER BY ${place}, n."sortKey" LIMIT ${parameters.add(countMax + 1)}`,
    parameters.values,
  );
}

/**
 * Everybody of a fiscal year and round with a rank, or the reason for having none. Only signed agreements of the scheme go into
 * the total of a group, and all of them do: one that is still open or cannot be scored leaves the group without a rank.
 */
function ranked(standpoint: Standpoint, question: LeagueQuestion, parameters: Parameters): string {
  const { fiscalYear, round, scheme, by, minimumCertifiedWeight } = question;
  const { key, name, lasting } = GROUPS[by];
  const rows = roundsAt({ standpoint, sight: PUBLIC_SIGHT }, { fiscalYear, round }, parameters);
  const minimum = minimumCertifiedWeight === undefined ? undefined : parameters.add(minimumCertifiedWeight);
  const judged = `SELECT r.*, CASE
      WHEN r.basis <> 'signed' THEN 'unsignedBasis'
      WHEN r.scheme_id IS DISTINCT FROM ${parameters.add(scheme)} THEN 'otherScheme'
      WHEN NOT r.is_closed THEN 'roundOpen'
      WHEN r.total IS NULL THEN coalesce(r.no_total_reason, 'notScored') END AS reason
    FROM ${rows}`;
  const own = `r.reason IS NULL`;
  const sums = `SELECT ${key} AS key, coalesce(${key}, '') AS "sortKey", ${name} AS name, ${lasting} AS lasting,
      count(*)::int AS "agreementCount", (count(*) FILTER (WHERE ${own}))::int AS "rankedAgreementCount",
      sum(r.achieved)::int AS "targetsMet", sum(${TARGETS_JUDGED})::int AS "targetsJudged",
      CASE WHEN count(*) = 1 THEN min(r.total) ELSE round(sum(r.weighted_score) FILTER (WHERE ${own})
        / nullif(sum(r.counted_weight) FILTER (WHERE ${own}), 0), 4) END AS total,
      CASE WHEN count(*) = 1 THEN min(r.band) END AS band,
      round(sum(r.counted_weight * r.certified_weight_percent) FILTER (WHERE ${own})
        / nullif(sum(r.counted_weight) FILTER (WHERE ${own}), 0), 4) AS certified,
      ${REASONS.map((reason) => `bool_or(r.reason = '${reason}') AS "${reason}"`).join(', ')}
    FROM (${judged}) AS r GROUP BY ${key}`;
  const reason = `CASE ${firstReasons()}
      ${minimum === undefined ? '' : `WHEN coalesce(r.certified, 0) < ${minimum}::numeric THEN 'belowMinimumCertifiedWeight'`} END`;
  return `SELECT *, CASE WHEN reason IS NULL THEN
      (rank() OVER (PARTITION BY reason IS NULL ORDER BY total DESC))::int END AS rank
    FROM (SELECT r.*, ${reason} AS reason FROM (${sums}) AS r) AS reasoned`;
}

/** What keeps a whole group from being ranked. */
const BLOCKING = ['roundOpen', 'weightNotStated', 'notScored', 'nothingCounted'] as const satisfies UnrankedReason[];
/** What is left out of a group, and counts only where there is nothing else in it. */
const LEFT_OUT = ['otherScheme', 'unsignedBasis'] as const satisfies UnrankedReason[];
const REASONS = [...BLOCKING, ...LEFT_OUT];

function firstReasons(): string {
  return [
    ...BLOCKING.map((reason) => `WHEN r."${reason}" THEN '${reason}'`),
    ...LEFT_OUT.map((reason) => `WHEN r."rankedAgreementCount" = 0 AND r."${reason}" THEN '${reason}'`),
  ].join('\n      ');
}
