import { bandOf, NOT_STATED, Rejection, spanKey, type Total } from '@khamrap/kernel';
import type { CloseAgreement, CloseEvaluationRound, ReopenEvaluationRound } from '../agreement.commands';
import type { AgreementClosed, EvaluationRoundClosed, EvaluationRoundReopened } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { AgreementInEffect, DraftedAgreement, Round, Scheme } from '../agreement.state';
import { roundOf } from './judgement.evolve';
import { endOf, refusalOfClosedAgreement, refusalOfRoundClosed } from './round-lock.rules';
import { snapshotOf, waitingForCertification, type RoundToScore } from './round-snapshot';
import { evaluated, placeInCalendar } from './round.rules';

/**
 * Freezes what was promised and reported for a round and scores it. Missing reports stand at the floor of the rule; figures
 * that wait for certification keep the round open, because nobody can certify them once it is closed.
 */
export function closeEvaluationRound(
  command: CloseEvaluationRound,
  drafted: DraftedAgreement,
): readonly EvaluationRoundClosed[] | Rejection {
  const state = open(drafted);
  if (state instanceof Rejection) return state;
  const found = roundToClose(command, state);
  if (found instanceof Rejection) return found;
  const { scheme, ...toScore } = found;
  const waiting = waitingForCertification(toScore, state.indicators);
  if (waiting.length > 0) return refuse('round.notCertified', { indicatorIds: waiting });
  const { data, bands, decidedOn } = command;
  const { round, span } = toScore.round;
  const { total, ...snapshot } = snapshotOf(toScore, state.indicators);
  return [
    {
      type: 'EvaluationRoundClosed',
      data: {
        round,
        span: spanKey(span),
        revision: roundOf(state, round).revision + 1,
        closedOn: decidedOn,
        closedBy: data.closedBy,
        ...(data.officeId !== undefined && { officeId: data.officeId }),
        scheme: {
          schemeId: scheme.schemeId,
          ruleVersion: toScore.rule.ruleVersion,
          calendarVersion: scheme.calendarVersion,
          ...(bands && { bandsVersion: bands.bandsVersion }),
        },
        ...snapshot,
        ...totalIn(total, bands),
      },
    },
  ];
}

/** Takes the last closing back. It stays readable; the next one has a revision of its own. */
export function reopenEvaluationRound(
  { data }: ReopenEvaluationRound,
  drafted: DraftedAgreement,
): readonly EvaluationRoundReopened[] | Rejection {
  const state = open(drafted);
  if (state instanceof Rejection) return state;
  const { revision, closed, isAnnounced } = roundOf(state, data.round);
  if (!closed) return refuse('round.notClosed', { round: data.round }, '/round');
  const later = closedAfter(closed, state);
  if (later !== undefined) return refuse('round.laterClosed', { round: later });
  return [
    { type: 'EvaluationRoundReopened', data: { ...data, revision, ...(isAnnounced && { resultAnnounced: 'yes' }) } },
  ];
}

/** Ends the year. What was judged can still be examined and appealed against. */
export function closeAgreement(
  { data, rounds, decidedOn }: CloseAgreement,
  drafted: DraftedAgreement,
): readonly AgreementClosed[] | Rejection {
  const state = open(drafted);
  if (state instanceof Rejection) return state;
  const endsOn = state.period.to;
  if (decidedOn <= endsOn) return refuse('agreement.periodNotOver', { endsOn });
  const openRounds = rounds.filter(({ round }) => !roundOf(state, round).closed).map(({ round }) => round);
  if (openRounds.length > 0) return refuse('agreement.roundsOpen', { rounds: openRounds });
  const undecided = [...state.amendments].filter(([, { status }]) => status === 'requested');
  if (undecided.length > 0) {
    return refuse('agreement.amendmentsUndecided', { amendmentIds: undecided.map(([amendmentId]) => amendmentId) });
  }
  return [{ type: 'AgreementClosed', data: { closedOn: decidedOn, closedBy: data.closedBy } }];
}

/** The agreement while its year runs. */
function open(drafted: DraftedAgreement): AgreementInEffect | Rejection {
  return refusalOfClosedAgreement(drafted) ?? evaluated(drafted);
}

function roundToClose(
  { data: { round }, rounds, rule, decidedOn }: CloseEvaluationRound,
  state: AgreementInEffect,
): (RoundToScore & { readonly scheme: Scheme }) | Rejection {
  const place = placeInCalendar(state, rounds, round);
  if (place instanceof Rejection) return place;
  const toClose = rounds[place];
  if (!toClose || !rule || !state.scheme) return refuse('round.noScheme');
  const refusal = refusalOfRoundClosed(state, round);
  if (refusal) return refusal;
  const earlier = rounds.slice(0, place).find((one) => !roundOf(state, one.round).closed);
  if (earlier) return refuse('round.earlierOpen', { round: earlier.round });
  const endsOn = toClose.span.to;
  if (decidedOn <= endsOn) return refuse('round.notOver', { endsOn });
  return { round: toClose, rounds, rule, scheme: state.scheme };
}

function totalIn(
  total: Total,
  bands: CloseEvaluationRound['bands'],
): Pick<EvaluationRoundClosed['data'], 'total' | 'noTotalReason' | 'band' | 'weightCountedPercent'> {
  if (total.kind === 'none') return { noTotalReason: total.reason };
  const band = bands && bandOf(bands.bands, total.total);
  return {
    total: total.total,
    ...(band && { band: band.code }),
    ...(total.weightCounted !== NOT_STATED && { weightCountedPercent: total.weightCounted }),
  };
}

/** A round that is closed and ends later; rounds are closed in the order of their ends. */
function closedAfter(closed: NonNullable<Round['closed']>, { rounds }: AgreementInEffect): string | undefined {
  for (const [round, other] of rounds) {
    if (other.closed && endOf(other.closed.span) > endOf(closed.span)) return round;
  }
  return undefined;
}
