import {
  compareDecimals,
  figureOfRound,
  isMet,
  NOT_STATED,
  parseSpanKey,
  roundScoreOf,
  spanKey,
  totalOf,
  type Criterion,
  type Met,
  type RoundFigure,
  type RoundScore,
  type ScoringRule,
  type Span,
  type Total,
} from '@khamrap/kernel';
import type { CalendarRound } from '../agreement.commands';
import type { Direction, EvaluationRoundClosed, SnapshotStanding } from '../agreement.events';
import type { AgreementInEffect, ReportedFigure, RunningIndicator, TargetTerms } from '../agreement.state';
import { compareDisplayNumbers } from '../terms/display-number';
import { figureInSnapshot, figureToScore, headlineOf, targetToScore } from './scoring-input';

export type IndicatorSnapshot = EvaluationRoundClosed['data']['indicators'][number];

/** What a round is scored by. */
export interface RoundToScore {
  readonly round: CalendarRound;
  /** All rounds of the calendar, in their order. */
  readonly rounds: readonly CalendarRound[];
  readonly rule: ScoringRule;
}

export interface RoundSnapshot {
  /** In the order of their display numbers. */
  readonly indicators: readonly IndicatorSnapshot[];
  readonly total: Total;
  readonly targetsMet: number;
  readonly targetsJudged: number;
}

type Indicators = AgreementInEffect['indicators'];

/** Freezes and scores a round. The same state and the same rule make the same snapshot, in whatever order things came about. */
export function snapshotOf(round: RoundToScore, indicators: Indicators): RoundSnapshot {
  const judged = inOrder(indicators).map(([indicatorId, indicator]) => ({
    isPartOfWhole: bearsWeight(indicatorId, indicators, round.round.span),
    ...judgedIn(round, indicatorId, indicator, standingBefore(round, indicatorId, indicators)),
  }));
  const told = judged.filter(({ met }) => met !== 'cannotSay');
  return {
    indicators: judged.map(({ snapshot }) => snapshot),
    total: totalOf(
      judged
        .filter(({ isPartOfWhole }) => isPartOfWhole)
        .map(({ snapshot: { weight, standing, score } }) => ({ weight, counted: isCounted(standing), score })),
    ),
    targetsMet: told.filter(({ met }) => met === 'met').length,
    targetsJudged: told.length,
  };
}

/**
 * The indicators that count in the round and have figures that it would lock before every step is done. A figure that was
 * transcribed has nobody here who could certify it; it counts as the source states it, and its snapshot says so.
 */
export function waitingForCertification(round: RoundToScore, indicators: Indicators): string[] {
  const { span } = round.round;
  return inOrder(indicators)
    .filter(([indicatorId, indicator]) => {
      const figures = [...indicator.figures.values()].filter((figure) => liesIn(figure, span));
      const isWaiting = figures.some((figure) => figure.provenance === 'native' && !isCertified(figure));
      return isWaiting && standingBefore(round, indicatorId, indicators).standing === 'counted';
    })
    .map(([indicatorId]) => indicatorId);
}

type StandingBefore =
  | { readonly standing: 'counted' }
  | { readonly standing: 'exempt' | 'cancelled' }
  | { readonly standing: 'notCounted'; readonly reason: 'otherRounds' | 'weightElsewhere' };

/** How an indicator stands before anything is scored. Only what is exempt or cancelled leaves the denominator of a round. */
function standingBefore({ round, rounds }: RoundToScore, indicatorId: string, indicators: Indicators): StandingBefore {
  const indicator = indicators.get(indicatorId);
  if (!indicator || !bearsWeight(indicatorId, indicators, round.span)) {
    return { standing: 'notCounted', reason: 'weightElsewhere' };
  }
  const { terms, cancelledFromRound, exemptRounds } = indicator;
  if (terms.rounds && !terms.rounds.includes(round.round)) return { standing: 'notCounted', reason: 'otherRounds' };
  const placeOf = (code: string): number => rounds.findIndex((one) => one.round === code);
  if (cancelledFromRound !== undefined && placeOf(cancelledFromRound) <= placeOf(round.round)) {
    return { standing: 'cancelled' };
  }
  return { standing: exemptRounds.has(round.round) ? 'exempt' : 'counted' };
}

/**
 * Whether an indicator is one of those over which the weight of the agreement is spread: it has a weight of its own, or no
 * weight is stated above or below it and it has no sub-indicators.
 */
function bearsWeight(indicatorId: string, indicators: Indicators, span: Span): boolean {
  const hasWeight = (id: string): boolean => {
    const indicator = indicators.get(id);
    const weight = indicator ? weightIn(indicator, span) : NOT_STATED;
    return weight !== NOT_STATED && compareDecimals(weight, '0') > 0;
  };
  if (hasWeight(indicatorId)) return true;
  const isParent = [...indicators.values()].some(({ terms }) => terms.parentIndicatorId === indicatorId);
  return !isParent && !ancestorsOf(indicatorId, indicators).some(hasWeight);
}

function ancestorsOf(indicatorId: string, indicators: Indicators): string[] {
  const ancestors: string[] = [];
  let above = indicators.get(indicatorId)?.terms.parentIndicatorId;
  while (above !== undefined) {
    ancestors.push(above);
    above = indicators.get(above)?.terms.parentIndicatorId;
  }
  return ancestors;
}

