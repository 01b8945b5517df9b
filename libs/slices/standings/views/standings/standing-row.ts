import {
  figureOfRound,
  NOT_STATED,
  parseSpanKey,
  roundScoreOf,
  type RoundFigure,
  type RoundScore,
} from '@khamrap/kernel';
import { judge, judgementBeforePublication, type Judgement } from '../../domain/judgement';
import { STEPS_IN_ORDER } from '../../domain/due';
import { targetToScore } from '../../domain/target-terms';
import {
  keepersOf,
  officesConcerned,
  type FigureSlot,
  type FoldedAgreement,
  type FoldedFigure,
  type FoldedIndicator,
  type Row,
  type TargetVersion,
} from './folded-agreement';
import { CLOSED_COLUMNS, FIGURE_COLUMNS, NOT_THERE, WITHOUT_TARGET } from './published-columns';
import { toldOf } from './published-rows';
import { liesIn } from './round-calendar';
import { figureColumns, reportsOf, targetColumns } from './standing-columns';

const NOT_REPORTED: RoundFigure = { kind: 'notReported' };

/**
 * Whether the row of the span that is not stated stands there without an actual: for an indicator of which nothing is stated
 * yet, and for a target without a span that no other row shows.
 */
function standsOpen(targets: FoldedIndicator['targets'], figureSpans: readonly string[], roundCount: number): boolean {
  const hasOpenTarget = targets.has(NOT_STATED);
  if (targets.size + figureSpans.length + roundCount === (hasOpenTarget ? 1 : 0)) return true;
  return hasOpenTarget && figureSpans.every((span) => targets.has(span));
}

/** Whether the indicator has a row for a period. */
export function stands(agreement: FoldedAgreement, indicator: FoldedIndicator, period: string): boolean {
  return standsBy(agreement, indicator, period, [...indicator.figures.keys()]);
}

