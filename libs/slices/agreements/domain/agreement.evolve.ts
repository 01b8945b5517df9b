import type {
  AgreementDrafted,
  AgreementEvent,
  AgreementSigned,
  AgreementTookEffect,
  IndicatorAdded,
  SignaturesVoided,
  TargetSet,
} from './agreement.events';
import type { AgreementState, DraftedAgreement, Negotiation, Party } from './agreement.state';
import { existing, ImpossibleHistory, outOfPlace, withEntry, withoutEntry } from './evolving';
import { evolveJudgement } from './rounds/judgement.evolve';
import { evolveProgress, running, runningIndicators } from './figures/progress.evolve';

const OPEN: Negotiation = { stage: 'open' };

/**
 * Folds one event. It takes in what happened and judges nothing.
 * @throws ImpossibleHistory when there is nothing that the event could have happened to
 */
export function evolve(state: AgreementState, event: AgreementEvent): AgreementState {
  const revision = state.status === 'notDrafted' ? 0 : state.revision + 1;
  return { ...evolved(state, event), revision };
}

function evolved(state: AgreementState, event: AgreementEvent): DraftedAgreement {
  if (state.status === 'notDrafted' || (state.status === 'withdrawn' && event.type === 'AgreementDrafted')) {
    if (event.type === 'AgreementDrafted') return afterDrafting(event.data);
    throw new ImpossibleHistory(`${event.type} before AgreementDrafted`);
  }
  switch (event.type) {
    case 'AgreementDrafted':
      throw outOfPlace('AgreementDrafted', state);
    case 'IndicatorAdded':
    case 'IndicatorRevised':
      return afterIndicator(state, event.data);
    case 'IndicatorRemoved':
      return afterRemoval(state, event.data.indicatorId);
    case 'TargetSet':
      return afterTarget(state, event.data);
    case 'TermsProposed': {
      const { termsRevision, termsHash } = event.data;
      return negotiated(state, event.type, { stage: 'proposed', termsRevision, termsHash, acceptedBy: [] });
    }
    case 'TermsReturned':
      return negotiated(state, event.type, OPEN);
    case 'TermsAccepted':
      return afterAcceptance(state, event.data.officeId);
    case 'AgreementSigned':
      return afterSignature(state, event.data);
    case 'SignaturesVoided':
      return afterVoiding(state, event.data);
    case 'AgreementTookEffect':
      return afterTakingEffect(state, event.data);
    case 'AgreementWithdrawn':
      return afterWithdrawal(state);
    case 'ActualReported':
    case 'ActualCorrected':
    case 'ActualCertified':
    case 'ActualReturned':
    case 'ActualExamined':
    case 'ExemptionGranted':
    case 'TargetAmended':
    case 'WeightAmended':
    case 'IndicatorCancelled':
      return evolveProgress(state, event);
    case 'AmendmentRequested':
    case 'AmendmentApproved':
    case 'AmendmentRejected':
    case 'EvaluationRoundClosed':
    case 'EvaluationRoundReopened':
    case 'ScoreDetermined':
    case 'ResultAnnounced':
    case 'AppealFiled':
    case 'AppealDecided':
    case 'AgreementClosed':
      return evolveJudgement(state, event);
  }
}

function afterDrafting(heading: AgreementDrafted['data']): DraftedAgreement {
  const { basis, level, fiscalYear, province, period, scheme } = heading;
  const parties = heading.parties.map(({ side, officeId }) => ({ side, officeId }));
  const outline = {
    revision: 0,
    level,
    fiscalYear,
    ...(province !== undefined && { province }),
    period,
    parties,
    ...(scheme && { scheme }),
  };
  switch (basis) {
    case 'signed':
      return { status: 'draft', ...outline, heading, indicators: new Map(), negotiation: OPEN, signatures: [] };
    case 'announced':
      return { status: 'announced', ...outline, indicators: new Map() };
    case 'monitoringOnly':
      return { status: 'monitored', ...outline, indicators: new Map() };
  }
}

