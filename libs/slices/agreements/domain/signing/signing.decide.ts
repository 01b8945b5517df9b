import { Rejection, type IsoDate } from '@khamrap/kernel';
import type { SignAgreement } from '../agreement.commands';
import type { AgreementSigned, AgreementTookEffect } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { AgreementInEffect, Draft, DraftedAgreement, Party, Signature } from '../agreement.state';
import { draftOf, includesParty, refusalOfNoParty } from './negotiation.rules';

/** Witnesses may sign after the agreement took effect; it waits for makers and receivers only. */
export function signAgreement(
  command: SignAgreement,
  state: DraftedAgreement,
): readonly (AgreementSigned | AgreementTookEffect)[] | Rejection {
  const signable = state.status === 'inEffect' ? state : draftOf(state);
  if (signable instanceof Rejection) return signable;
  const { data, decidedOn } = command;
  const { side, officeId, termsHash, capture } = data;
  const signedOn = capture.kind === 'click' ? decidedOn : capture.signedOn;
  const refusal =
    refusalOfUnaccepted(signable) ??
    refusalOfSignatory(data, signable) ??
    refusalOfBothSides(command, signable) ??
    refusalOfTerms(data, signable) ??
    refusalOfCapacity(data) ??
    refusalOfDay(signedOn, decidedOn, `/${capture.kind}/signedOn`);
  if (refusal) return refusal;
  return [
    { type: 'AgreementSigned', data: signatureOf(command, signedOn) },
    ...tookEffectWith({ side, officeId, signedOn }, termsHash, signable),
  ];
}

/** Who brings a paper in is not taken for the one who signed it, so there the signatory stands by name only. */
function signatureOf({ data, actorId }: SignAgreement, signedOn: IsoDate): AgreementSigned['data'] {
  const { capture, ...signature } = data;
  switch (capture.kind) {
    case 'click':
      return { ...signature, capture: 'click', signedOn, signedBy: actorId };
    case 'paper':
      return { ...signature, capture: 'paper', signedOn, scanSha256: capture.scanSha256 };
    case 'certificate': {
      const { documentSha256, certificateSha256 } = capture;
      return { ...signature, capture: 'certificate', signedOn, certificate: { documentSha256, certificateSha256 } };
    }
  }
}

function refusalOfUnaccepted(state: Draft | AgreementInEffect): Rejection | undefined {
  if (state.status !== 'draft') return undefined;
  const { negotiation, parties } = state;
  if (negotiation.stage === 'open') return refuse('terms.notProposed');
  const waitingFor = parties
    .filter(({ side, officeId }) => side === 'receiver' && !negotiation.acceptedBy.includes(officeId))
    .map(({ officeId }) => officeId);
  return waitingFor.length > 0 ? refuse('terms.notAccepted', { waitingFor }) : undefined;
}

function refusalOfSignatory({ side, officeId }: Party, state: Draft | AgreementInEffect): Rejection | undefined {
  if (!includesParty(state.signatures, { side, officeId })) return refusalOfNoParty(state.parties, side, officeId);
  return refuse('agreement.alreadySignedBySide', { side, officeId });
}

/** Two sides undertake towards each other, and a third sees it: each is another person. A paper tells by name who signed it. */
function refusalOfBothSides(
  { data: { side, capture }, actorId }: SignAgreement,
  { signatures }: Draft | AgreementInEffect,
): Rejection | undefined {
  if (capture.kind !== 'click') return undefined;
  const other = signatures.find((signature) => signature.signedBy === actorId && signature.side !== side);
  return other && refuse('signature.bothSides', { side: other.side }, '/side');
}

/** What stands: frozen by the proposal, and since then for as long as nothing else was agreed. */
function refusalOfTerms(
  { termsHash, termsRevision }: SignAgreement['data'],
  state: Draft | AgreementInEffect,
): Rejection | undefined {
  const frozen = state.status === 'draft' ? state.negotiation : state;
  if (!('termsHash' in frozen)) return refuse('terms.notProposed');
  if (termsHash !== frozen.termsHash) {
    return refuse('agreement.termsHashDiffers', { currentTermsHash: frozen.termsHash }, '/termsHash');
  }
  const currentTermsRevision = frozen.termsRevision;
  if (currentTermsRevision === undefined || termsRevision === currentTermsRevision) return undefined;
  return refuse('agreement.termsRevisionDiffers', { currentTermsRevision }, '/termsRevision');
}

function refusalOfCapacity({ capacity, authority }: SignAgreement['data']): Rejection | undefined {
  const isMissing = capacity === 'delegated' && authority === undefined;
  return isMissing ? refuse('signature.authorityMissing', {}, '/authority') : undefined;
}

function refusalOfDay(signedOn: IsoDate, decidedOn: IsoDate, pointer: string): Rejection | undefined {
  return signedOn > decidedOn ? refuse('signature.inTheFuture', { signedOn, decidedOn }, pointer) : undefined;
}

function tookEffectWith(
  signature: Signature,
  termsHash: string,
  state: Draft | AgreementInEffect,
): readonly AgreementTookEffect[] {
  if (state.status !== 'draft') return [];
  const binding = [...state.signatures, signature].filter(({ side }) => side !== 'witness');
  const bound = state.parties.filter(({ side }) => side !== 'witness');
  if (!bound.every((party) => includesParty(binding, party))) return [];
  const effectiveOn = binding.reduce(
    (latest, { signedOn }) => (signedOn > latest ? signedOn : latest),
    signature.signedOn,
  );
  return [{ type: 'AgreementTookEffect', data: { effectiveOn, termsHash } }];
}
