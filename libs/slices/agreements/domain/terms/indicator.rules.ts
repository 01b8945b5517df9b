import { compareDecimals, NOT_STATED, type Rejection } from '@khamrap/kernel';
import type { CalendarRound } from '../agreement.commands';
import { refuse } from '../agreement.refusals';
import type { DraftedAgreement, IndicatorOutline, Indicators, IndicatorTerms } from '../agreement.state';
import { isBelow, isDisplayNumber } from './display-number';

const GOAL_NUMBER_MAX = 99;
/** Several keepers make an indicator joint, and one alone does not. */
const JOINT_KEEPER_COUNT_MIN = 2;

/** Refuses the terms of an indicator, of a new one or of one that is there already, beside those of the others. */
export function refusalOfTerms(
  terms: IndicatorTerms,
  state: DraftedAgreement,
  calendar?: readonly CalendarRound[],
): Rejection | undefined {
  return (
    refusalOfNumber(terms, state.indicators) ??
    refusalOfFigures(terms) ??
    refusalOfParent(terms, state.indicators) ??
    refusalOfSubIndicators(terms, state.indicators) ??
    refusalOfWeights(withTerms(state.indicators, terms), [terms.indicatorId]) ??
    refusalOfKeepers(terms) ??
    refusalOfRounds(terms, calendar) ??
    refusalOfBaselines(terms, state.fiscalYear)
  );
}

function refusalOfNumber({ indicatorId, displayNumber }: IndicatorTerms, indicators: Indicators) {
  if (!isDisplayNumber(displayNumber)) return refuse('indicator.numberMalformed', { displayNumber }, '/displayNumber');
  for (const [otherId, { terms }] of indicators) {
    if (otherId === indicatorId || terms.displayNumber !== displayNumber) continue;
    return refuse('indicator.numberTaken', { displayNumber }, '/displayNumber');
  }
  return undefined;
}

function refusalOfFigures({ goalNumber, weight }: IndicatorTerms): Rejection | undefined {
  if (goalNumber !== undefined && (goalNumber < 1 || goalNumber > GOAL_NUMBER_MAX)) {
    return refuse('indicator.goalNumberOutOfRange', { goalNumber }, '/goalNumber');
  }
  return refusalOfNegativeWeight(weight, '/weight');
}

/** `pointer` leads to the weight in the data of the command. */
export function refusalOfNegativeWeight(weight: string, pointer: string): Rejection | undefined {
  if (weight === NOT_STATED || compareDecimals(weight, '0') >= 0) return undefined;
  return refuse('indicator.weightNegative', { weight }, pointer);
}

/** A number lies below that of the parent, so the way up ends and never meets itself. */
function refusalOfParent({ parentIndicatorId, displayNumber }: IndicatorTerms, indicators: Indicators) {
  if (parentIndicatorId === undefined) return undefined;
  const parent = indicators.get(parentIndicatorId)?.terms;
  if (!parent) return refuse('indicator.parentUnknown', { parentIndicatorId }, '/parentIndicatorId');
  if (isBelow(displayNumber, parent.displayNumber)) return undefined;
  return refuse('indicator.numberNotBelowParent', { parentNumber: parent.displayNumber }, '/displayNumber');
}

function refusalOfSubIndicators({ indicatorId, displayNumber }: IndicatorTerms, indicators: Indicators) {
  const left = childrenOf(indicatorId, indicators).filter(({ terms }) => !isBelow(terms.displayNumber, displayNumber));
  if (left.length === 0) return undefined;
  const subIndicatorNumbers = left.map(({ terms }) => terms.displayNumber);
  return refuse('indicator.numberNotAboveSubIndicators', { subIndicatorNumbers }, '/displayNumber');
}

/** The sub-indicators right below an indicator. */
export function childrenOf(
  indicatorId: string,
  indicators: Indicators,
): readonly { readonly terms: IndicatorOutline }[] {
  return [...indicators.values()].filter(({ terms }) => terms.parentIndicatorId === indicatorId);
}

