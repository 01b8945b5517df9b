import type {
  AgreementSigned,
  AgreementTookEffect,
  AgreementWithdrawn,
  SignaturesVoided,
  TermsAccepted,
  TermsProposed,
  TermsReturned,
} from '../../domain/agreement.events';
import type { Source, Stated } from '@khamrap/platform/http';

export type SignatureView = AgreementSigned['data'] & Stated;
export type ProposalView = TermsProposed['data'] & Stated;
export type AcceptanceView = TermsAccepted['data'] & Stated;
export type ReturnView = TermsReturned['data'] & Stated;
export type WithdrawalView = AgreementWithdrawn['data'] & Stated;

/** How far the parties are with each other. */
export interface NegotiationView {
  /** The proposal that stands; none while the terms are open. */
  readonly proposal?: ProposalView;
  /** Of the terms as they are. */
  readonly acceptances: readonly AcceptanceView[];
  /** Every time that a receiver gave this draft back, the earliest first. */
  readonly returns: readonly ReturnView[];
}

type NegotiationEvent =
  | TermsProposed
  | TermsReturned
  | TermsAccepted
  | AgreementSigned
  | SignaturesVoided
  | AgreementTookEffect
  | AgreementWithdrawn;

/** Tells how the terms of a draft became those of an agreement. */
export class NegotiationTelling {
  /** Only those on the terms as they are. */
  signatures: SignatureView[] = [];
  effectiveOn: string | undefined;
  /** Drafts that were given up in this stream. */
  readonly withdrawals: WithdrawalView[] = [];
  #proposal: ProposalView | undefined;
  #acceptances: AcceptanceView[] = [];
  #returns: ReturnView[] = [];

  get negotiation(): NegotiationView {
    return {
      ...(this.#proposal && { proposal: this.#proposal }),
      acceptances: this.#acceptances,
      returns: this.#returns,
    };
  }

  /** Another draft begins. */
  begin(): void {
    this.reopen();
    this.signatures = [];
    this.#returns = [];
  }

  /** Changed terms are nobody's proposal any more. */
  reopen(): void {
    this.#proposal = undefined;
    this.#acceptances = [];
  }

  take(event: NegotiationEvent, stated: Source): void {
    switch (event.type) {
      case 'TermsProposed':
        this.#acceptances = [];
        this.#proposal = { ...event.data, stated };
        return;
      case 'TermsReturned':
        this.reopen();
        return void this.#returns.push({ ...event.data, stated });
      case 'TermsAccepted':
        return void this.#acceptances.push({ ...event.data, stated });
      case 'AgreementSigned':
        return void this.signatures.push({ ...event.data, stated });
      case 'SignaturesVoided':
        this.signatures = this.signatures.filter((signature) => !isAmong(event.data.signatures, signature));
        return;
      case 'AgreementTookEffect':
        this.effectiveOn = event.data.effectiveOn;
        return;
      case 'AgreementWithdrawn':
        return void this.withdrawals.push({ ...event.data, stated });
    }
  }
}

function isAmong(voided: SignaturesVoided['data']['signatures'], { side, officeId }: SignatureView): boolean {
  return voided.some((signature) => signature.side === side && signature.officeId === officeId);
}