/** Added or, where it is there already, revised. Whatever changes terms takes their proposal back. */
function afterIndicator(state: DraftedAgreement, terms: IndicatorAdded['data']): DraftedAgreement {
  const { indicatorId } = terms;
  if (state.status === 'withdrawn') throw outOfPlace('IndicatorAdded', state);
  if (state.status === 'draft') {
    const targets = state.indicators.get(indicatorId)?.targets ?? new Map();
    return { ...state, negotiation: OPEN, indicators: withEntry(state.indicators, indicatorId, { terms, targets }) };
  }
  const standing = state.indicators.get(indicatorId);
  const indicator = standing ? { ...standing, terms: running(terms, new Map()).terms } : running(terms, new Map());
  return { ...state, indicators: withEntry(state.indicators, indicatorId, indicator) };
}

function afterRemoval(state: DraftedAgreement, indicatorId: string): DraftedAgreement {
  switch (state.status) {
    case 'draft':
      return { ...state, negotiation: OPEN, indicators: withoutEntry(state.indicators, indicatorId) };
    case 'announced':
    case 'monitored':
      return { ...state, indicators: withoutEntry(state.indicators, indicatorId) };
    case 'inEffect':
    case 'closed':
    case 'withdrawn':
      throw outOfPlace('IndicatorRemoved', state);
  }
}

function afterTarget(state: DraftedAgreement, target: TargetSet['data']): DraftedAgreement {
  const { indicatorId, span } = target;
  if (state.status === 'withdrawn') throw outOfPlace('TargetSet', state);
  if (state.status === 'draft') {
    const indicator = existing(state.indicators, indicatorId);
    const changed = { ...indicator, targets: withEntry(indicator.targets, span, target) };
    return { ...state, negotiation: OPEN, indicators: withEntry(state.indicators, indicatorId, changed) };
  }
  const indicator = existing(state.indicators, indicatorId);
  const changed = { ...indicator, targets: withEntry(indicator.targets, span, target) };
  return { ...state, indicators: withEntry(state.indicators, indicatorId, changed) };
}

function negotiated(state: DraftedAgreement, type: AgreementEvent['type'], negotiation: Negotiation): DraftedAgreement {
  if (state.status !== 'draft') throw outOfPlace(type, state);
  return { ...state, negotiation };
}

function afterAcceptance(state: DraftedAgreement, officeId: string): DraftedAgreement {
  if (state.status !== 'draft' || state.negotiation.stage !== 'proposed') throw outOfPlace('TermsAccepted', state);
  const { negotiation } = state;
  return { ...state, negotiation: { ...negotiation, acceptedBy: [...negotiation.acceptedBy, officeId] } };
}

function afterSignature(
  state: DraftedAgreement,
  { side, officeId, signedOn, signedBy }: AgreementSigned['data'],
): DraftedAgreement {
  if (state.status !== 'draft' && state.status !== 'inEffect') throw outOfPlace('AgreementSigned', state);
  const signature = { side, officeId, signedOn, ...(signedBy !== undefined && { signedBy }) };
  return { ...state, signatures: [...state.signatures, signature] };
}

function afterVoiding(state: DraftedAgreement, voided: SignaturesVoided['data']): DraftedAgreement {
  if (state.status !== 'draft') throw outOfPlace('SignaturesVoided', state);
  const isVoided = ({ side, officeId }: Party) =>
    voided.signatures.some((signature) => signature.side === side && signature.officeId === officeId);
  return { ...state, signatures: state.signatures.filter((signature) => !isVoided(signature)) };
}

/** The full terms are let go of: from here on their hash stands for them. */
function afterTakingEffect(state: DraftedAgreement, effect: AgreementTookEffect['data']): DraftedAgreement {
  if (state.status !== 'draft') throw outOfPlace('AgreementTookEffect', state);
  const { heading: _full, negotiation, indicators, ...outline } = state;
  const { termsHash, effectiveOn } = effect;
  return {
    ...outline,
    status: 'inEffect',
    termsHash,
    ...(negotiation.stage === 'proposed' && { termsRevision: negotiation.termsRevision }),
    effectiveOn,
    indicators: runningIndicators(indicators),
    amendments: new Map(),
    rounds: new Map(),
    appeals: new Map(),
  };
}

function afterWithdrawal(state: DraftedAgreement): DraftedAgreement {
  if (state.status !== 'draft') throw outOfPlace('AgreementWithdrawn', state);
  const { heading: _heading, negotiation: _negotiation, signatures: _signatures, ...outline } = state;
  return { ...outline, status: 'withdrawn', indicators: new Map<string, never>() };
}
