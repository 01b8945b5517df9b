import { NOT_STATED, parseSpanKey, type IsoDate, type Rejection } from '@khamrap/kernel';
import { refuse } from '../agreement.refusals';
import type { DraftedAgreement, Round } from '../agreement.state';

/** Refuses what belongs to the year while the year is over. */
export function refusalOfClosedAgreement(state: DraftedAgreement): Rejection | undefined {
  return state.status === 'closed' ? refuse('agreement.closed') : undefined;
}

/**
 * Refuses to change what a closed round was judged by: a figure or a target whose span (by its key) lies inside the span of
 * the round. Where a document leaves the span open, nobody can say that it lies in one.
 */
export function refusalOfClosedRound(state: DraftedAgreement, key: string): Rejection | undefined {
  return refusalOfClosed(state, (_round, closed) => liesWithin(key, closed.span));
}

/** Refuses what takes effect on a day and stands from then on, where a closed round was judged by a day on or after it. */
export function refusalOfRoundClosedSince(state: DraftedAgreement, day: IsoDate): Rejection | undefined {
  return refusalOfClosed(state, (_round, closed) => day <= endOf(closed.span));
}

/** Refuses to decide on a round that is closed already. */
export function refusalOfRoundClosed(state: DraftedAgreement, round: string): Rejection | undefined {
  return refusalOfClosed(state, (closedRound) => closedRound === round);
}

function refusalOfClosed(
  state: DraftedAgreement,
  isMeant: (round: string, closed: NonNullable<Round['closed']>) => boolean,
): Rejection | undefined {
  if (state.status !== 'inEffect' && state.status !== 'closed') return undefined;
  for (const [round, { closed }] of state.rounds) {
    if (closed && isMeant(round, closed)) {
      return refuse('round.closed', { round, closedBy: closed.by, closedOn: closed.on });
    }
  }
  return undefined;
}

/** Whether a span lies inside another one, by their keys. Of a span that is not stated nobody can say so. */
export function liesWithin(key: string, within: string): boolean {
  const [inner, outer] = [parseSpanKey(key), parseSpanKey(within)];
  if (!inner || !outer || inner === NOT_STATED || outer === NOT_STATED) return false;
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** The last day of a span, by its key; empty where the span is not stated. */
export function endOf(key: string): string {
  const span = parseSpanKey(key);
  return span === undefined || span === NOT_STATED ? '' : span.to;
}
