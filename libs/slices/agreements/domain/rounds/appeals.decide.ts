import { Rejection } from '@khamrap/kernel';
import type { DecideAppeal, FileAppeal } from '../agreement.commands';
import type { AppealDecided, AppealFiled } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { AgreementInEffect, DraftedAgreement } from '../agreement.state';
import { evaluated, refusalOfBounds, refusalOfOpenRound, refusalOfUnknownIndicator } from './round.rules';

/** A maker appeals against what a closed round came to, also when the year is over; one matter at a time. */
export function fileAppeal({ data }: FileAppeal, drafted: DraftedAgreement): readonly AppealFiled[] | Rejection {
  const state = evaluated(drafted);
  if (state instanceof Rejection) return state;
  const refusal =
    refusalOfOffice(data.officeId, state) ??
    refusalOfOpenRound(state, data.round) ??
    refusalOfUnknownIndicator(state, data.indicatorId) ??
    refusalOfRepeated(data, state);
  return refusal ?? [{ type: 'AppealFiled', data }];
}

/** Somebody else decides. The score that follows is noted here; figures change by reopening the round. */
export function decideAppeal(
  { data, officeId, bounds }: DecideAppeal,
  drafted: DraftedAgreement,
): readonly AppealDecided[] | Rejection {
  const state = evaluated(drafted);
  if (state instanceof Rejection) return state;
  const { appealId, outcome, decidedBy, score } = data;
  const appeal = state.appeals.get(appealId);
  if (!appeal) return refuse('appeal.unknown', { appealId });
  if (appeal.isDecided) return refuse('appeal.alreadyDecided', { appealId });
  if (decidedBy === appeal.filedBy || (officeId !== undefined && isMaker(officeId, state))) return refuse('appeal.own');
  if (outcome === 'dismissed' && score !== undefined) return refuse('appeal.scoreUnfit', { outcome }, '/score');
  const refusal = score === undefined ? undefined : refusalOfBounds(score, bounds);
  return refusal ?? [{ type: 'AppealDecided', data }];
}

function refusalOfOffice(officeId: string, state: AgreementInEffect): Rejection | undefined {
  return isMaker(officeId, state) ? undefined : refuse('appeal.notAMaker', { officeId }, '/officeId');
}

function refusalOfRepeated(
  { round, indicatorId }: AppealFiled['data'],
  { appeals }: AgreementInEffect,
): Rejection | undefined {
  const same = [...appeals].find(
    ([, appeal]) => !appeal.isDecided && appeal.round === round && appeal.indicatorId === indicatorId,
  );
  return same && refuse('appeal.alreadyOpen', { appealId: same[0] });
}

function isMaker(office: string, { parties }: AgreementInEffect): boolean {
  return parties.some(({ side, officeId }) => side === 'maker' && officeId === office);
}