/** Refuses where one of the indicators named carries weight, and one above or below it does too. */
export function refusalOfWeights(indicators: Indicators, indicatorIds: readonly string[]): Rejection | undefined {
  for (const indicatorId of indicatorIds) {
    const terms = indicators.get(indicatorId)?.terms;
    if (!terms || !carriesWeight(terms)) continue;
    const other = [...above(terms, indicators), ...below(indicatorId, indicators)].find(carriesWeight);
    if (other) return refuse('indicator.weightSplit', { carriedBy: other.displayNumber }, '/weight');
  }
  return undefined;
}

function above({ parentIndicatorId }: IndicatorOutline, indicators: Indicators): readonly IndicatorOutline[] {
  const parent = parentIndicatorId === undefined ? undefined : indicators.get(parentIndicatorId)?.terms;
  return parent ? [parent, ...above(parent, indicators)] : [];
}

function below(indicatorId: string, indicators: Indicators): readonly IndicatorOutline[] {
  return [...indicators]
    .filter(([, { terms }]) => terms.parentIndicatorId === indicatorId)
    .flatMap(([childId, { terms }]) => [terms, ...below(childId, indicators)]);
}

function carriesWeight({ weight }: Pick<IndicatorOutline, 'weight'>): boolean {
  return weight !== NOT_STATED && compareDecimals(weight, '0') > 0;
}

function withTerms(indicators: Indicators, terms: IndicatorTerms): Indicators {
  return new Map<string, { readonly terms: IndicatorOutline }>(indicators).set(terms.indicatorId, { terms });
}

function refusalOfKeepers({ keepers = [], kind }: IndicatorTerms): Rejection | undefined {
  const repeated = repeatedIn(keepers.map(({ officeId }) => officeId));
  if (repeated >= 0) return refuse('indicator.keeperRepeated', {}, `/keepers/${repeated}`);
  if (kind !== 'joint' || keepers.length >= JOINT_KEEPER_COUNT_MIN) return undefined;
  return refuse('indicator.keepersMissing', { countMin: JOINT_KEEPER_COUNT_MIN }, '/keepers');
}

function refusalOfRounds({ rounds }: IndicatorTerms, calendar?: readonly CalendarRound[]): Rejection | undefined {
  if (!rounds) return undefined;
  if (rounds.length === 0) return refuse('indicator.roundMissing', {}, '/rounds');
  const repeated = repeatedIn(rounds);
  if (repeated >= 0) return refuse('indicator.roundRepeated', {}, `/rounds/${repeated}`);
  const [unknown] = roundsOutside(calendar, rounds);
  if (!calendar || unknown === undefined) return undefined;
  const known = calendar.map(({ round }) => round);
  return refuse('indicator.roundUnknown', { round: unknown, rounds: known }, `/rounds/${rounds.indexOf(unknown)}`);
}

/** Those of the rounds that the calendar does not have: nothing would ever be judged in them. */
export function roundsOutside(
  calendar: readonly CalendarRound[] | undefined,
  rounds: readonly string[] = [],
): readonly string[] {
  return calendar ? rounds.filter((code) => !calendar.some(({ round }) => round === code)) : [];
}

function refusalOfBaselines({ baselines = [] }: IndicatorTerms, fiscalYear: number): Rejection | undefined {
  const late = baselines.findIndex((baseline) => baseline.fiscalYear >= fiscalYear);
  if (late >= 0) return refuse('indicator.baselineNotEarlier', { fiscalYear }, `/baselines/${late}/fiscalYear`);
  const repeated = repeatedIn(baselines.map((baseline) => baseline.fiscalYear));
  return repeated >= 0 ? refuse('indicator.baselineRepeated', {}, `/baselines/${repeated}/fiscalYear`) : undefined;
}

/** The place of the first item that was there before; -1 where there is none. */
function repeatedIn(items: readonly unknown[]): number {
  return items.findIndex((item, index) => items.indexOf(item) < index);
}
