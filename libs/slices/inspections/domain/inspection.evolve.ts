import { NATIVE, type Provenance } from '@khamrap/kernel';
import type { FindingResponded, ResponseJudged } from './finding.events';
import type { Finding, InspectionEvent, InspectionRound } from './inspection.events';
import {
  answers,
  type AnswerStatus,
  type InspectionState,
  type KnownFinding,
  type KnownRecommendation,
  type OpenedRound,
} from './inspection.state';

/** Folds one event. It takes in what happened and judges nothing. */
export function evolve(state: InspectionState, event: InspectionEvent): InspectionState {
  if (event.type === 'InspectionRoundOpened') {
    const { openedBy: _openedBy, ...round } = event.data;
    return opened(round, provenanceOf(event) === 'transcribed');
  }
  return state.status === 'notOpened' ? state : evolveOpened(state, event);
}

/** The ledger folds whole envelopes, which say where a statement came from; examples without one speak for themselves. */
function provenanceOf(event: InspectionEvent): Provenance['kind'] {
  return ((event as { provenance?: Provenance }).provenance ?? NATIVE).kind;
}

function opened(round: InspectionRound, isTranscribed: boolean): OpenedRound {
  return {
    status: 'open',
    round,
    isTranscribed,
    closings: 0,
    isStatedWithoutFindings: false,
    findings: new Map(),
    recommendations: new Map(),
    responses: new Map(),
  };
}

type EventOnRound = Exclude<InspectionEvent, { readonly type: 'InspectionRoundOpened' }>;

function evolveOpened(state: OpenedRound, event: EventOnRound): OpenedRound {
  switch (event.type) {
    case 'InspectionRoundRevised': {
      const { revisedBy: _revisedBy, reason: _reason, ...round } = event.data;
      return { ...state, round };
    }
    case 'InspectionVisitRecorded':
    case 'FindingsCarried':
      return state;
    case 'NoFindingsStated':
      return { ...state, isStatedWithoutFindings: true };
    case 'NoFindingsVoided':
      return { ...state, isStatedWithoutFindings: false };
    case 'InspectionRoundClosed':
      return { ...state, status: 'closed', closings: event.data.closing };
    case 'InspectionRoundReopened':
      return { ...state, status: 'open' };
    case 'FindingRecorded': {
      const { recordedBy: _recordedBy, ...finding } = event.data;
      return withFinding(state, newFinding(finding));
    }
    case 'FindingCorrected': {
      const { correctedBy: _correctedBy, reason: _reason, ...finding } = event.data;
      return changingFinding(state, finding.findingId, (known) => ({ ...known, finding }));
    }
    case 'FindingWithdrawn':
      return withdrawn(state, event.data.findingId);
    case 'FindingReopened': {
      const { findingId, dueOn } = event.data;
      return changingFinding(state, findingId, (known) => {
        const { dueOn: _dueOn, ...finding } = known.finding;
        return { ...known, status: 'open', accepted: new Map(), finding: { ...finding, ...(dueOn && { dueOn }) } };
      });
    }
    case 'FindingEscalated':
      return changingFinding(state, event.data.findingId, (known) => ({
        ...known,
        escalations: [...known.escalations, event.data],
      }));
    case 'FindingResolved':
      return changingFinding(state, event.data.findingId, (known) => ({
        ...known,
        status: 'resolved',
        wasResolved: true,
      }));
    case 'RecommendationMade':
      return withRecommendation(state, { recommendation: event.data, status: 'open' });
    case 'FindingResponded':
      return responded(state, event.data);
    case 'ResponseJudged':
      return judged(state, event.data);
    case 'DueDateExtended': {
      const { findingId, recommendationId, dueOn } = event.data;
      return recommendationId === undefined
        ? changingFinding(state, findingId, (known) => ({ ...known, finding: { ...known.finding, dueOn } }))
        : changingRecommendation(state, recommendationId, (known) => ({
            ...known,
            recommendation: { ...known.recommendation, dueOn },
          }));
    }
  }
}

function newFinding(finding: Finding): KnownFinding {
  return { finding, status: 'open', accepted: new Map(), wasResolved: false, escalations: [] };
}

/** What follows from a finding that was none is asked of nobody any more. */
function withdrawn(state: OpenedRound, findingId: string): OpenedRound {
  const recommendations = new Map(
    [...state.recommendations].map(([id, known]) => [
      id,
      known.recommendation.findingId === findingId && known.status !== 'fulfilled'
        ? ({ ...known, status: 'withdrawn' } as const)
        : known,
    ]),
  );
  return changingFinding({ ...state, recommendations }, findingId, (known) => ({ ...known, status: 'withdrawn' }));
}

function responded(state: OpenedRound, response: FindingResponded['data']): OpenedRound {
  const responses = new Map(state.responses).set(response.responseId, { response, status: 'pending' });
  return withAnswerStatus({ ...state, responses }, response, 'responded');
}

function judged(state: OpenedRound, { responseId, outcome, ...judgement }: ResponseJudged['data']): OpenedRound {
  const known = state.responses.get(responseId);
  if (!known) return state;
  const responses = new Map(state.responses).set(responseId, { ...known, status: outcome });
  const others = [...responses.values()].some((each) => each.status === 'pending' && answers(each, judgement));
  const next = { ...state, responses };
  const status = others ? 'responded' : outcome === 'insufficient' ? 'insufficient' : 'open';
  if (outcome === 'insufficient') return withAnswerStatus(next, judgement, status);
  const { findingId, recommendationId, officeId } = judgement;
  if (recommendationId !== undefined)
    return changingRecommendation(next, recommendationId, (each) => ({ ...each, status: 'fulfilled' }));
  const accepting = changingFinding(next, findingId, (each) => ({
    ...each,
    accepted: new Map(each.accepted).set(officeId, responseId),
  }));
  return withAnswerStatus(accepting, judgement, status);
}

function withAnswerStatus(
  state: OpenedRound,
  { findingId, recommendationId }: Pick<ResponseJudged['data'], 'findingId' | 'recommendationId'>,
  status: AnswerStatus,
): OpenedRound {
  return recommendationId === undefined
    ? changingFinding(state, findingId, (known) => ({ ...known, status }))
    : changingRecommendation(state, recommendationId, (known) => ({ ...known, status }));
}

function withFinding(state: OpenedRound, known: KnownFinding): OpenedRound {
  return { ...state, findings: new Map(state.findings).set(known.finding.findingId, known) };
}

function changingFinding(
  state: OpenedRound,
  findingId: string | undefined,
  change: (known: KnownFinding) => KnownFinding,
): OpenedRound {
  const known = findingId === undefined ? undefined : state.findings.get(findingId);
  return known ? withFinding(state, change(known)) : state;
}

function withRecommendation(state: OpenedRound, known: KnownRecommendation): OpenedRound {
  const { recommendationId } = known.recommendation;
  return { ...state, recommendations: new Map(state.recommendations).set(recommendationId, known) };
}

function changingRecommendation(
  state: OpenedRound,
  recommendationId: string,
  change: (known: KnownRecommendation) => KnownRecommendation,
): OpenedRound {
  const known = state.recommendations.get(recommendationId);
  return known ? withRecommendation(state, change(known)) : state;
}
