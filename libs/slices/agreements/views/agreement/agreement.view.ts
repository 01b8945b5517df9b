import { isCommitment, type Json, type Position, type Revision } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { agreementDecider } from '../../domain/agreement.decider';
import type { AgreementClosed, AgreementDrafted, AgreementEvent } from '../../domain/agreement.events';
import type { AgreementState, DraftedAgreement } from '../../domain/agreement.state';
import { termsHashOf } from '../../domain/terms/agreement.terms';
import { AmendmentsTelling, type JudgedAmendmentView } from './amendments.view';
import { IndicatorsTelling, type IndicatorView, type RemovedIndicatorView } from './indicators.view';
import { NegotiationTelling, type NegotiationView, type SignatureView, type WithdrawalView } from './negotiation.view';
import { RoundsTelling, type AppealView, type RoundView } from './rounds.view';
import { statedIn, type Source, type Stated } from '@khamrap/platform/http';

/** An agreement as it stood, with the state that its rules see. */
export interface AgreementView extends Stated {
  readonly agreementId: string;
  readonly revision: number;
  /** Position of its last event. */
  readonly lastPosition: number;
  /** Its revisions by the positions of its events. */
  readonly revisions: ReadonlyMap<Position, Revision>;
  readonly state: DraftedAgreement;
  /** Of the newest draft, where an earlier one was withdrawn. */
  readonly heading: AgreementDrafted['data'];
  /** SHA-256 of the terms as they are; what a signature has to name. Absent where nothing is signed. */
  readonly termsHash?: string;
  /** The revision at which the terms were frozen; what a signature has to name, too. Absent while they are open. */
  readonly termsRevision?: number;
  readonly negotiation: NegotiationView;
  readonly withdrawals: readonly WithdrawalView[];
  readonly effectiveOn?: string;
  /** Only those on the terms as they are. */
  readonly signatures: readonly SignatureView[];
  readonly indicators: readonly IndicatorView[];
  readonly removedIndicators: readonly RemovedIndicatorView[];
  readonly amendments: readonly JudgedAmendmentView[];
  readonly rounds: readonly RoundView[];
  readonly appeals: readonly AppealView[];
  /** Its year is over. */
  readonly closed?: AgreementClosed['data'] & Stated;
}

/** Tells an agreement from its events; undefined when there are none. */
export function agreementView(agreementId: string, events: readonly DecodedEvent[]): AgreementView | undefined {
  const last = events.at(-1);
  const telling = new Telling();
  for (const event of events) telling.take(event);
  const { state, drafted, closed } = telling;
  if (state.status === 'notDrafted' || !last || !drafted) return undefined;
  const { negotiation, withdrawals, effectiveOn, signatures } = telling.negotiation;
  return {
    agreementId,
    revision: last.revision,
    lastPosition: last.position,
    revisions: new Map(events.map(({ position, revision }) => [position, revision])),
    state,
    ...drafted,
    ...termsNamedIn(state),
    negotiation,
    withdrawals,
    ...(effectiveOn !== undefined && { effectiveOn }),
    signatures,
    indicators: telling.indicators.indicators,
    removedIndicators: telling.indicators.removed,
    amendments: telling.amendments.amendments('amendments' in state ? state.amendments : new Map()),
    rounds: telling.rounds.rounds,
    appeals: telling.rounds.appeals,
    ...(closed && { closed }),
  };
}

/** What a signature has to name. */
function termsNamedIn(state: DraftedAgreement): Pick<AgreementView, 'termsHash' | 'termsRevision'> {
  switch (state.status) {
    case 'draft': {
      const { negotiation } = state;
      const frozen = negotiation.stage === 'proposed' && { termsRevision: negotiation.termsRevision };
      return { termsHash: termsHashOf(state), ...frozen };
    }
    case 'inEffect':
    case 'closed': {
      const { termsHash, termsRevision } = state;
      return { termsHash, ...(termsRevision !== undefined && { termsRevision }) };
    }
    case 'withdrawn':
    case 'announced':
    case 'monitored':
      return {};
  }
}

/** Digests of all private values in a view. */
export function commitmentsIn(value: unknown): string[] {
  if (isCommitment(value as Json)) return [(value as { $private: string }).$private];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(commitmentsIn);
}

class Telling {
  state: AgreementState = agreementDecider.initialState;
  drafted: Pick<AgreementView, 'heading' | 'stated'> | undefined;
  closed: (AgreementClosed['data'] & Stated) | undefined;
  readonly negotiation = new NegotiationTelling();
  readonly indicators = new IndicatorsTelling();
  readonly amendments = new AmendmentsTelling();
  readonly rounds = new RoundsTelling();

  take(decoded: DecodedEvent): void {
    const event = decoded as unknown as AgreementEvent;
    this.state = agreementDecider.evolve(this.state, event);
    this.#tell(event, statedIn(decoded));
  }

  #tell(event: AgreementEvent, stated: Source): void {
    switch (event.type) {
      case 'AgreementDrafted':
        this.negotiation.begin();
        this.indicators.begin();
        this.drafted = { heading: event.data, stated };
        return;
      case 'IndicatorAdded':
      case 'IndicatorRevised':
      case 'IndicatorRemoved':
      case 'TargetSet':
        this.negotiation.reopen();
        return this.indicators.take(event, stated);
      case 'TermsProposed':
      case 'TermsReturned':
      case 'TermsAccepted':
      case 'AgreementSigned':
      case 'SignaturesVoided':
      case 'AgreementTookEffect':
      case 'AgreementWithdrawn':
        return this.negotiation.take(event, stated);
      case 'TargetAmended':
      case 'WeightAmended':
      case 'IndicatorCancelled':
      case 'ExemptionGranted':
      case 'ActualReported':
      case 'ActualCorrected':
      case 'ActualCertified':
      case 'ActualReturned':
      case 'ActualExamined':
        return this.indicators.take(event, stated);
      case 'AmendmentRequested':
      case 'AmendmentApproved':
      case 'AmendmentRejected':
        return this.amendments.take(event, stated);
      case 'EvaluationRoundClosed':
        this.indicators.closeRound(event.data.span);
        return this.rounds.take(event, stated);
      case 'EvaluationRoundReopened':
      case 'ScoreDetermined':
      case 'ResultAnnounced':
        return this.rounds.take(event, stated);
      case 'AppealFiled':
      case 'AppealDecided':
        return this.rounds.takeAppeal(event, stated);
      case 'AgreementClosed':
        this.closed = { ...event.data, stated };
    }
  }
}
