import { compareDecimals, type Rejection } from '@khamrap/kernel';
import type { CalendarRound, ScoreBounds } from '../agreement.commands';
import { refuse } from '../agreement.refusals';
import type { AgreementInEffect, DraftedAgreement } from '../agreement.state';
import { roundOf } from './judgement.evolve';

/** The agreement as one that is evaluated, also when its year is over; or why it is not. */
export function evaluated(state: DraftedAgreement): AgreementInEffect | Rejection {
  switch (state.status) {
    case 'inEffect':
    case 'closed':
      return state;
    case 'announced':
    case 'monitored':
      return refuse('round.unsignedBasis', { status: state.status });
    case 'draft':
    case 'withdrawn':
      return refuse('round.agreementNotInEffect', { status: state.status });
  }
}

/** The place of a round in the calendar that the agreement has agreed on; or why there is none. */
export function placeInCalendar(
  { scheme }: AgreementInEffect,
  rounds: readonly CalendarRound[],
  round: string,
): number | Rejection {
  if (!scheme) return refuse('round.noScheme');
  const place = rounds.findIndex((one) => one.round === round);
  return place < 0 ? refuse('round.unknown', { round, rounds: rounds.map((one) => one.round) }, '/round') : place;
}

/** Refuses what can only follow a closed round. */
export function refusalOfOpenRound(state: AgreementInEffect, round: string): Rejection | undefined {
  return roundOf(state, round).closed ? undefined : refuse('round.notClosed', { round }, '/round');
}

export function refusalOfUnknownIndicator(
  { indicators }: AgreementInEffect,
  indicatorId: string | undefined,
): Rejection | undefined {
  if (indicatorId === undefined || indicators.has(indicatorId)) return undefined;
  return refuse('indicator.unknown', { indicatorId }, '/indicatorId');
}

/** @param bounds absent where no scheme says what a score may be */
export function refusalOfBounds(score: string, bounds: ScoreBounds | undefined): Rejection | undefined {
  if (!bounds) return refuse('round.noScheme');
  const { least, most } = bounds;
  const isWithin = compareDecimals(least, score) <= 0 && compareDecimals(score, most) <= 0;
  return isWithin ? undefined : refuse('score.outOfBounds', { least, most }, '/score');
}
