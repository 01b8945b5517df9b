import { compareDecimals, NOT_STATED, spanKey, type Provenance, type Rejection } from '@khamrap/kernel';
import type { AddIndicator, SetTarget } from './agreement.commands';
import type { IndicatorAdded, SignaturesVoided, TargetSet } from './agreement.events';
import { refuse } from './agreement.refusals';
import type { DraftedAgreement, IndicatorOutline, Indicators, TargetTerms } from './agreement.state';
import { isBelow, isDisplayNumber } from './display-number';
import { refusalOfSpan } from './span.rules';

/** Far above what any agreement has; it bounds the terms that a signatory has to read, and a fold's copies. */
const INDICATOR_COUNT_MAX = 500;
const GOAL_NUMBER_MAX = 99;

export function addIndicator(
  { data, provenance }: AddIndicator,
  state: DraftedAgreement,
): readonly (IndicatorAdded | SignaturesVoided)[] | Rejection {
  const refusal =
    refusalOfChange(state, provenance) ??
    refusalOfPlace(data, state.indicators) ??
    refusalOfFigures(data) ??
    refusalOfParent(data, state.indicators);
  return refusal ?? [{ type: 'IndicatorAdded', data }, ...signaturesVoidedIn(state)];
}

export function setTarget(
  { data, provenance }: SetTarget,
  state: DraftedAgreement,
): readonly (TargetSet | SignaturesVoided)[] | Rejection {
  const refusal = refusalOfChange(state, provenance) ?? refusalOfTarget({ data, provenance }, state);
  if (refusal) return refusal;
  const target: TargetTerms = { ...data, span: spanKey(data.span) };
  return isInDraft(target, state) ? [] : [{ type: 'TargetSet', data: target }, ...signaturesVoidedIn(state)];
}

/** What was signed is changed by an amendment only; what was announced is what the announcement says. */
function refusalOfChange(state: DraftedAgreement, provenance: Provenance): Rejection | undefined {
  if (state.status === 'inEffect') return refuse('agreement.termsFixed');
  if (state.status === 'announced' && provenance.kind === 'native') return refuse('agreement.sourceNeeded');
  return undefined;
}

function refusalOfPlace(data: AddIndicator['data'], indicators: Indicators): Rejection | undefined {
  const { indicatorId, displayNumber } = data;
  if (indicators.has(indicatorId)) return refuse('indicator.alreadyAdded', { indicatorId });
  if (indicators.size >= INDICATOR_COUNT_MAX) return refuse('indicator.tooMany', { countMax: INDICATOR_COUNT_MAX });
  if (!isDisplayNumber(displayNumber)) return refuse('indicator.numberMalformed', { displayNumber }, '/displayNumber');
  for (const indicator of indicators.values()) {
    if (indicator.terms.displayNumber !== displayNumber) continue;
    return refuse('indicator.numberTaken', { displayNumber }, '/displayNumber');
  }
  return undefined;
}

function refusalOfFigures({ goalNumber, weight }: AddIndicator['data']): Rejection | undefined {
  if (goalNumber !== undefined && (goalNumber < 1 || goalNumber > GOAL_NUMBER_MAX)) {
    return refuse('indicator.goalNumberOutOfRange', { goalNumber }, '/goalNumber');
  }
  if (weight !== NOT_STATED && compareDecimals(weight, '0') < 0) {
    return refuse('indicator.weightNegative', { weight }, '/weight');
  }
  return undefined;
}

/** A parent stands before its children, so the way up ends and never meets itself. */
function refusalOfParent(data: AddIndicator['data'], indicators: Indicators): Rejection | undefined {
  const { parentIndicatorId, displayNumber } = data;
  if (parentIndicatorId === undefined) return undefined;
  const parent = indicators.get(parentIndicatorId)?.terms;
  if (!parent) return refuse('indicator.parentUnknown', { parentIndicatorId }, '/parentIndicatorId');
  if (!isBelow(displayNumber, parent.displayNumber)) {
    return refuse('indicator.numberNotBelowParent', { parentNumber: parent.displayNumber }, '/displayNumber');
  }
  if (!carriesWeight(data)) return undefined;
  for (let above: IndicatorOutline | undefined = parent; above; above = parentOf(above, indicators)) {
    if (carriesWeight(above)) return refuse('indicator.weightSplit', { carriedBy: above.displayNumber }, '/weight');
  }
  return undefined;
}

function parentOf({ parentIndicatorId }: IndicatorOutline, indicators: Indicators): IndicatorOutline | undefined {
  return parentIndicatorId === undefined ? undefined : indicators.get(parentIndicatorId)?.terms;
}

function carriesWeight({ weight }: Pick<IndicatorOutline, 'weight'>): boolean {
  return weight !== NOT_STATED && compareDecimals(weight, '0') > 0;
}

function refusalOfTarget(
  { data, provenance }: Pick<SetTarget, 'data' | 'provenance'>,
  state: DraftedAgreement,
): Rejection | undefined {
  const { indicatorId, span, unit } = data;
  const indicator = state.indicators.get(indicatorId);
  if (!indicator) return refuse('indicator.unknown', { indicatorId });
  const refusal = refusalOfSpan({ span, provenance, period: state.period, outsidePeriod: 'target.spanOutsidePeriod' });
  if (refusal) return refusal;
  if (indicator.terms.unit !== NOT_STATED && unit !== indicator.terms.unit) {
    return refuse('target.unitDiffers', { indicatorUnit: indicator.terms.unit }, '/unit');
  }
  // A draft is still being negotiated, so there the newest target for a span counts. Elsewhere it would be an overwriting.
  const isSet = 'targetSpans' in indicator && indicator.targetSpans.has(spanKey(span));
  return isSet ? refuse('target.alreadySet', { span: spanKey(span) }, '/span') : undefined;
}

function isInDraft(target: TargetTerms, state: DraftedAgreement): boolean {
  if (state.status !== 'draft') return false;
  const standing = state.indicators.get(target.indicatorId)?.targets.get(target.span);
  return (
    standing !== undefined &&
    standing.value === target.value &&
    standing.unit === target.unit &&
    standing.asPrinted === target.asPrinted
  );
}

/** Who signed has signed other terms than these. */
function signaturesVoidedIn(state: DraftedAgreement): readonly SignaturesVoided[] {
  if (state.status !== 'draft' || state.signatures.length === 0) return [];
  const signatures = state.signatures.map(({ side, officeId }) => ({ side, officeId }));
  return [{ type: 'SignaturesVoided', data: { signatures } }];
}
