import { Rejection, type Provenance } from '@khamrap/kernel';
import type { AnnounceResult, DetermineScore } from '../agreement.commands';
import type { ResultAnnounced, ScoreDetermined } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { AgreementInEffect, DraftedAgreement } from '../agreement.state';
import { roundOf } from './judgement.evolve';
import { refusalOfRoundClosed } from './round-lock.rules';
import {
  evaluated,
  placeInCalendar,
  refusalOfBounds,
  refusalOfOpenRound,
  refusalOfUnknownIndicator,
} from './round.rules';

/**
 * Notes the score that an assessor gives: of an indicator that is judged, while its round is open; or of a round as a whole,
 * which stands beside the computed total and never in its place.
 */
export function determineScore(
  { data, bounds, rounds }: DetermineScore,
  drafted: DraftedAgreement,
): readonly ScoreDetermined[] | Rejection {
  const state = evaluated(drafted);
  if (state instanceof Rejection) return state;
  const place = placeInCalendar(state, rounds, data.round);
  if (place instanceof Rejection) return place;
  const refusal =
    refusalOfIndicator(data, state) ??
    refusalOfOwnFigure(data, state) ??
    refusalOfOtherPart(data, state) ??
    refusalOfBounds(data.score, bounds);
  return refusal ?? [{ type: 'ScoreDetermined', data }];
}

/**
 * Notes the result that was made public: once for each closing of a round, whatever was computed. No round is closed of an
 * agreement that was not signed here, but a document may state what one came to.
 */
export function announceResult(
  { data, provenance, decidedOn }: AnnounceResult,
  drafted: DraftedAgreement,
): readonly ResultAnnounced[] | Rejection {
  const { round, announcedOn } = data;
  const isAnnounced = isAnnouncedOf(drafted, round, provenance);
  if (isAnnounced instanceof Rejection) return isAnnounced;
  if (isAnnounced) return refuse('result.alreadyAnnounced', { round });
  if (announcedOn > decidedOn) return refuse('result.inTheFuture', { announcedOn, decidedOn }, '/announcedOn');
  return [{ type: 'ResultAnnounced', data }];
}

/** Whether the result of a round is known already; or why the round has none. */
function isAnnouncedOf(drafted: DraftedAgreement, round: string, { kind }: Provenance): boolean | Rejection {
  const isUnsigned = drafted.status === 'announced' || drafted.status === 'monitored';
  if (isUnsigned && kind === 'transcribed') return drafted.announcedRounds?.has(round) ?? false;
  const state = evaluated(drafted);
  if (state instanceof Rejection) return state;
  return refusalOfOpenRound(state, round) ?? roundOf(state, round).isAnnounced;
}

function refusalOfIndicator(
  { indicatorId, round }: ScoreDetermined['data'],
  state: AgreementInEffect,
): Rejection | undefined {
  if (indicatorId === undefined) return undefined;
  const refusal = refusalOfUnknownIndicator(state, indicatorId);
  if (refusal) return refusal;
  const direction = state.indicators.get(indicatorId)?.terms.direction ?? 'judged';
  if (direction !== 'judged') return refuse('score.notJudged', { direction }, '/indicatorId');
  return refusalOfRoundClosed(state, round);
}

/** Assessing oneself is what a self-assessment is; an evaluator is somebody else. */
function refusalOfOwnFigure(
  { assessor, indicatorId, determinedBy }: ScoreDetermined['data'],
  { indicators }: AgreementInEffect,
): Rejection | undefined {
  if (assessor === 'selfAssessment') return undefined;
  const own = [...indicators].find(
    ([id, { figures }]) =>
      (indicatorId === undefined || id === indicatorId) &&
      [...figures.values()].some(({ authors }) => authors.includes(determinedBy)),
  );
  return own && refuse('score.ofOwnFigure', { indicatorId: own[0] });
}

/** Who has assessed themselves evaluates nothing of the agreement, and the other way round. */
function refusalOfOtherPart(
  { assessor, determinedBy }: ScoreDetermined['data'],
  { assessors }: AgreementInEffect,
): Rejection | undefined {
  const before = assessors?.get(determinedBy);
  return before === undefined || before === assessor ? undefined : refuse('score.bothAssessors', { assessor: before });
}