/** @param figureSpans the spans for which there are figures */
function standsBy(
  { calendar }: FoldedAgreement,
  { targets }: FoldedIndicator,
  period: string,
  figureSpans: readonly string[],
): boolean {
  if (figureSpans.includes(period)) return true;
  if (period === NOT_STATED) return standsOpen(targets, figureSpans, calendar.rounds.length);
  return targets.has(period) || calendar.roundOfSpan.has(period);
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
  const figures = slotsOf(agreement, indicator, period).map(({ current }) => current);
  const hasOwnActual = indicator.figures.has(period);
  const versions =
    indicator.targets.get(period) ?? (hasOwnActual ? indicator.targets.get(NOT_STATED) : undefined) ?? [];
  const view = new StandingView(agreement, indicator, period, round);
  const figure = view.figureOf(figures);
  const row: Row = {
    agreement_id: agreement.agreementId,
    indicator_id: indicatorId,
    period,
    round: round ?? null,
    ...targetColumns(versions.at(-1)),
    ...figureColumns(figure, figures, keepersOf(agreement, indicator.terms).length > 1),
    is_certified: isCertified(figure, figures),
    reports: reportsOf(agreement, indicator, period, figures),
    ...view.judged(versions.at(-1), figures, figure),
    self_score: scoreBy(indicator, round, 'selfAssessment'),
    evaluator_score: scoreBy(indicator, round, 'evaluator'),
    versions: view.versions(versions, figures, figure),
    published: null,
    province: agreement.heading['province'] ?? null,
    offices: officesConcerned(agreement, indicator.terms),
  };
  row['published'] = view.published(row, versions);
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

  /**
   * The one figure of the period; an assessor's score where that is what the indicator is judged by.
   * @param knowsScore false for the public, before the round is closed
   */
  figureOf(figures: readonly FoldedFigure[], knowsScore = true): RoundFigure {
    const { agreement, indicator, period } = this;
    const { terms } = indicator;
    const score = knowsScore ? scoreBy(indicator, this.round, 'evaluator') : null;
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
    const made = this.#judgement(version, figures, figure);
    return { ...statusColumns(made), ...this.#score(version, figures, figure, made.score) };
  }

  #judgement(version: TargetVersion | undefined, figures: readonly FoldedFigure[], figure: RoundFigure): Judgement {
    const { direction } = this.indicator.terms;
    const isVerified = figures.length > 0 && figures.every(isDone);
    const standing = { direction, target: version?.terms, figure, isApplicable: this.#isApplicable, isVerified };
    return judge(standing, this.agreement.rules);
  }

  /** What the row was, or is to be, under each target since the one that was promised; null where there is but one. */
  versions(
    versions: readonly TargetVersion[],
    figures: readonly FoldedFigure[],
    figure: RoundFigure,
    told: (version: TargetVersion) => Row = (version) => this.judged(version, figures, figure),
  ): string | null {
    if (versions.length < 2) return null;
    return JSON.stringify(
      versions.map((each) => ({ from: each.effectiveFrom ?? '', ...targetColumns(each), ...told(each) })),
    );
  }

  /**
   * The row as the public can know it; null where that is the row itself, empty where the public cannot know that there is one.
   * What is not mentioned is null. While the round is open it is made of nothing but targets and published figures.
   */
  published(row: Row, versions: readonly TargetVersion[]): string | null {
    const { agreement, indicator, period } = this;
    const isClosed = row['score_basis'] === 'closed';
    const isSilenceKnown = isClosed || liesInClosedRound(agreement, period);
    const figures = slotsOf(agreement, indicator, period, isPublished).flatMap(({ published }) => published ?? []);
    const spans = [...indicator.figures].filter(([, of]) => [...of.values()].some(isPublished)).map(([span]) => span);
    if (!standsBy(agreement, indicator, period, spans)) return NOT_THERE;
    const isTargetKnown = indicator.targets.has(period) || spans.includes(period) || versions.length === 0;
    const known = isTargetKnown ? versions : [];
    const figure = this.figureOf(figures, isClosed);
    const told = (version: TargetVersion | undefined): Row => {
      const made = this.#judgement(version, figures, figure);
      const score = isClosed ? this.#score(version, figures, figure, made.score) : NO_SCORE;
      return { ...statusColumns(isSilenceKnown ? made : judgementBeforePublication(made)), ...score };
    };
    // Who is missing may have reported what is not published.
    const stated = figure.kind === 'incomplete' && !isSilenceKnown ? { ...figure, missing: [] } : figure;
    const shown: Row = {
      ...figureColumns(stated, figures, keepersOf(agreement, indicator.terms).length > 1),
      ...told(known.at(-1)),
      versions: this.versions(known, figures, figure, told),
      evaluator_score: isClosed ? (row['evaluator_score'] ?? null) : null,
      is_certified: isCertified(figure, figures),
    };
    const columns = isClosed ? [...FIGURE_COLUMNS, ...CLOSED_COLUMNS] : FIGURE_COLUMNS;
    const isRowItself =
      isTargetKnown &&
      row['self_score'] === null &&
      [...FIGURE_COLUMNS, ...CLOSED_COLUMNS].every((name) => (shown[name] ?? null) === (row[name] ?? null));
    if (isRowItself) return null;
    const text = toldOf(shown, columns);
    return isTargetKnown ? text : `${WITHOUT_TARGET},${text.slice(1)}`;
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

function statusColumns({ status, statusReason, attainmentPercent, gap }: Judgement): Row {
  return { status, status_reason: statusReason, attainment_percent: attainmentPercent, gap };
}

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

/**
 * The figures that a period is made of: those of its span, and for sums and means those of its increments.
 * @param isThere which figures there are for whoever asks
 */
export function slotsOf(
  { calendar }: FoldedAgreement,
  { figures, terms }: FoldedIndicator,
  period: string,
  isThere: (slot: FigureSlot) => boolean = () => true,
): readonly FigureSlot[] {
  const own = new Map([...(figures.get(period) ?? [])].filter(([, slot]) => isThere(slot)));
  const isMadeOfIncrements = terms.accumulation === 'sum' || terms.accumulation === 'average';
  const increments = isMadeOfIncrements ? (calendar.incrementsOfSpan.get(period) ?? []) : [];
  const slots = [...own.values()];
  for (const increment of increments) {
    if (increment === period) continue;
    for (const [keeper, slot] of figures.get(increment) ?? []) if (isThere(slot) && !own.has(keeper)) slots.push(slot);
  }
  return slots;
}

function isPublished({ published }: FigureSlot): boolean {
  return published !== undefined;
}

function isCertified({ kind }: RoundFigure, figures: readonly FoldedFigure[]): boolean {
  return (kind === 'figure' || kind === 'notAvailable') && figures.length > 0 && figures.every(isDone);
}

function liesInClosedRound({ rounds }: FoldedAgreement, period: string): boolean {
  return [...rounds.values()].some(({ closed }) => closed !== undefined && liesIn(period, closed.span));
}

function isDone({ steps }: FoldedFigure): boolean {
  return STEPS_IN_ORDER.every((step) => steps.includes(step));
}

function scoreBy({ scores }: FoldedIndicator, round: string | undefined, assessor: string): string | null {
  return (round !== undefined && scores.get(`${round} ${assessor}`)) || null;
}
