import type { IsoDate, Rejection } from '@khamrap/kernel';
import type { SignAgreement } from './agreement.commands';
import type { AgreementSigned, AgreementTookEffect } from './agreement.events';
import { refuse } from './agreement.refusals';
import type { AgreementInEffect, Draft, DraftedAgreement, Party, Signature } from './agreement.state';
import { termsHashOf } from './agreement.terms';

/** Witnesses may sign after the agreement took effect; it waits for makers and receivers only. */
export function signAgreement(
  { data, decidedOn }: SignAgreement,
  state: DraftedAgreement,
): readonly (AgreementSigned | AgreementTookEffect)[] | Rejection {
  if (state.status !== 'draft' && state.status !== 'inEffect') {
    return refuse('agreement.notForSigning', { status: state.status });
  }
  const { capture, ...signature } = data;
  const signedOn = capture.kind === 'paper' ? capture.signedOn : decidedOn;
  const refusal =
    refusalOfUnfinished(state) ??
    refusalOfSignatory(data, state) ??
    refusalOfTermsHash(data.termsHash, state) ??
    refusalOfDay(signedOn, decidedOn);
  if (refusal) return refusal;
  const scan = capture.kind === 'paper' && { scanSha256: capture.scanSha256 };
  return [
    { type: 'AgreementSigned', data: { ...signature, capture: capture.kind, ...scan, signedOn } },
    ...tookEffectWith({ side: data.side, officeId: data.officeId, signedOn }, data.termsHash, state),
  ];
}

function refusalOfUnfinished(state: Draft | AgreementInEffect): Rejection | undefined {
  if (state.status === 'inEffect') return undefined;
  if (state.indicators.size === 0) return refuse('draft.nothingToSign');
  const parents = new Set([...state.indicators.values()].map(({ terms }) => terms.parentIndicatorId));
  // An indicator that has sub-indicators may leave the targets to them.
  const indicatorIds = [...state.indicators]
    .filter(([indicatorId, { targets }]) => targets.size === 0 && !parents.has(indicatorId))
    .map(([indicatorId]) => indicatorId);
  return indicatorIds.length > 0 ? refuse('draft.targetMissing', { indicatorIds }) : undefined;
}

function refusalOfSignatory({ side, officeId }: Party, state: Draft | AgreementInEffect): Rejection | undefined {
  if (!includes(state.parties, { side, officeId }))
    return refuse('agreement.notAParty', { side, officeId }, '/officeId');
  if (includes(state.signatures, { side, officeId }))
    return refuse('agreement.alreadySignedBySide', { side, officeId });
  return undefined;
}

function refusalOfTermsHash(termsHash: string, state: Draft | AgreementInEffect): Rejection | undefined {
  const currentTermsHash = state.status === 'draft' ? termsHashOf(state) : state.termsHash;
  if (termsHash === currentTermsHash) return undefined;
  return refuse('agreement.termsHashDiffers', { currentTermsHash }, '/termsHash');
}

function refusalOfDay(signedOn: IsoDate, decidedOn: IsoDate): Rejection | undefined {
  return signedOn > decidedOn
    ? refuse('signature.inTheFuture', { signedOn, decidedOn }, '/capture/signedOn')
    : undefined;
}

function tookEffectWith(
  signature: Signature,
  termsHash: string,
  state: Draft | AgreementInEffect,
): readonly AgreementTookEffect[] {
  if (state.status === 'inEffect') return [];
  const binding = [...state.signatures, signature].filter(({ side }) => side !== 'witness');
  const bound = state.parties.filter(({ side }) => side !== 'witness');
  if (!bound.every((party) => includes(binding, party))) return [];
  const effectiveOn = binding.reduce(
    (latest, { signedOn }) => (signedOn > latest ? signedOn : latest),
    signature.signedOn,
  );
  return [{ type: 'AgreementTookEffect', data: { effectiveOn, termsHash } }];
}

function includes(parties: readonly Party[], { side, officeId }: Party): boolean {
  return parties.some((party) => party.side === side && party.officeId === officeId);
}
