import { bandOf, NOT_STATED, spanKey } from '@khamrap/kernel';
import { totalOfRound, type IndicatorInRound, type RoundTotal } from '../../domain/round-total';
import {
  ALL_ROUNDS,
  isSame,
  partiesOf,
  type FoldedAgreement,
  type FoldedIndicator,
  type FoldedRound,
  type Row,
} from './folded-agreement';
import { NOT_THERE, ROUND_COLUMNS } from './published-columns';
import { toldOf } from './published-rows';
import { isCounted } from './standing-row';
import { COUNT_COLUMNS } from './standings.tables';

/** The rounds of an agreement: those of its calendar, those that something was said of, and all together. */
export function roundsOfAgreement({ calendar, rounds }: FoldedAgreement): ReadonlySet<string> {
  return new Set([ALL_ROUNDS, ...calendar.roundOfSpan.values(), ...rounds.keys()]);
}

/** The row of an agreement and a round. Closed, it is told by the snapshot; open, as if it were closed now. */
export function roundRow(agreement: FoldedAgreement, round: string): Row {
  const { heading, calendar } = agreement;
  const folded = agreement.rounds.get(round);
  const calendarRound = calendar.rounds.find((each) => each.round === round);
  const row: Row = {
    agreement_id: agreement.agreementId,
    round,
    fiscal_year: heading['fiscal_year'] ?? null,
    province: heading['province'] ?? null,
    level: heading['level'] ?? null,
    basis: heading['basis'] ?? null,
    office_id: heading['maker_office_id'] ?? null,
    office_name: heading['maker_office_name'] ?? null,
    scheme_id: heading['scheme_id'] ?? null,
    rule_version: heading['rule_version'] ?? null,
    period: calendarRound ? spanKey(calendarRound.span) : (folded?.span ?? null),
    is_closed: folded?.closed !== undefined,
    closed_revision: folded && folded.revision > 0 ? folded.revision : null,
    closed_on: folded?.closed?.closedOn ?? null,
    ...(round === ALL_ROUNDS ? NO_TOTAL : totals(agreement, round, folded)),
    self_score: folded?.scores.get('selfAssessment') ?? null,
    evaluator_score: folded?.scores.get('evaluator') ?? null,
    announced_score: statedOrNull(folded?.result?.score),
    announced_band: folded?.result?.band ?? null,
    announced_on: folded?.result?.announcedOn ?? null,
    ...counts(agreement.shown.counts, round),
    published: null,
    offices: partiesOf(agreement).join('\n'),
  };
  row['published'] = publishedOf(row, agreement, folded);
  return row;
}

/** The row as the public can know it; null where that is the row itself, empty where the public knows of no such round. */
function publishedOf(row: Row, { shown, calendar }: FoldedAgreement, folded: FoldedRound | undefined): string | null {
  const round = row['round'] as string;
  const isOfCalendar = round === ALL_ROUNDS || calendar.rounds.some((each) => each.round === round);
  if (!isOfCalendar && folded?.revision === 0 && folded.result === undefined) return NOT_THERE;
  const counted = counts(shown.publicCounts, round);
  const told: Row = row['is_closed'] === true ? { ...row, ...counted } : counted;
  const isAll = row['self_score'] === null && ROUND_COLUMNS.every((name) => (told[name] ?? null) === row[name]);
  if (isAll && isSame(counted, row)) return null;
  const positive = COUNT_COLUMNS.map(([, column]) => column).filter((column) => counted[column] !== 0);
  return toldOf(told, [...ROUND_COLUMNS, ...positive]);
}

const NO_TOTAL: Row = {
  total: null,
  no_total_reason: null,
  band: null,
  weight_counted_percent: null,
  certified_weight_percent: null,
  weighted_score: null,
  counted_weight: null,
  stated_weight: null,
};