/** The weight on the last day of a span: an amendment that takes effect later does not reach back. */
function weightIn({ terms, weights }: RunningIndicator, { to }: Span): string {
  const standing = weights?.findLast(({ effectiveFrom }) => effectiveFrom === undefined || effectiveFrom <= to);
  return standing?.weight ?? terms.weight;
}

interface Judged {
  readonly snapshot: IndicatorSnapshot;
  readonly met: Met;
}

function judgedIn(
  round: RoundToScore,
  indicatorId: string,
  indicator: RunningIndicator,
  before: StandingBefore,
): Judged {
  const { span } = round.round;
  const { terms } = indicator;
  const target = indicator.targets.get(spanKey(span));
  const figure = figureOf(round, indicator);
  const parts = partsOf(indicator, span);
  const facts = {
    indicatorId,
    displayNumber: terms.displayNumber,
    direction: terms.direction,
    weight: weightIn(indicator, span),
    ...(target && { target: withoutIndicator(target) }),
    ...(figure.kind === 'figure' && { figure: figureInSnapshot(figure) }),
    ...(parts.length > 0 && { certified: parts.every(isCertified) ? ('yes' as const) : ('no' as const) }),
  };
  if (before.standing !== 'counted') return { snapshot: { ...facts, ...before }, met: 'cannotSay' };
  const outcome = roundScoreOf(round.rule, terms.direction, targetToScore(target), figure);
  return {
    snapshot: { ...facts, ...scoreIn(outcome, terms.direction) },
    met: metBy(outcome, target, terms.direction, figure),
  };
}

function scoreIn(outcome: RoundScore, direction: Direction): Pick<IndicatorSnapshot, 'standing' | 'score' | 'reason'> {
  if (!outcome.scored) return { standing: 'notScored', reason: outcome.reason };
  if (!('atFloor' in outcome)) return { standing: 'scored', score: outcome.score };
  return {
    standing: 'floored',
    score: outcome.score,
    reason: direction === 'judged' ? 'notJudged' : outcome.atFloor,
  };
}

/** A report that is missing has not met its target, where it can be said at all what meeting it would be. */
function metBy(outcome: RoundScore, target: TargetTerms | undefined, direction: Direction, figure: RoundFigure): Met {
  const headline = headlineOf(target);
  if (figure.kind === 'figure') return isMet(direction, headline, figure);
  const isTold = outcome.scored && direction !== 'judged' && headline && hasOneAnchor(headline.criterion);
  return isTold ? 'notMet' : 'cannotSay';
}

function hasOneAnchor(criterion: Criterion): boolean {
  switch (criterion.kind) {
    case 'single':
      return true;
    case 'fiveLevels':
    case 'threeAnchors':
      return false;
    case 'milestones':
      return criterion.levels.length === 1;
    case 'dates':
      return criterion.dates.length === 1;
  }
}

/** The figure by which the round scores an indicator; for one that is judged, the score that an evaluator gave. */
function figureOf({ round, rounds }: RoundToScore, { terms, figures, evaluatedScores }: RunningIndicator): RoundFigure {
  if (terms.direction === 'judged') {
    const score = evaluatedScores.get(round.round);
    return score === undefined
      ? { kind: 'notReported' }
      : { kind: 'figure', figure: { kind: 'judged', score }, unit: 'score' };
  }
  return figureOfRound({
    accumulation: terms.accumulation ?? NOT_STATED,
    roundSpan: round.span,
    roundSpansInOrder: rounds.map(({ span }) => span),
    // Only the parts of a joint indicator say whose they are.
    keepers: terms.keepers.length > 1 ? terms.keepers : [],
    actuals: [...figures.values()].map((reported) => ({
      keeper: reported.officeId ?? '',
      span: reported.span,
      figure: figureToScore(reported),
      unit: reported.unit,
    })),
  });
}

/** The reports that stand behind the figure of a round: those for the round itself, else those for days in it. */
function partsOf({ figures }: RunningIndicator, span: Span): readonly ReportedFigure[] {
  const within = [...figures.values()].filter((figure) => liesIn(figure, span));
  const ofWhole = within.filter((figure) => figure.span === spanKey(span));
  return ofWhole.length > 0 ? ofWhole : within;
}

function liesIn({ span: key }: ReportedFigure, { from, to }: Span): boolean {
  const span = parseSpanKey(key);
  return span !== undefined && span !== NOT_STATED && from <= span.from && span.to <= to;
}

/** The keeper's step is the report itself. */
function isCertified({ certification }: ReportedFigure): boolean {
  const done = new Set(certification.map(({ step }) => step));
  return done.has('supervisor') && done.has('performanceUnit');
}

/** Whether an indicator stands in the denominator of the total. */
function isCounted(standing: SnapshotStanding): boolean {
  switch (standing) {
    case 'scored':
    case 'floored':
    case 'notScored':
      return true;
    case 'exempt':
    case 'cancelled':
    case 'notCounted':
      return false;
  }
}

function withoutIndicator({ indicatorId: _known, ...target }: TargetTerms): NonNullable<IndicatorSnapshot['target']> {
  return target;
}

function inOrder(indicators: Indicators): (readonly [string, RunningIndicator])[] {
  return [...indicators].toSorted(([, one], [, other]) =>
    compareDisplayNumbers(one.terms.displayNumber, other.terms.displayNumber),
  );
}
