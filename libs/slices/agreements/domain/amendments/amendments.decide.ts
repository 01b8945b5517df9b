import { Rejection, type IsoDate } from '@khamrap/kernel';
import type { ApproveAmendment, RejectAmendment, RequestAmendment } from '../agreement.commands';
import type {
  AmendmentApproved,
  AmendmentRejected,
  AmendmentRequested,
  IndicatorCancelled,
  TargetAmended,
  WeightAmended,
} from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { AgreementInEffect, Amendment, DraftedAgreement } from '../agreement.state';
import { changedTerms, refusalOfChanges, refusalOfLateCancellation, type ChangedTerms } from './amendment.rules';
import { refusalOfNoParty } from '../signing/negotiation.rules';
import { refusalOfRoundClosedSince } from '../rounds/round-lock.rules';

type Amended = TargetAmended | WeightAmended | IndicatorCancelled;

export function requestAmendment(
  { data, decidedOn, cutOffOn, rounds }: RequestAmendment,
  state: DraftedAgreement,
): readonly AmendmentRequested[] | Rejection {
  const agreement = amendable(state);
  if (agreement instanceof Rejection) return agreement;
  const refusal =
    refusalOfNoParty(agreement.parties, 'maker', data.officeId) ??
    refusalOfRepeated(data.amendmentId, agreement) ??
    refusalOfDay(decidedOn, cutOffOn) ??
    refusalOfEffect(data.effectiveFrom, agreement) ??
    refusalOfChanges(data.changes, agreement) ??
    refusalOfLateCancellation(data.changes, agreement, rounds);
  return refusal ?? [{ type: 'AmendmentRequested', data: { ...data, requestedOn: decidedOn } }];
}

/** One approval for each receiver; the last one makes the changes true. */
export function approveAmendment(
  { data }: ApproveAmendment,
  state: DraftedAgreement,
): readonly (AmendmentApproved | Amended)[] | Rejection {
  const agreement = amendable(state);
  if (agreement instanceof Rejection) return agreement;
  const amendment = agreement.amendments.get(data.amendmentId);
  const refusal = refusalOfDecision(data, data.approvedBy, agreement);
  if (refusal || !amendment) return refusal ?? refuse('amendment.unknown', { amendmentId: data.amendmentId });
  if (amendment.approvedBy.includes(data.officeId)) {
    return refuse('amendment.alreadyApproved', { officeId: data.officeId }, '/officeId');
  }
  const { request } = amendment;
  // Rounds may have closed, and other amendments may have been approved, since this one was requested.
  const overtaken = refusalOfEffect(request.effectiveFrom, agreement) ?? refusalOfChanges(request.changes, agreement);
  if (overtaken) return new Rejection(overtaken.code, overtaken.facts);
  return [
    { type: 'AmendmentApproved', data },
    ...(isLast(data.officeId, amendment, agreement) ? changesOf(request) : []),
  ];
}

export function rejectAmendment(
  { data }: RejectAmendment,
  state: DraftedAgreement,
): readonly AmendmentRejected[] | Rejection {
  const agreement = amendable(state);
  if (agreement instanceof Rejection) return agreement;
  return refusalOfDecision(data, data.rejectedBy, agreement) ?? [{ type: 'AmendmentRejected', data }];
}

function amendable(state: DraftedAgreement): AgreementInEffect | Rejection {
  switch (state.status) {
    case 'inEffect':
      return state;
    case 'closed':
      return refuse('agreement.closed');
    case 'draft':
    case 'withdrawn':
    case 'announced':
    case 'monitored':
      return refuse('amendment.notInEffect', { status: state.status });
  }
}

function refusalOfRepeated(amendmentId: string, { amendments }: AgreementInEffect): Rejection | undefined {
  return amendments.has(amendmentId) ? refuse('amendment.alreadyRequested', { amendmentId }) : undefined;
}

function refusalOfDay(decidedOn: IsoDate, cutOffOn: IsoDate | undefined): Rejection | undefined {
  return cutOffOn !== undefined && decidedOn > cutOffOn ? refuse('amendment.afterCutOff', { cutOffOn }) : undefined;
}

/** What a closed round was judged by stays as it was on every one of its days. */
function refusalOfEffect(effectiveFrom: IsoDate, state: AgreementInEffect): Rejection | undefined {
  const { period, effectiveOn } = state;
  if (effectiveFrom < period.from || effectiveFrom > period.to) {
    return refuse('amendment.effectiveOutsidePeriod', { period: { ...period } }, '/effectiveFrom');
  }
  if (effectiveFrom < effectiveOn) return refuse('amendment.effectiveTooEarly', { effectiveOn }, '/effectiveFrom');
  const judged = refusalOfRoundClosedSince(state, effectiveFrom);
  return judged && new Rejection(judged.code, judged.facts, '/effectiveFrom');
}

/** Receivers decide, each through somebody else than the one who asked. */
function refusalOfDecision(
  { amendmentId, officeId }: Pick<AmendmentApproved['data'], 'amendmentId' | 'officeId'>,
  decidedBy: string,
  { amendments, parties }: AgreementInEffect,
): Rejection | undefined {
  const amendment = amendments.get(amendmentId);
  if (!amendment) return refuse('amendment.unknown', { amendmentId });
  const { status, request } = amendment;
  if (status !== 'requested') return refuse('amendment.alreadyDecided', { status });
  const refusal = refusalOfNoParty(parties, 'receiver', officeId);
  if (refusal) return refusal;
  return request.requestedBy === decidedBy ? refuse('amendment.own') : undefined;
}

function isLast(officeId: string, { approvedBy }: Amendment, { parties }: AgreementInEffect): boolean {
  return parties
    .filter(({ side }) => side === 'receiver')
    .every((receiver) => receiver.officeId === officeId || approvedBy.includes(receiver.officeId));
}

function changesOf(request: AmendmentRequested['data']): readonly Amended[] {
  return request.changes.flatMap((change) => {
    const stated = changedTerms(change);
    return stated ? [amended(stated, request)] : [];
  });
}

function amended(change: ChangedTerms, request: AmendmentRequested['data']): Amended {
  const { amendmentId, effectiveFrom, basisDocument } = request;
  const { indicatorId } = change;
  const origin = { amendmentId, indicatorId, effectiveFrom, ...(basisDocument && { basisDocument }) };
  switch (change.change) {
    case 'target':
      return { type: 'TargetAmended', data: { ...origin, ...change.target } };
    case 'weight':
      return { type: 'WeightAmended', data: { ...origin, weight: change.weight } };
    case 'cancelIndicator':
      return { type: 'IndicatorCancelled', data: { ...origin, fromRound: change.fromRound } };
  }
}
