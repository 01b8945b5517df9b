import {
  figureOfRound,
  NOT_STATED,
  parseSpanKey,
  roundScoreOf,
  type RoundFigure,
  type RoundScore,
} from '@khamrap/kernel';
import { judge, type Judgement } from '../../domain/judgement';
import { STEPS_IN_ORDER } from '../../domain/due';
import { targetToScore } from '../../domain/target-terms';
import {
  keepersOf,
  type FigureSlot,
  type FoldedAgreement,
  type FoldedFigure,
  type FoldedIndicator,
  type Row,
  type TargetVersion,
} from './folded-agreement';
import { figureColumns, reportsOf, targetColumns } from './standing-columns';

const NOT_REPORTED: RoundFigure = { kind: 'notReported' };

/**
 * Whether the row of the span that is not stated stands there without an actual: for an indicator of which nothing is stated
 * yet, and for a target without a span that no other row shows.
 */
export function standsOpen({ targets, figures }: FoldedIndicator, roundCount: number): boolean {
  if (figures.has(NOT_STATED)) return false;
  const hasOpenTarget = targets.has(NOT_STATED);
  if (targets.size + figures.size + roundCount === (hasOpenTarget ? 1 : 0)) return true;
  return hasOpenTarget && [...figures.keys()].every((span) => targets.has(span));
}

/** Whether the indicator has a row for a period. */
export function stands({ calendar }: FoldedAgreement, indicator: FoldedIndicator, period: string): boolean {
  if (period === NOT_STATED) return indicator.figures.has(NOT_STATED) || standsOpen(indicator, calendar.rounds.length);
  return indicator.targets.has(period) || indicator.figures.has(period) || calendar.roundOfSpan.has(period);
}

/** Every period for which the indicator has a row. */
export function periodsOf(agreement: FoldedAgreement, indicator: FoldedIndicator): readonly string[] {
  const spans = [...indicator.targets.keys(), ...indicator.figures.keys(), ...agreement.calendar.roundOfSpan.keys()];
  return [...new Set([...spans, NOT_STATED])].filter((span) => stands(agreement, indicator, span));
}

/** The row of one indicator and span. A target without a span is shown beside every actual without a target, and judges none. */
export function standingRow(agreement: FoldedAgreement, indicatorId: string, period: string): Row {
  const indicator = agreement.indicators.get(indicatorId) as FoldedIndicator;
  const round = agreement.calendar.roundOfSpan.get(period);
  const slots = slotsOf(agreement, indicator, period);
  const figures = slots.map(({ current }) => current);
  const hasOwnActual = indicator.figures.has(period);
  const versions =
    indicator.targets.get(period) ?? (hasOwnActual ? indicator.targets.get(NOT_STATED) : undefined) ?? [];
  const view = new StandingView(agreement, indicator, period, round);
  const figure = view.figureOf(figures);
  const isWhole = figure.kind === 'figure' || figure.kind === 'notAvailable';
  const row: Row = {
    agreement_id: agreement.agreementId,
    indicator_id: indicatorId,
    period,
    round: round ?? null,
    ...targetColumns(versions.at(-1)),
    ...figureColumns(figure, figures, keepersOf(agreement, indicator.terms).length > 1),
    is_certified: isWhole && figures.length > 0 && figures.every(isDone),
    reports: reportsOf(agreement, indicator, period, figures),
    ...view.judged(versions.at(-1), figures, figure),
    self_score: scoreBy(indicator, round, 'selfAssessment'),
    evaluator_score: scoreBy(indicator, round, 'evaluator'),
    versions: view.versions(versions, figures, figure),
    published: null,
  };
  row['published'] = view.published(row, slots, versions.at(-1));
  return row;
}

/** An indicator seen for one period. */
class StandingView {
  readonly #isApplicable: boolean;

  constructor(
    private readonly agreement: FoldedAgreement,
    private readonly indicator: FoldedIndicator,
    private readonly period: string,
    private readonly round: string | undefined,
  ) {
    this.#isApplicable = round === undefined || isCounted(agreement, indicator, round);
  }

