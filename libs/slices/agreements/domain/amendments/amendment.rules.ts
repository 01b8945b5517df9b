import { parseSpanKey, Rejection } from '@khamrap/kernel';
import type { CalendarRound } from '../agreement.commands';
import type { AmendmentRequested } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type {
  AgreementInEffect,
  IndicatorOutline,
  Indicators,
  RunningIndicator,
  TargetTerms,
} from '../agreement.state';
import { refusalOfNegativeWeight, refusalOfWeights } from '../terms/indicator.rules';
import { refusalOfClosedRound, refusalOfRoundClosed } from '../rounds/round-lock.rules';
import { isSameData } from '../figures/same-data';
import { refusalOfSpan } from '../span.rules';
import { refusalOfStatedTarget } from '../terms/target.rules';

type Change = AmendmentRequested['data']['changes'][number];

/** A change with what its kind needs, and nothing else. */
export type ChangedTerms = { readonly indicatorId: string } & (
  | { readonly change: 'target'; readonly target: Omit<TargetTerms, 'indicatorId'> }
  | { readonly change: 'weight'; readonly weight: string }
  | { readonly change: 'cancelIndicator'; readonly fromRound: string }
);

/** Undefined where the change lacks what its kind needs, or states what it has no use for. */
export function changedTerms({ change, indicatorId, target, weight, fromRound }: Change): ChangedTerms | undefined {
  const [needed, ...others] = {
    target: [target, weight, fromRound],
    weight: [weight, target, fromRound],
    cancelIndicator: [fromRound, target, weight],
  }[change];
  if (needed === undefined || others.some((other) => other !== undefined)) return undefined;
  if (target) return { change: 'target', indicatorId, target };
  if (weight !== undefined) return { change: 'weight', indicatorId, weight };
  return fromRound === undefined ? undefined : { change: 'cancelIndicator', indicatorId, fromRound };
}

/** Refuses changes that the terms in effect do not admit, by themselves or all together. */
export function refusalOfChanges(changes: readonly Change[], state: AgreementInEffect): Rejection | undefined {
  if (changes.length === 0) return refuse('amendment.nothingChanged', {}, '/changes');
  const seen = new Set<string>();
  for (const [index, change] of changes.entries()) {
    const subject = subjectOf(change);
    if (seen.has(subject)) return refuse('amendment.changeRepeated', {}, `/changes/${index}`);
    seen.add(subject);
    const refusal = refusalOfChange(change, state);
    if (refusal) return new Rejection(refusal.code, refusal.facts, `/changes/${index}${refusal.pointer ?? ''}`);
  }
  return refusalOfNewWeights(changes, state.indicators);
}

/** What a change is about; the same subject is not changed twice at once. */
function subjectOf({ change, indicatorId, target }: Change): string {
  return [change, indicatorId, target?.span ?? ''].join(' ');
}

function refusalOfChange(change: Change, state: AgreementInEffect): Rejection | undefined {
  const { indicatorId } = change;
  const indicator = state.indicators.get(indicatorId);
  if (!indicator) return refuse('indicator.unknown', { indicatorId }, '/indicatorId');
  if (indicator.cancelledFromRound !== undefined) return refuse('amendment.indicatorCancelled', { indicatorId });
  const stated = changedTerms(change);
  if (!stated) return refuse('amendment.changeIncomplete', { change: change.change });
  switch (stated.change) {
    case 'target':
      return refusalOfNewTarget(stated.target, indicator, state);
    case 'weight':
      return (
        refusalOfNegativeWeight(stated.weight, '/weight') ??
        (stated.weight === indicator.terms.weight ? refuse('amendment.alreadySo', {}, '/weight') : undefined)
      );
    case 'cancelIndicator':
      return refusalOfRoundClosed(state, stated.fromRound);
  }
}

function refusalOfNewTarget(
  target: Omit<TargetTerms, 'indicatorId'>,
  { terms, targets }: RunningIndicator,
  state: AgreementInEffect,
): Rejection | undefined {
  const { span: key, ...stated } = target;
  const span = parseSpanKey(key);
  if (span === undefined) return refuse('span.reversed', { span: key }, '/target/span');
  const refusal =
    refusalOfSpan({
      span,
      provenance: { kind: 'native' },
      period: state.period,
      outsidePeriod: 'target.spanOutsidePeriod',
    }) ?? refusalOfStatedTarget({ target: stated, span: key, indicator: terms, provenance: 'native' });
  if (refusal) return new Rejection(refusal.code, refusal.facts, `/target${refusal.pointer ?? ''}`);
  const standing = targets.get(key);
  if (standing && isSameTarget(standing, target)) return refuse('amendment.alreadySo', { span: key }, '/target');
  return refusalOfClosedRound(state, key);
}

function isSameTarget(
  { indicatorId: _its, ...standing }: TargetTerms,
  target: Omit<TargetTerms, 'indicatorId'>,
): boolean {
  const { criterion = 'single' } = standing;
  return isSameData({ ...standing, criterion }, { ...target, criterion: target.criterion ?? 'single' });
}

/** Weight may move between an indicator and its sub-indicators, as long as one of them carries it in the end. */
function refusalOfNewWeights(changes: readonly Change[], indicators: AgreementInEffect['indicators']) {
  const changed = new Map<string, { readonly terms: IndicatorOutline }>(indicators);
  const indicatorIds: string[] = [];
  for (const { indicatorId, weight } of changes) {
    const terms = indicators.get(indicatorId)?.terms;
    if (!terms || weight === undefined) continue;
    changed.set(indicatorId, { terms: { ...terms, weight } });
    indicatorIds.push(indicatorId);
  }
  const refusal = refusalOfWeights(changed satisfies Indicators, indicatorIds);
  return refusal && new Rejection(refusal.code, refusal.facts, '/changes');
}

/** An indicator is cancelled from a round on that the calendar has, and that is open like all that come after it. */
export function refusalOfLateCancellation(
  changes: readonly Change[],
  state: AgreementInEffect,
  rounds: readonly CalendarRound[] | undefined,
): Rejection | undefined {
  for (const [index, { fromRound }] of changes.entries()) {
    if (fromRound === undefined || !rounds) continue;
    const first = rounds.findIndex(({ round }) => round === fromRound);
    const pointer = `/changes/${index}/fromRound`;
    if (first < 0) return refuse('amendment.roundUnknown', { rounds: rounds.map(({ round }) => round) }, pointer);
    for (const { round } of rounds.slice(first)) {
      const refusal = refusalOfRoundClosed(state, round);
      if (refusal) return new Rejection(refusal.code, refusal.facts, pointer);
    }
  }
  return undefined;
}
