import { NOT_STATED, spanKey, type Provenance, type Rejection } from '@khamrap/kernel';
import type { AddIndicator, RemoveIndicator, ReviseIndicator, SetTarget } from '../agreement.commands';
import type {
  IndicatorAdded,
  IndicatorRemoved,
  IndicatorRevised,
  SignaturesVoided,
  TargetSet,
} from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type {
  DraftedAgreement,
  DraftIndicator,
  IndicatorTerms,
  RunningIndicator,
  TargetTerms,
} from '../agreement.state';
import { childrenOf, refusalOfTerms } from './indicator.rules';
import { signaturesVoidedIn } from '../signing/negotiation.rules';
import { isSameData } from '../figures/same-data';
import { refusalOfSpan } from '../span.rules';
import { fitsDirection, refusalOfStatedTarget } from './target.rules';

/** Far above what any agreement has; it bounds the terms that a signatory has to read, and a fold's copies. */
const INDICATOR_COUNT_MAX = 500;

export function addIndicator(
  { data, provenance, calendar }: AddIndicator,
  state: DraftedAgreement,
): readonly (IndicatorAdded | SignaturesVoided)[] | Rejection {
  const refusal =
    refusalOfChange(state, provenance) ??
    refusalOfPlace(data.indicatorId, state) ??
    refusalOfTerms(data, state, calendar);
  return refusal ?? [{ type: 'IndicatorAdded', data }, ...signaturesVoidedIn(state)];
}

export function reviseIndicator(
  { data, provenance, calendar }: ReviseIndicator,
  state: DraftedAgreement,
): readonly (IndicatorRevised | SignaturesVoided)[] | Rejection {
  const refusal = refusalOfRevision(state, data.indicatorId, provenance);
  if (refusal) return refusal;
  const indicator = state.indicators.get(data.indicatorId);
  if (!indicator) return refuse('indicator.unknown', { indicatorId: data.indicatorId });
  const broken = refusalOfTerms(data, state, calendar) ?? refusalOfUse(data, indicator);
  if (broken) return broken;
  if (state.status === 'draft' && isSameData(indicator.terms, data)) return [];
  return [{ type: 'IndicatorRevised', data }, ...signaturesVoidedIn(state)];
}

export function removeIndicator(
  { data, provenance }: RemoveIndicator,
  state: DraftedAgreement,
): readonly (IndicatorRemoved | SignaturesVoided)[] | Rejection {
  const { indicatorId } = data;
  const refusal = refusalOfRevision(state, indicatorId, provenance);
  if (refusal) return refusal;
  const children = childrenOf(indicatorId, state.indicators).map(({ terms }) => terms.displayNumber);
  if (children.length > 0) return refuse('indicator.hasSubIndicators', { subIndicatorNumbers: children });
  const figures = figuresOf(state.indicators.get(indicatorId));
  // A figure that was reported is never lost sight of.
  if (figures.length > 0) return refuse('indicator.hasActuals', { spans: figures.map(({ span }) => span) });
  return [{ type: 'IndicatorRemoved', data }, ...signaturesVoidedIn(state)];
}

export function setTarget(
  { data, provenance }: SetTarget,
  state: DraftedAgreement,
): readonly (TargetSet | SignaturesVoided)[] | Rejection {
  const target: TargetTerms = { ...data, span: spanKey(data.span) };
  const refusal = refusalOfChange(state, provenance) ?? refusalOfTarget({ data, provenance }, target, state);
  if (refusal) return refusal;
  const standing = state.indicators.get(data.indicatorId)?.targets.get(target.span);
  return standing && isSameData(standing, target)
    ? []
    : [{ type: 'TargetSet', data: target }, ...signaturesVoidedIn(state)];
}

/** What was signed is changed by an amendment only; what was announced is what the announcement says. */
function refusalOfChange(state: DraftedAgreement, provenance: Provenance): Rejection | undefined {
  switch (state.status) {
    case 'draft':
    case 'monitored':
      return undefined;
    case 'announced':
      return provenance.kind === 'native' ? refuse('agreement.sourceNeeded') : undefined;
    case 'withdrawn':
      return refuse('agreement.withdrawn');
    case 'inEffect':
      return refuse('agreement.termsFixed');
    case 'closed':
      return refuse('agreement.closed');
  }
}

/** Figures may stand against terms that are monitored: only a document says that these were others. */
function refusalOfRevision(
  state: DraftedAgreement,
  indicatorId: string,
  provenance: Provenance,
): Rejection | undefined {
  const refusal = refusalOfChange(state, provenance);
  if (refusal) return refusal;
  if (!state.indicators.has(indicatorId)) return refuse('indicator.unknown', { indicatorId });
  return state.status === 'monitored' && provenance.kind === 'native' ? refuse('indicator.sourceNeeded') : undefined;
}

function refusalOfPlace(indicatorId: string, { indicators }: DraftedAgreement): Rejection | undefined {
  if (indicators.has(indicatorId)) return refuse('indicator.alreadyAdded', { indicatorId });
  if (indicators.size < INDICATOR_COUNT_MAX) return undefined;
  return refuse('indicator.tooMany', { countMax: INDICATOR_COUNT_MAX });
}

/** Targets and figures stay when terms are revised, so they have to go with the new ones. */
function refusalOfUse(
  { unit, direction }: IndicatorTerms,
  indicator: DraftIndicator | RunningIndicator,
): Rejection | undefined {
  const targets = [...indicator.targets.values()];
  const otherUnits = [...targets, ...figuresOf(indicator)].filter((stated) => stated.unit !== unit);
  if (unit !== NOT_STATED && otherUnits.length > 0) {
    return refuse('indicator.unitInUse', { spans: otherUnits.map(({ span }) => span) }, '/unit');
  }
  const unfit = targets.filter((target) => !fitsDirection(target, direction));
  if (unfit.length === 0) return undefined;
  return refuse('indicator.directionInUse', { spans: unfit.map(({ span }) => span) }, '/direction');
}

function figuresOf(indicator: DraftIndicator | RunningIndicator | undefined) {
  return indicator && 'figures' in indicator ? [...indicator.figures.values()] : [];
}

function refusalOfTarget(
  { data, provenance }: Pick<SetTarget, 'data' | 'provenance'>,
  target: TargetTerms,
  state: DraftedAgreement,
): Rejection | undefined {
  const indicator = state.indicators.get(data.indicatorId);
  if (!indicator) return refuse('indicator.unknown', { indicatorId: data.indicatorId });
  const { span } = target;
  const refusal =
    refusalOfSpan({ span: data.span, provenance, period: state.period, outsidePeriod: 'target.spanOutsidePeriod' }) ??
    refusalOfStatedTarget({ target, span, indicator: indicator.terms, provenance: provenance.kind });
  if (refusal) return refusal;
  // A draft is still being negotiated, so there the newest target for a span counts. Elsewhere it would be an overwriting.
  const isSet = state.status !== 'draft' && indicator.targets.has(span);
  return isSet ? refuse('target.alreadySet', { span }, '/span') : undefined;
}