function totals(agreement: FoldedAgreement, round: string, folded: FoldedRound | undefined): Row {
  const closed = folded?.closed;
  if (closed) {
    const made = totalOf(agreement, round, snapshotOf(agreement, closed));
    return {
      ...columnsOf(made),
      total: closed.total ?? null,
      no_total_reason: closed.noTotalReason ?? null,
      band: closed.band ?? null,
      weight_counted_percent: closed.weightCountedPercent ?? null,
      weighted_score: closed.total === undefined ? null : made.weightedScore,
    };
  }
  if (!agreement.rules.scoring || !agreement.calendar.rounds.some((each) => each.round === round)) return NO_TOTAL;
  const made = totalOf(agreement, round, indicatorsIn(agreement, round));
  const band = made.total === null ? undefined : bandOf(agreement.bands, made.total);
  return { ...columnsOf(made), band: band?.code ?? null };
}

/** Most of what happens in a round leaves its scores as they are, and then so is their total. */
function totalOf({ shown }: FoldedAgreement, round: string, indicators: readonly IndicatorInRound[]): RoundTotal {
  const known = shown.totals.get(round);
  if (known && isSameList(known.indicators, indicators)) return known.made;
  const made = totalOfRound(indicators);
  shown.totals.set(round, { indicators, made });
  return made;
}

function isSameList(known: readonly IndicatorInRound[], indicators: readonly IndicatorInRound[]): boolean {
  return (
    known.length === indicators.length &&
    indicators.every((each, index) => isSame(known[index] as IndicatorInRound, each))
  );
}

function columnsOf(made: RoundTotal): Row {
  return {
    total: made.total,
    no_total_reason: made.noTotalReason,
    band: null,
    weight_counted_percent: made.weightCountedPercent,
    certified_weight_percent: made.certifiedWeightPercent,
    weighted_score: made.weightedScore,
    counted_weight: made.countedWeight,
    stated_weight: made.statedWeight,
  };
}

function snapshotOf(
  { indicators }: FoldedAgreement,
  closed: NonNullable<FoldedRound['closed']>,
): readonly IndicatorInRound[] {
  return closed.indicators.map(({ indicatorId, weight, standing, score, certified }) => ({
    indicatorId,
    parentIndicatorId: indicators.get(indicatorId)?.terms.parentIndicatorId,
    weight,
    isCounted: standing === 'scored' || standing === 'floored' || standing === 'notScored',
    score,
    isCertified: certified === 'yes',
  }));
}

function indicatorsIn(agreement: FoldedAgreement, round: string): readonly IndicatorInRound[] {
  const span = agreement.calendar.rounds.find((each) => each.round === round)?.span;
  const period = span ? spanKey(span) : NOT_STATED;
  return [...agreement.indicators].map(([indicatorId, indicator]) => {
    const row = agreement.shown.standings.get(indicatorId)?.get(period);
    return {
      indicatorId,
      parentIndicatorId: indicator.terms.parentIndicatorId,
      weight: weightOn(indicator, span?.to),
      isCounted: isCounted(agreement, indicator, round),
      score: (row?.['score'] as string | null | undefined) ?? undefined,
      isCertified: row?.['is_certified'] === true,
    };
  });
}

/** The weight on the last day of the round: an amendment that takes effect later does not reach back. */
function weightOn({ weights }: FoldedIndicator, day: string | undefined): string {
  const standing = weights.findLast(
    ({ effectiveFrom }) => effectiveFrom === undefined || day === undefined || effectiveFrom <= day,
  );
  return standing?.weight ?? NOT_STATED;
}

function counts(byRound: ReadonlyMap<string, ReadonlyMap<string, number>>, round: string): Row {
  const counted = byRound.get(round);
  const row: Row = {};
  for (const [status, column] of COUNT_COLUMNS) row[column] = counted?.get(status) ?? 0;
  return row;
}

function statedOrNull(value: string | undefined): string | null {
  return value === undefined || value === NOT_STATED ? null : value;
}
