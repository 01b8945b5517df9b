import type {
  AgreementClosed,
  AmendmentApproved,
  AmendmentRejected,
  AmendmentRequested,
  AppealDecided,
  AppealFiled,
  EvaluationRoundClosed,
  EvaluationRoundReopened,
  ResultAnnounced,
  ScoreDetermined,
} from '../agreement.events';
import type { AgreementInEffect, Amendment, Appeal, DraftedAgreement, Round } from '../agreement.state';
import { existing, ImpossibleHistory, outOfPlace, provenanceOf, withEntry, withMember } from '../evolving';

/** What happens to a signed agreement as a whole; only a result may be known of one that was never signed here. */
export type JudgementEvent =
  | AmendmentRequested
  | AmendmentApproved
  | AmendmentRejected
  | EvaluationRoundClosed
  | EvaluationRoundReopened
  | ScoreDetermined
  | ResultAnnounced
  | AppealFiled
  | AppealDecided
  | AgreementClosed;

export function evolveJudgement(state: DraftedAgreement, event: JudgementEvent): DraftedAgreement {
  if (event.type === 'ResultAnnounced' && (state.status === 'announced' || state.status === 'monitored')) {
    return { ...state, announcedRounds: withMember(state.announcedRounds ?? new Set(), event.data.round) };
  }
  if (state.status !== 'inEffect' && state.status !== 'closed') throw outOfPlace(event.type, state);
  switch (event.type) {
    case 'AmendmentRequested': {
      const amendment: Amendment = { status: 'requested', request: event.data, approvedBy: [] };
      return { ...state, amendments: withEntry(state.amendments, event.data.amendmentId, amendment) };
    }
    case 'AmendmentApproved':
      return afterApproval(state, event.data);
    case 'AmendmentRejected':
      return withAmendment(state, event.data.amendmentId, { status: 'rejected' });
    case 'EvaluationRoundClosed': {
      const { round, revision, closedBy: by, closedOn: on, span } = event.data;
      return withRound(state, round, { revision, closed: { by, on, span } });
    }
    case 'EvaluationRoundReopened': {
      const { closed: _open, ...round } = roundOf(state, event.data.round);
      return { ...state, rounds: withEntry(state.rounds, event.data.round, { ...round, isAnnounced: false }) };
    }
    case 'ScoreDetermined':
      return afterScore(withAssessor(state, event), event.data);
    case 'ResultAnnounced':
      return withRound(state, event.data.round, { isAnnounced: true });
    case 'AppealFiled': {
      const { appealId, round, indicatorId, officeId, filedBy } = event.data;
      const matter = { round, ...(indicatorId !== undefined && { indicatorId }) };
      const appeal: Appeal = { ...matter, officeId, filedBy, isDecided: false };
      return { ...state, appeals: withEntry(state.appeals, appealId, appeal) };
    }
    case 'AppealDecided': {
      const appeal = state.appeals.get(event.data.appealId);
      if (!appeal) throw new ImpossibleHistory(`appeal ${event.data.appealId} was never filed`);
      return { ...state, appeals: withEntry(state.appeals, event.data.appealId, { ...appeal, isDecided: true }) };
    }
    case 'AgreementClosed':
      return { ...state, status: 'closed' };
  }
}

/** With the last receiver it is approved; its changes follow as events of their own. */
function afterApproval(
  state: AgreementInEffect,
  { amendmentId, officeId }: AmendmentApproved['data'],
): AgreementInEffect {
  const approvedBy = [...amendmentOf(state, amendmentId).approvedBy, officeId];
  const receivers = state.parties.filter(({ side }) => side === 'receiver');
  const isApproved = receivers.every((receiver) => approvedBy.includes(receiver.officeId));
  return withAmendment(state, amendmentId, { approvedBy, status: isApproved ? 'approved' : 'requested' });
}

function withAmendment(state: AgreementInEffect, amendmentId: string, change: Partial<Amendment>): AgreementInEffect {
  const changed = { ...amendmentOf(state, amendmentId), ...change };
  return { ...state, amendments: withEntry(state.amendments, amendmentId, changed) };
}

function amendmentOf(state: AgreementInEffect, amendmentId: string): Amendment {
  const amendment = state.amendments.get(amendmentId);
  if (!amendment) throw new ImpossibleHistory(`amendment ${amendmentId} was never requested`);
  return amendment;
}

/** The round as it stands; one that was never closed has no revision yet. */
export function roundOf(state: Pick<AgreementInEffect, 'rounds'>, round: string): Round {
  return state.rounds.get(round) ?? { revision: 0, isAnnounced: false };
}

function withRound(state: AgreementInEffect, round: string, change: Partial<Round>): AgreementInEffect {
  return { ...state, rounds: withEntry(state.rounds, round, { ...roundOf(state, round), ...change }) };
}

/** What a document states was determined by nobody here. */
function withAssessor(state: AgreementInEffect, event: ScoreDetermined): AgreementInEffect {
  const { determinedBy, assessor } = event.data;
  if (provenanceOf(event) === 'transcribed') return state;
  return { ...state, assessors: withEntry(state.assessors ?? new Map(), determinedBy, assessor) };
}

function afterScore(state: AgreementInEffect, data: ScoreDetermined['data']): AgreementInEffect {
  const { indicatorId, round, assessor, score } = data;
  if (indicatorId === undefined || assessor !== 'evaluator') return state;
  const indicator = existing(state.indicators, indicatorId);
  const changed = { ...indicator, evaluatedScores: withEntry(indicator.evaluatedScores, round, score) };
  return { ...state, indicators: withEntry(state.indicators, indicatorId, changed) };
}
