import type {
  ActualReported,
  AgreementDrafted,
  AgreementEvent,
  AgreementSigned,
  AgreementTookEffect,
  IndicatorAdded,
  SignaturesVoided,
  TargetSet,
} from './agreement.events';
import type {
  AgreementState,
  Draft,
  DraftedAgreement,
  DraftIndicator,
  IndicatorOutline,
  IndicatorTerms,
  Party,
  RunningIndicator,
} from './agreement.state';

/** The stream tells what its rules make impossible: it was damaged, or written by something else. */
export class ImpossibleHistory extends Error {
  override readonly name = 'ImpossibleHistory';
}

/**
 * Folds one event. It takes in what happened and judges nothing.
 * @throws ImpossibleHistory when there is nothing that the event could have happened to
 */
export function evolve(state: AgreementState, event: AgreementEvent): AgreementState {
  if (state.status === 'notDrafted') {
    if (event.type === 'AgreementDrafted') return afterDrafting(event.data);
    throw new ImpossibleHistory(`${event.type} before AgreementDrafted`);
  }
  switch (event.type) {
    case 'AgreementDrafted':
      throw outOfPlace('AgreementDrafted', state);
    case 'IndicatorAdded':
      return afterIndicator(state, event.data);
    case 'TargetSet':
      return afterTarget(state, event.data);
    case 'AgreementSigned':
      return afterSignature(state, event.data);
    case 'SignaturesVoided':
      return afterVoiding(state, event.data);
    case 'AgreementTookEffect':
      return afterTakingEffect(state, event.data);
    case 'ActualReported':
      return afterActual(state, event.data);
  }
}

function afterDrafting(heading: AgreementDrafted['data']): AgreementState {
  const { basis, province, period } = heading;
  const parties = heading.parties.map(({ side, officeId }) => ({ side, officeId }));
  const outline = { ...(province !== undefined && { province }), period, parties };
  switch (basis) {
    case 'signed':
      return { status: 'draft', ...outline, heading, indicators: new Map(), signatures: [] };
    case 'announced':
      return { status: 'announced', ...outline, indicators: new Map() };
    case 'monitoringOnly':
      return { status: 'monitored', ...outline, indicators: new Map() };
  }
}

function afterIndicator(state: DraftedAgreement, terms: IndicatorAdded['data']): AgreementState {
  const { indicatorId } = terms;
  if (state.status === 'draft') {
    return { ...state, indicators: withEntry(state.indicators, indicatorId, { terms, targets: new Map() }) };
  }
  return { ...state, indicators: withEntry(state.indicators, indicatorId, running(terms, new Set())) };
}

function afterTarget(state: DraftedAgreement, target: TargetSet['data']): AgreementState {
  const { indicatorId, span } = target;
  if (state.status === 'draft') {
    const indicator = existing(state.indicators, indicatorId);
    const changed: DraftIndicator = { ...indicator, targets: withEntry(indicator.targets, span, target) };
    return { ...state, indicators: withEntry(state.indicators, indicatorId, changed) };
  }
  const indicator = existing(state.indicators, indicatorId);
  const changed: RunningIndicator = { ...indicator, targetSpans: withMember(indicator.targetSpans, span) };
  return { ...state, indicators: withEntry(state.indicators, indicatorId, changed) };
}

function afterSignature(
  state: DraftedAgreement,
  { side, officeId, signedOn }: AgreementSigned['data'],
): AgreementState {
  if (state.status !== 'draft' && state.status !== 'inEffect') throw outOfPlace('AgreementSigned', state);
  return { ...state, signatures: [...state.signatures, { side, officeId, signedOn }] };
}

function afterVoiding(state: DraftedAgreement, voided: SignaturesVoided['data']): AgreementState {
  if (state.status !== 'draft') throw outOfPlace('SignaturesVoided', state);
  const isVoided = ({ side, officeId }: Party) =>
    voided.signatures.some((signature) => signature.side === side && signature.officeId === officeId);
  return { ...state, signatures: state.signatures.filter((signature) => !isVoided(signature)) };
}

/** The full terms are let go of: from here on their hash stands for them. */
function afterTakingEffect(state: DraftedAgreement, { termsHash }: AgreementTookEffect['data']): AgreementState {
  if (state.status !== 'draft') throw outOfPlace('AgreementTookEffect', state);
  const { heading: _full, indicators, ...outline } = state;
  return { ...outline, status: 'inEffect', termsHash, indicators: runningIndicators(indicators) };
}

function afterActual(state: DraftedAgreement, { indicatorId, span }: ActualReported['data']): AgreementState {
  if (state.status === 'draft') throw outOfPlace('ActualReported', state);
  const indicator = existing(state.indicators, indicatorId);
  const changed: RunningIndicator = { ...indicator, reportedSpans: withMember(indicator.reportedSpans, span) };
  return { ...state, indicators: withEntry(state.indicators, indicatorId, changed) };
}

function runningIndicators(indicators: Draft['indicators']): ReadonlyMap<string, RunningIndicator> {
  const entries = [...indicators].map(
    ([indicatorId, { terms, targets }]) => [indicatorId, running(terms, new Set(targets.keys()))] as const,
  );
  return new Map(entries);
}

function running(terms: IndicatorTerms, targetSpans: ReadonlySet<string>): RunningIndicator {
  const { displayNumber, parentIndicatorId, unit, weight, leadOffice } = terms;
  const outline: IndicatorOutline = {
    displayNumber,
    ...(parentIndicatorId !== undefined && { parentIndicatorId }),
    unit,
    weight,
    ...(leadOffice && { leadOffice: { officeId: leadOffice.officeId } }),
  };
  return { terms: outline, targetSpans, reportedSpans: new Set() };
}

function existing<Indicator>(indicators: ReadonlyMap<string, Indicator>, indicatorId: string): Indicator {
  const indicator = indicators.get(indicatorId);
  if (!indicator) throw new ImpossibleHistory(`indicator ${indicatorId} was never added`);
  return indicator;
}

function outOfPlace(type: AgreementEvent['type'], { status }: DraftedAgreement): ImpossibleHistory {
  return new ImpossibleHistory(`${type} while the agreement is ${status}`);
}

function withEntry<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value);
}

function withMember(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  return new Set(set).add(member);
}
