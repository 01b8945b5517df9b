import { Rejection } from '@khamrap/kernel';
import type { GrantExemption } from '../agreement.commands';
import type { ExemptionGranted } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { DraftedAgreement, RunningIndicator } from '../agreement.state';
import { refusalOfClosedAgreement, refusalOfRoundClosed } from '../rounds/round-lock.rules';
import { evaluated } from '../rounds/round.rules';

/** A receiver lets an indicator out of one round; whoever reported it does not do so for a receiver. */
export function grantExemption(
  { data, rounds }: GrantExemption,
  drafted: DraftedAgreement,
): readonly ExemptionGranted[] | Rejection {
  const closed = refusalOfClosedAgreement(drafted);
  if (closed) return closed;
  const state = evaluated(drafted);
  if (state instanceof Rejection) return state;
  const indicator = state.indicators.get(data.indicatorId);
  if (!indicator) return refuse('indicator.unknown', { indicatorId: data.indicatorId });
  const refusal =
    refusalOfRound(data.round, rounds, indicator) ??
    refusalOfRoundClosed(state, data.round) ??
    refusalOfGrantor(data, state, indicator);
  return refusal ?? [{ type: 'ExemptionGranted', data }];
}

/** The indicator counts in its own rounds; without any of its own, in all of the calendar. */
function refusalOfRound(
  round: string,
  calendar: GrantExemption['rounds'],
  { terms, exemptRounds }: RunningIndicator,
): Rejection | undefined {
  const rounds = terms.rounds ?? calendar.map((each) => each.round);
  if (!rounds.includes(round)) return refuse('exemption.roundUnknown', { round, rounds }, '/round');
  return exemptRounds.has(round) ? refuse('exemption.alreadyGranted', { round }, '/round') : undefined;
}

function refusalOfGrantor(
  { officeId, grantedBy }: GrantExemption['data'],
  { parties }: DraftedAgreement,
  { figures }: RunningIndicator,
): Rejection | undefined {
  const isReceiver = parties.some((party) => party.side === 'receiver' && party.officeId === officeId);
  if (!isReceiver) return refuse('exemption.notAReceiver', { officeId }, '/officeId');
  const isOwn = [...figures.values()].some(({ authors }) => authors.includes(grantedBy));
  return isOwn ? refuse('exemption.ownIndicator') : undefined;
}
