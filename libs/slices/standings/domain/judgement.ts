import type { Direction } from '@khamrap/agreements/events';
import {
  divideDecimals,
  isMet,
  multiplyDecimals,
  NOT_STATED,
  PERCENT,
  percentOf,
  SCORE_FRACTION_DIGITS,
  scoreOf,
  statusOf,
  STATUSES as RULED_STATUSES,
  subtractDecimals,
  type ActualToScore,
  type DecimalText,
  type NotScoredReason,
  type RoundFigure,
  type ScoreOutcome,
  type ScoringRule,
  type StatusFacts,
  type StatusRules,
} from '@khamrap/kernel';
import { headlineOf, targetToScore, type TargetTerms } from './target-terms';

/**
 * How an indicator stands for one span. Colours and words of dashboards rest on these and on nothing else. All but the last
 * two are told by the rules of a scheme; `directionNotStated` says that no rule can tell which way is better, `notPublished`
 * that the public is not told whether there is a report.
 */
export const STATUSES = [...RULED_STATUSES, 'directionNotStated', 'notPublished'] as const;
export type Status = (typeof STATUSES)[number];

/** The statuses that say how far a target was met. All others say why that cannot be said. */
export const JUDGED_STATUSES: readonly Status[] = ['achieved', 'onTrack', 'atRisk', 'offTrack'];

/** By which rules it is judged: data of a scheme, or the rules that hold without one. */
export interface JudgingRules {
  readonly statusRules: StatusRules;
  /** Absent where no scheme is named, or its rule is not published. */
  readonly scoring?: ScoringRule | undefined;
}

/** An indicator in one span. */
export interface StandingToJudge {
  readonly direction: Direction;
  /** The target stated for this very span, or one whose span is not stated; undefined where there is neither. */
  readonly target: TargetTerms | undefined;
  readonly figure: RoundFigure;
  /** False where it is exempt, cancelled, or does not count in this round. */
  readonly isApplicable: boolean;
  /** Whether all steps of certification are done. */
  readonly isVerified: boolean;
}

/** Why a status could not be told from a figure although there is one. */
export type StatusReason = NotScoredReason | NonNullable<Uncombined['reason']> | 'headlineNotStated';
type Uncombined = Extract<RoundFigure, { kind: 'notCombinable' }>;

export interface Judgement {
  readonly status: Status;
  readonly statusReason: StatusReason | null;
  /** The actual in per cent of the target, two digits after the point; null where that would say nothing. */
  readonly attainmentPercent: DecimalText | null;
  /** The actual less the target, in their unit; null where the two cannot be compared. */
  readonly gap: DecimalText | null;
  /** What the figure scores by the rule of the scheme; undefined without a rule, a figure, or a target of its span. */
  readonly score: ScoreOutcome | undefined;
}

/**
 * A judgement as the public is told it before the figures of a span are published. It says the same whether something was
 * reported, or assessed, or nothing was: neither is public, and that somebody is silent may be untrue.
 */
export function judgementBeforePublication<Told extends Pick<Judgement, 'status' | 'statusReason'>>(told: Told): Told {
  const { status, statusReason } = told;
  const saysSilent =
    status === 'notReported' || (status === 'incomplete' && (statusReason === null || statusReason === 'notJudgedYet'));
  return saysSilent ? { ...told, status: 'notPublished', statusReason: null } : told;
}

const ATTAINMENT_FRACTION_DIGITS = 2;

/**
 * Judges a figure against the target stated for the very same span: no straight-line proration, nothing carried forward.
 * A target whose span the source does not state claims nothing about any span, so neither attainment nor gap is computed.
 * Where it is not stated which way is better, nobody can say whether the target was met; the gap is a difference all the same.
 */
export function judge(standing: StandingToJudge, rules: JudgingRules): Judgement {
  const { statusRules, scoring } = rules;
  const { held, measures } = measured(standing, rules);
  const told = statusOf(statusRules, factsOf(standing, held, measures, scoring));
  return {
    status: told ?? untold(standing, held),
    statusReason: reasonOf(standing, held, told),
    attainmentPercent: measures.attainmentPercent,
    gap: measures.gap,
    score: scoring && held,
  };
}

/** The figure as one number of its unit; a quotient is rounded half-up to four digits. Undefined where it is none. */
export function amountOf({ figure, unit }: ActualToScore): DecimalText | undefined {
  switch (figure.kind) {
    case 'value':
    case 'delta':
      return figure.value;
    case 'ratio': {
      const numerator = unit === PERCENT ? multiplyDecimals(figure.numerator, '100') : figure.numerator;
      return divideDecimals(numerator, figure.denominator, SCORE_FRACTION_DIGITS);
    }
    case 'milestone':
    case 'date':
    case 'judged':
    case 'narrative':
    case 'notAvailable':
      return undefined;
  }
}

// Whether a figure can be held against a target does not depend on how many points it would get.
const YARDSTICK: ScoringRule = {
  ruleVersion: 0,
  fiveLevels: ['1', '2', '3', '4', '5'],
  threeAnchors: ['1', '2', '3'],
  between: 'linear',
  belowLowest: '0',
  single: { met: '1', notMet: '0' },
  judged: { min: '0', max: '100' },
};

const INCOMPARABLE: readonly NotScoredReason[] = [
  'noTarget',
  'criterionUnusable',
  'unitDiffers',
  'deltaAgainstValue',
  'valueAgainstDelta',
  'deltaAgainstOtherSpan',
];

/** A figure beside a target. */
interface Measured {
  /** Undefined where there is no figure, or no target of its span. */
  readonly held: ScoreOutcome | undefined;
  readonly measures: Measures;
}

