import { Rejection } from '@khamrap/kernel';
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
    refusalOfIndicator(data, state) ?? refusalOfOwnFigure(data, state) ?? refusalOfBounds(data.score, bounds);
  return refusal ?? [{ type: 'ScoreDetermined', data }];
}

/** Notes the result that was made public: once for each closing of a round, whatever was computed. */
export function announceResult(
  { data, decidedOn }: AnnounceResult,
  drafted: DraftedAgreement,
): readonly ResultAnnounced[] | Rejection {
  const state = evaluated(drafted);
  if (state instanceof Rejection) return state;
  const { round, announcedOn } = data;
  const refusal = refusalOfOpenRound(state, round);
  if (refusal) return refusal;
  if (roundOf(state, round).isAnnounced) return refuse('result.alreadyAnnounced', { round });
  if (announcedOn > decidedOn) return refuse('result.inTheFuture', { announcedOn, decidedOn }, '/announcedOn');
  return [{ type: 'ResultAnnounced', data }];
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
