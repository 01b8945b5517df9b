import { Rejection } from '@khamrap/kernel';
import type { AcceptTerms, ProposeTerms, ReturnTerms, WithdrawAgreement } from '../agreement.commands';
import type {
  AgreementWithdrawn,
  SignaturesVoided,
  TermsAccepted,
  TermsProposed,
  TermsReturned,
} from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { Draft, DraftedAgreement } from '../agreement.state';
import { termsHashOf } from '../terms/agreement.terms';
import { childrenOf, roundsOutside } from '../terms/indicator.rules';
import { draftOf, refusalOfNoParty, signaturesVoidedIn } from './negotiation.rules';

export function proposeTerms(
  { data, calendar }: ProposeTerms,
  state: DraftedAgreement,
): readonly TermsProposed[] | Rejection {
  const draft = draftOf(state);
  if (draft instanceof Rejection) return draft;
  const { negotiation, revision } = draft;
  if (negotiation.stage === 'proposed') {
    const { termsRevision, termsHash } = negotiation;
    return refuse('terms.alreadyProposed', { termsRevision, termsHash });
  }
  const refusal =
    refusalOfNoParty(draft.parties, 'maker', data.officeId) ??
    refusalOfUnfinished(draft) ??
    refusalOfForeignRounds(draft, calendar);
  return (
    refusal ?? [{ type: 'TermsProposed', data: { ...data, termsRevision: revision, termsHash: termsHashOf(draft) } }]
  );
}

/** An indicator may leave the targets to its sub-indicators; one that is judged has none. */
function refusalOfUnfinished({ indicators }: Draft): Rejection | undefined {
  if (indicators.size === 0) return refuse('draft.nothingToSign');
  const indicatorIds = [...indicators]
    .filter(([, { targets, terms }]) => targets.size === 0 && terms.direction !== 'judged')
    .map(([indicatorId]) => indicatorId)
    .filter((indicatorId) => childrenOf(indicatorId, indicators).length === 0);
  return indicatorIds.length > 0 ? refuse('draft.targetMissing', { indicatorIds }) : undefined;
}

/** Terms that were taken over from another agreement may count in rounds of another calendar. */
function refusalOfForeignRounds({ indicators }: Draft, calendar: ProposeTerms['calendar']): Rejection | undefined {
  const indicatorIds = [...indicators]
    .filter(([, { terms }]) => roundsOutside(calendar, terms.rounds).length > 0)
    .map(([indicatorId]) => indicatorId);
  if (!calendar || indicatorIds.length === 0) return undefined;
  return refuse('indicator.roundUnknown', { indicatorIds, rounds: calendar.map(({ round }) => round) });
}

export function returnTerms(
  { data }: ReturnTerms,
  state: DraftedAgreement,
): readonly (TermsReturned | SignaturesVoided)[] | Rejection {
  const draft = draftOf(state);
  if (draft instanceof Rejection) return draft;
  const refusal = refusalOfAnswer(data, draft) ?? refusalOfComments(data, draft);
  return refusal ?? [{ type: 'TermsReturned', data }, ...signaturesVoidedIn(draft)];
}

export function acceptTerms({ data }: AcceptTerms, state: DraftedAgreement): readonly TermsAccepted[] | Rejection {
  const draft = draftOf(state);
  if (draft instanceof Rejection) return draft;
  const refusal = refusalOfAnswer(data, draft) ?? refusalOfRepeated(data.officeId, draft);
  return refusal ?? [{ type: 'TermsAccepted', data }];
}

/** A receiver answers to what was proposed, and to nothing else. */
function refusalOfAnswer(
  { officeId, termsHash }: AcceptTerms['data'],
  { parties, negotiation }: Draft,
): Rejection | undefined {
  if (negotiation.stage === 'open') return refuse('terms.notProposed');
  const refusal = refusalOfNoParty(parties, 'receiver', officeId);
  if (refusal || termsHash === negotiation.termsHash) return refusal;
  return refuse('agreement.termsHashDiffers', { currentTermsHash: negotiation.termsHash }, '/termsHash');
}

function refusalOfRepeated(officeId: string, { negotiation }: Draft): Rejection | undefined {
  const isAccepted = negotiation.stage === 'proposed' && negotiation.acceptedBy.includes(officeId);
  return isAccepted ? refuse('terms.alreadyAccepted', { officeId }) : undefined;
}

function refusalOfComments({ comments }: ReturnTerms['data'], { indicators }: Draft): Rejection | undefined {
  if (comments.length === 0) return refuse('terms.commentsMissing', {}, '/comments');
  for (const [index, { indicatorId }] of comments.entries()) {
    if (indicatorId === undefined || indicators.has(indicatorId)) continue;
    return refuse('indicator.unknown', { indicatorId }, `/comments/${index}/indicatorId`);
  }
  return undefined;
}

export function withdrawAgreement(
  { data }: WithdrawAgreement,
  state: DraftedAgreement,
): readonly AgreementWithdrawn[] | Rejection {
  const draft = draftOf(state);
  if (draft instanceof Rejection) return draft;
  return refusalOfNoParty(draft.parties, 'maker', data.officeId) ?? [{ type: 'AgreementWithdrawn', data }];
}