/** What was measured last against a target, and what of. */
interface Remembered extends Measured, Pick<StandingToJudge, 'direction'>, ActualToScore {
  readonly rules: JudgingRules;
}
const remembered = new WeakMap<TargetTerms, Remembered>();

/** Three of four events on a figure certify it, close its round, or are about another one: they measure nothing anew. */
function measured(standing: StandingToJudge, rules: JudgingRules): Measured {
  const { direction, target, figure } = standing;
  if (!target || figure.kind !== 'figure') return measuredAnew(standing, rules);
  const known = remembered.get(target);
  if (
    known?.figure === figure.figure &&
    known.unit === figure.unit &&
    known.direction === direction &&
    known.rules === rules
  )
    return known;
  const made = { ...measuredAnew(standing, rules), figure: figure.figure, unit: figure.unit, direction, rules };
  remembered.set(target, made);
  return made;
}

function measuredAnew(standing: StandingToJudge, { statusRules, scoring }: JudgingRules): Measured {
  const held = heldAgainstTarget(standing, scoring);
  return { held, measures: held === undefined ? NO_MEASURES : measuresOf(standing, held, statusRules) };
}

function heldAgainstTarget(
  { direction, target, figure }: StandingToJudge,
  scoring: ScoringRule | undefined,
): ScoreOutcome | undefined {
  if (figure.kind !== 'figure') return undefined;
  if (direction !== 'judged' && (!target || target.span === NOT_STATED)) return undefined;
  // Which way is better matters to the score, not to whether two numbers can be compared.
  const way = direction === NOT_STATED ? 'higher' : direction;
  return scoreOf(scoring ?? YARDSTICK, way, target && targetToScore(target), figure);
}

interface Measures extends Pick<Judgement, 'attainmentPercent' | 'gap'> {
  readonly met: StatusFacts['met'];
  /** With as many digits as thresholds of a scheme may have. */
  readonly exactAttainment?: DecimalText | undefined;
}

const NO_MEASURES: Measures = { attainmentPercent: null, gap: null, met: 'cannotSay' };

function measuresOf(
  { direction, target, figure }: StandingToJudge,
  held: ScoreOutcome,
  { thresholds }: StatusRules,
): Measures {
  if (!target || figure.kind !== 'figure' || (!held.scored && INCOMPARABLE.includes(held.reason))) return NO_MEASURES;
  const headline = headlineOf(target);
  const met = isMet(direction, headline, figure);
  const amount = amountOf(figure);
  if (headline?.criterion.kind !== 'single' || amount === undefined) return { ...NO_MEASURES, met };
  const { value } = headline.criterion;
  const percent = (digits: number): DecimalText | undefined =>
    direction === 'higher' ? percentOf(amount, value, digits) : undefined;
  return {
    met,
    gap: subtractDecimals(amount, value),
    attainmentPercent: percent(ATTAINMENT_FRACTION_DIGITS) ?? null,
    exactAttainment: thresholds.some(({ measure }) => measure === 'attainmentPercent')
      ? percent(SCORE_FRACTION_DIGITS)
      : undefined,
  };
}

function factsOf(
  { direction, target, figure, isApplicable, isVerified }: StandingToJudge,
  held: ScoreOutcome | undefined,
  { met, exactAttainment }: Measures,
  scoring: ScoringRule | undefined,
): StatusFacts {
  const isIncomparable = held !== undefined && !held.scored && INCOMPARABLE.includes(held.reason);
  const isStated = direction === 'judged' || (target !== undefined && !isIncomparable);
  return {
    isApplicable,
    isVerified,
    target: !isStated ? 'none' : target?.span === NOT_STATED ? 'spanNotStated' : 'stated',
    report: REPORT[figure.kind],
    met,
    score: scoring && direction !== NOT_STATED && held?.scored === true ? held.score : undefined,
    attainmentPercent: exactAttainment,
  };
}

const REPORT: Readonly<Record<RoundFigure['kind'], StatusFacts['report']>> = {
  figure: 'reported',
  incomplete: 'incomplete',
  notReported: 'notReported',
  notAvailable: 'notAvailable',
  notCombinable: 'incomplete',
};

/** There is a report, and nothing of it can be measured by the rules. */
function untold({ direction }: StandingToJudge, held: ScoreOutcome | undefined): Status {
  if (held === undefined) return 'noTarget';
  if (!held.scored) return UNTOLD[held.reason];
  return direction === NOT_STATED ? 'directionNotStated' : 'noTarget';
}

const UNTOLD: Readonly<Record<NotScoredReason, Status>> = {
  noTarget: 'noTarget',
  criterionUnusable: 'noTarget',
  unitDiffers: 'noTarget',
  deltaAgainstValue: 'noTarget',
  valueAgainstDelta: 'noTarget',
  deltaAgainstOtherSpan: 'noTarget',
  directionNotStated: 'directionNotStated',
  notJudgedYet: 'incomplete',
  judgedOutOfRange: 'incomplete',
  figureDoesNotFitDirection: 'notAvailable',
  denominatorZero: 'notAvailable',
  narrativeOnly: 'notAvailable',
  notAvailable: 'notAvailable',
};

function reasonOf(
  { direction, figure }: StandingToJudge,
  held: ScoreOutcome | undefined,
  told: Status | undefined,
): StatusReason | null {
  if (figure.kind === 'notCombinable') return figure.reason;
  if (held === undefined) return null;
  if (!held.scored) return held.reason;
  return told === undefined && direction !== NOT_STATED ? 'headlineNotStated' : null;
}
