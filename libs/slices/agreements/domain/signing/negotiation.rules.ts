import { Rejection } from '@khamrap/kernel';
import type { Side, SignaturesVoided } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { Draft, DraftedAgreement, Party } from '../agreement.state';

/** The draft that is negotiated; the refusal where there is nothing to negotiate any more, or never was. */
export function draftOf(state: DraftedAgreement): Draft | Rejection {
  switch (state.status) {
    case 'draft':
      return state;
    case 'withdrawn':
      return refuse('agreement.withdrawn');
    case 'inEffect':
      return refuse('agreement.termsFixed');
    case 'closed':
      return refuse('agreement.closed');
    case 'announced':
    case 'monitored':
      return refuse('agreement.notForSigning', { status: state.status });
  }
}

/** Refuses an office that does not stand on a side of the agreement. */
export function refusalOfNoParty(parties: readonly Party[], side: Side, officeId: string): Rejection | undefined {
  if (includesParty(parties, { side, officeId })) return undefined;
  return refuse('agreement.notAParty', { side, officeId }, '/officeId');
}

export function includesParty(parties: readonly Party[], { side, officeId }: Party): boolean {
  return parties.some((party) => party.side === side && party.officeId === officeId);
}

/** Who signed has signed other terms than these. */
export function signaturesVoidedIn(state: DraftedAgreement): readonly SignaturesVoided[] {
  if (state.status !== 'draft' || state.signatures.length === 0) return [];
  const signatures = state.signatures.map(({ side, officeId }) => ({ side, officeId }));
  return [{ type: 'SignaturesVoided', data: { signatures } }];
}