  /** The one figure of the period; an assessor's score where that is what the indicator is judged by. */
  figureOf(figures: readonly FoldedFigure[]): RoundFigure {
    const { agreement, indicator, period } = this;
    const { terms } = indicator;
    const score = scoreBy(indicator, this.round, 'evaluator');
    if (terms.direction === 'judged' && score !== null) {
      return { kind: 'figure', figure: { kind: 'judged', score }, unit: terms.unit };
    }
    if (figures.length === 0) return NOT_REPORTED;
    const offices = terms.keepers ?? [];
    const whole = figures.find(({ actual }) => actual.span === period && (offices.length < 2 || actual.keeper === ''));
    if (whole) return figureOfOne(whole);
    const span = parseSpanKey(period);
    if (!span || span === NOT_STATED) return { kind: 'incomplete', missing: [] };
    return figureOfRound({
      accumulation: terms.accumulation ?? NOT_STATED,
      roundSpan: span,
      roundSpansInOrder: agreement.calendar.spans,
      keepers: offices.length > 1 ? offices.map(({ officeId }) => officeId) : [],
      actuals: figures.map(({ actual }) => actual),
    });
  }

  judged(version: TargetVersion | undefined, figures: readonly FoldedFigure[], figure: RoundFigure): Row {
    const { status, statusReason, attainmentPercent, gap, score } = this.#judgement(version, figures, figure);
    return {
      status,
      status_reason: statusReason,
      attainment_percent: attainmentPercent,
      gap,
      ...this.#score(version, figures, figure, score),
    };
  }

  #judgement(version: TargetVersion | undefined, figures: readonly FoldedFigure[], figure: RoundFigure): Judgement {
    const { direction } = this.indicator.terms;
    const isVerified = figures.length > 0 && figures.every(isDone);
    const standing = { direction, target: version?.terms, figure, isApplicable: this.#isApplicable, isVerified };
    return judge(standing, this.agreement.rules);
  }

  /** What the row was, or is to be, under each target since the one that was promised; null where there is but one. */
  versions(versions: readonly TargetVersion[], figures: readonly FoldedFigure[], figure: RoundFigure): string | null {
    if (versions.length < 2) return null;
    return JSON.stringify(
      versions.map((version) => ({
        from: version.effectiveFrom ?? '',
        ...targetColumns(version),
        ...this.judged(version, figures, figure),
      })),
    );
  }

  /** The row as the public can know it; null where that is the row itself. What is not mentioned is null. */
  published(row: Row, slots: readonly FigureSlot[], version: TargetVersion | undefined): string | null {
    const isClosed = row['score_basis'] === 'closed';
    const isJudgedInside = !isClosed && row['figure_kind'] === 'judged';
    const isAllPublic = !isJudgedInside && slots.every(({ current, published }) => current === published);
    const hides = !isClosed && (row['score'] ?? row['score_reason'] ?? row['evaluator_score']) !== null;
    if (isAllPublic && !hides && row['self_score'] === null) return null;
    if (isAllPublic) return toldOf(row, isClosed);
    const figures = slots.flatMap(({ published }) => published ?? []);
    const figure = isJudgedInside || figures.length === 0 ? NOT_REPORTED : this.figureOf(figures);
    const { status } = this.#judgement(version, figures, figure);
    if (figures.length === 0 && !isClosed) return JSON.stringify({ status });
    const isJoint = keepersOf(this.agreement, this.indicator.terms).length > 1;
    const shown = { ...figureColumns(figure, figures, isJoint), ...this.judged(version, figures, figure) };
    return toldOf({ ...shown, evaluator_score: row['evaluator_score'] ?? null }, isClosed);
  }

