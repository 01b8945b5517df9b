import { isCommitment, type Json, type Provenance } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { agreementDecider } from '../../domain/agreement.decider';
import type {
  ActualReported,
  AgreementDrafted,
  AgreementEvent,
  AgreementSigned,
  IndicatorAdded,
  TargetSet,
} from '../../domain/agreement.events';
import type { AgreementState } from '../../domain/agreement.state';
import { termsHashOf } from '../../domain/agreement.terms';

/** Where a statement stands in the log, and where it came from. */
export interface Source {
  readonly eventId: string;
  readonly position: number;
  /** RFC 3339. */
  readonly recordedAt: string;
  readonly provenance: Provenance;
}

/** A statement, with where it stands. */
export interface Stated {
  readonly stated: Source;
}

export type SignatureView = AgreementSigned['data'] & Stated;
export type TargetView = Omit<TargetSet['data'], 'indicatorId'> & Stated;
export type ActualView = Omit<ActualReported['data'], 'indicatorId'> & Stated;

export interface IndicatorView extends Stated {
  readonly terms: IndicatorAdded['data'];
  /** In the order in which they were set; a later one for the same span takes the place of the earlier. */
  readonly targets: TargetView[];
  readonly actuals: ActualView[];
}

/** An agreement as it stood, with the state that its rules see. */
export interface AgreementView extends Stated {
  readonly agreementId: string;
  readonly revision: number;
  /** Position of its last event. */
  readonly lastPosition: number;
  readonly state: Exclude<AgreementState, { status: 'notDrafted' }>;
  readonly heading: AgreementDrafted['data'];
  /** SHA-256 of the terms as they are; what a signature has to name. Absent where nothing is signed. */
  readonly termsHash?: string;
  readonly effectiveOn?: string;
  /** Only those on the terms as they are. */
  readonly signatures: readonly SignatureView[];
  readonly indicators: readonly IndicatorView[];
}

/** Tells an agreement from its events; undefined when there are none. */
export function agreementView(agreementId: string, events: readonly DecodedEvent[]): AgreementView | undefined {
  const first = events[0];
  const last = events.at(-1);
  if (!first || !last) return undefined;
  const telling = new Telling();
  for (const event of events) telling.take(event);
  const { state } = telling;
  if (state.status === 'notDrafted') return undefined;
  const termsHash =
    state.status === 'draft' ? termsHashOf(state) : state.status === 'inEffect' ? state.termsHash : undefined;
  return {
    agreementId,
    revision: last.revision,
    lastPosition: last.position,
    state,
    heading: first.data as unknown as AgreementDrafted['data'],
    stated: statedIn(first),
    ...(termsHash !== undefined && { termsHash }),
    ...(telling.effectiveOn !== undefined && { effectiveOn: telling.effectiveOn }),
    signatures: telling.signatures,
    indicators: [...telling.indicators.values()],
  };
}

/** Digests of all private values in a view. */
export function commitmentsIn(value: unknown): string[] {
  if (isCommitment(value as Json)) return [(value as { $private: string }).$private];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(commitmentsIn);
}

class Telling {
  state: AgreementState = agreementDecider.initialState;
  signatures: SignatureView[] = [];
  effectiveOn: string | undefined;
  readonly indicators = new Map<string, IndicatorView>();

  take(event: DecodedEvent): void {
    const stated = event as unknown as AgreementEvent;
    this.state = agreementDecider.evolve(this.state, stated);
    switch (stated.type) {
      case 'AgreementDrafted':
        return;
      case 'IndicatorAdded':
        return void this.indicators.set(stated.data.indicatorId, {
          terms: stated.data,
          targets: [],
          actuals: [],
          stated: statedIn(event),
        });
      case 'TargetSet': {
        const { indicatorId, ...target } = stated.data;
        const targets = this.indicators.get(indicatorId)?.targets ?? [];
        const before = targets.findIndex(({ span }) => span === target.span);
        targets.splice(before < 0 ? targets.length : before, before < 0 ? 0 : 1, {
          ...target,
          stated: statedIn(event),
        });
        return;
      }
      case 'AgreementSigned':
        return void this.signatures.push({ ...stated.data, stated: statedIn(event) });
      case 'SignaturesVoided':
        this.signatures = [];
        return;
      case 'AgreementTookEffect':
        this.effectiveOn = stated.data.effectiveOn;
        return;
      case 'ActualReported': {
        const { indicatorId, ...actual } = stated.data;
        return void this.indicators.get(indicatorId)?.actuals.push({ ...actual, stated: statedIn(event) });
      }
    }
  }
}

function statedIn({ eventId, position, recordedAtMs, provenance }: DecodedEvent): Source {
  return { eventId, position, recordedAt: new Date(recordedAtMs).toISOString(), provenance };
}
