import { Rejection } from '@khamrap/kernel';
import { resolutionOf, unsettledFinding } from './finding.decide';
import type { FindingResolved, FindingResponded, RecommendationMade, ResponseJudged } from './finding.events';
import type { JudgeResponse, MakeRecommendation, Respond } from './inspection.commands';
import { refuse } from './inspection.refusals';
import { answers, isSettled, type KnownRecommendation, type OpenedRound } from './inspection.state';

export function makeRecommendation(
  { data, actor, decidedOn, provenance }: MakeRecommendation,
  state: OpenedRound,
): readonly RecommendationMade[] | Rejection {
  const { findingId, officeId, dueOn } = data;
  if (findingId !== undefined) {
    const known = unsettledFinding(findingId, state);
    if (known instanceof Rejection) return known;
  }
  if (provenance.kind === 'native') {
    if (officeId === undefined) return refuse('recommendation.officeMissing', {}, '/officeId');
    if (dueOn !== undefined && dueOn < decidedOn) return refuse('finding.dueInThePast', { decidedOn }, '/dueOn');
  }
  return [{ type: 'RecommendationMade', data: { ...data, madeBy: actor } }];
}

/** An office answers once, and again where that was not enough. */
export function respond({ data, actor }: Respond, state: OpenedRound): readonly FindingResponded[] | Rejection {
  const { officeId } = data;
  const asked = askedOf(data, state);
  if (asked instanceof Rejection) return asked;
  const { officeIds, accepted } = asked;
  if (officeIds.length > 0 && !officeIds.includes(officeId))
    return refuse('response.officeNotAsked', { officeIds: [...officeIds] }, '/officeId');
  if (accepted.includes(officeId)) return refuse('response.acceptedBefore');
  const isPending = [...state.responses.values()].some(
    (known) => known.status === 'pending' && known.response.officeId === officeId && answers(known, data),
  );
  if (isPending) return refuse('response.pending');
  const findingId = data.findingId ?? asked.findingId;
  return [
    {
      type: 'FindingResponded',
      data: { ...data, ...(findingId !== undefined && { findingId }), respondedBy: actor },
    },
  ];
}

/** Four eyes: nobody judges what they have answered. Who only copies a document out judges nothing. */
export function judgeResponse(
  { data, actor, provenance }: JudgeResponse,
  state: OpenedRound,
): readonly (ResponseJudged | FindingResolved)[] | Rejection {
  const { responseId, outcome, reason } = data;
  const known = state.responses.get(responseId);
  if (!known) return refuse('response.unknown');
  const { findingId, recommendationId, officeId, respondedBy } = known.response;
  if (known.status !== 'pending') return refuse('response.judgedAlready', { status: known.status });
  if (provenance.kind === 'native' && respondedBy === actor) return refuse('response.own');
  const asked = askedOf(known.response, state);
  if (asked instanceof Rejection) return asked;
  if (outcome === 'insufficient' && reason === undefined) return refuse('response.reasonMissing', {}, '/reason');
  const target = {
    ...(findingId !== undefined && { findingId }),
    ...(recommendationId !== undefined && { recommendationId }),
  };
  const judgement: ResponseJudged = {
    type: 'ResponseJudged',
    data: { ...data, ...target, officeId, isRoundClosed: state.status === 'closed', judgedBy: actor },
  };
  const finding = recommendationId === undefined && findingId !== undefined && state.findings.get(findingId);
  if (!finding || outcome === 'insufficient') return [judgement];
  const accepted = new Map(finding.accepted).set(officeId, responseId);
  return [judgement, ...resolutionOf({ ...finding, accepted }, state, actor)];
}

interface Asked {
  readonly findingId: string | undefined;
  /** Who is to answer; empty where nobody in particular is. */
  readonly officeIds: readonly string[];
  /** Of these, whose answer was accepted. */
  readonly accepted: readonly string[];
}

/** What a response is to answer: something that is still open. */
function askedOf(
  { findingId, recommendationId }: Pick<FindingResponded['data'], 'findingId' | 'recommendationId'>,
  state: OpenedRound,
): Asked | Rejection {
  if (recommendationId === undefined) {
    const known = unsettledFinding(findingId, state);
    if (known instanceof Rejection) return known;
    return { findingId, officeIds: known.finding.officeIds, accepted: [...known.accepted.keys()] };
  }
  const known = unsettledRecommendation(recommendationId, state);
  if (known instanceof Rejection) return known;
  const { officeId } = known.recommendation;
  return {
    findingId: known.recommendation.findingId,
    officeIds: officeId === undefined ? [] : [officeId],
    accepted: [],
  };
}

/** A recommendation that is neither fulfilled nor withdrawn with its finding. */
export function unsettledRecommendation(
  recommendationId: string,
  { recommendations }: OpenedRound,
): KnownRecommendation | Rejection {
  const known = recommendations.get(recommendationId);
  if (!known) return refuse('recommendation.notMade');
  return isSettled(known.status) ? refuse('recommendation.settled', { status: known.status }) : known;
}