  /** Of a closed round the score of its snapshot; else what it would be if the round were closed now. */
  #score(
    version: TargetVersion | undefined,
    figures: readonly FoldedFigure[],
    figure: RoundFigure,
    held: Judgement['score'],
  ): Row {
    const { round, agreement, indicator } = this;
    const snapshot =
      round === undefined ? undefined : agreement.rounds.get(round)?.snapshots?.get(indicator.terms.indicatorId);
    if (snapshot)
      return { score: snapshot.score ?? null, score_basis: 'closed', score_reason: snapshot.reason ?? null };
    const { scoring } = agreement.rules;
    if (round === undefined || !scoring || !this.#isApplicable) return NO_SCORE;
    const standing = figures.filter(({ returnedAt }) => returnedAt === undefined);
    // What was held against the target for the status is what the figure scores.
    if (held?.scored && standing.length === figures.length && indicator.terms.direction !== NOT_STATED)
      return { score: held.score, score_basis: 'provisional', score_reason: null };
    const target = version && version.terms.span !== NOT_STATED ? targetToScore(version.terms) : undefined;
    const counted = standing.length === figures.length ? figure : this.figureOf(standing);
    const isUnjudged = indicator.terms.direction === 'judged' && scoreBy(indicator, round, 'evaluator') === null;
    const outcome = roundScoreOf(scoring, indicator.terms.direction, target, isUnjudged ? NOT_REPORTED : counted);
    return { score: outcome.scored ? outcome.score : null, score_basis: 'provisional', score_reason: whyOf(outcome) };
  }
}

const NO_SCORE = { score: null, score_basis: null, score_reason: null };

function toldOf(row: Row, isClosed: boolean): string {
  const told: Row = {};
  for (const name of isClosed ? PUBLIC_ONCE_CLOSED : PUBLIC) {
    const stated = row[name] ?? null;
    if (stated !== null) told[name] = stated;
  }
  return JSON.stringify(told);
}

/** What depends on the figure, and is told where the public can know the figure. */
const PUBLIC = [
  'figure_kind',
  'actual',
  'actual_unit',
  'actual_as_printed',
  'actual_event_id',
  'actual_details',
  'finality',
  'as_of',
  'evidence_count',
  'status',
  'status_reason',
  'attainment_percent',
  'gap',
];
const PUBLIC_ONCE_CLOSED = [...PUBLIC, 'score', 'score_basis', 'score_reason', 'evaluator_score'];

function whyOf(outcome: RoundScore): string | null {
  if (!outcome.scored) return outcome.reason;
  return 'atFloor' in outcome ? outcome.atFloor : null;
}

function figureOfOne({ actual: { figure, unit } }: FoldedFigure): RoundFigure {
  return figure.kind === 'notAvailable' ? { kind: 'notAvailable' } : { kind: 'figure', figure, unit };
}

/** Whether an indicator counts in a round: neither exempt nor cancelled by then, and one of its rounds. */
export function isCounted({ calendar }: FoldedAgreement, indicator: FoldedIndicator, round: string): boolean {
  const { terms, exemptRounds, cancelledFromRound } = indicator;
  if (exemptRounds.has(round) || (terms.rounds && terms.rounds.length > 0 && !terms.rounds.includes(round)))
    return false;
  if (cancelledFromRound === undefined) return true;
  const order = calendar.rounds.map((each) => each.round);
  const cancelled = order.indexOf(cancelledFromRound);
  return cancelled < 0 ? round !== cancelledFromRound : order.indexOf(round) < cancelled;
}

/** The figures that a period is made of: those of its span, and for sums and means those of its increments. */
export function slotsOf(
  { calendar }: FoldedAgreement,
  { figures, terms }: FoldedIndicator,
  period: string,
): readonly FigureSlot[] {
  const own = figures.get(period);
  const isMadeOfIncrements = terms.accumulation === 'sum' || terms.accumulation === 'average';
  const increments = isMadeOfIncrements ? (calendar.incrementsOfSpan.get(period) ?? []) : [];
  const slots = own ? [...own.values()] : [];
  for (const increment of increments) {
    if (increment === period) continue;
    for (const [keeper, slot] of figures.get(increment) ?? []) if (!own?.has(keeper)) slots.push(slot);
  }
  return slots;
}

function isDone({ steps }: FoldedFigure): boolean {
  return STEPS_IN_ORDER.every((step) => steps.includes(step));
}

function scoreBy({ scores }: FoldedIndicator, round: string | undefined, assessor: string): string | null {
  return (round !== undefined && scores.get(`${round} ${assessor}`)) || null;
}
