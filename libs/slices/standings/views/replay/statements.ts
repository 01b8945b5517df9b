import type { AgreementEvent } from '@khamrap/agreements/events';
import type { Position } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { SchemeEvent } from '@khamrap/schemes/events';

/** The event that states something. */
export interface StatingEvent {
  readonly eventId: string;
  readonly position: Position;
  readonly type: string;
  readonly stream: string;
}

/** By which events of an agreement and its scheme everything is stated that a number may rest on. */
export class Statements {
  readonly #byId = new Map<string, StatingEvent>();
  readonly #byWhat = new Map<string, readonly StatingEvent[]>();
  readonly #printed = new Map<string, string>();

  take(recorded: DecodedEvent): void {
    const { eventId, position, type, stream } = recorded;
    const event = { eventId, position, type, stream };
    this.#byId.set(eventId, event);
    const { asPrinted } = recorded.data as { readonly asPrinted?: unknown };
    if (typeof asPrinted === 'string') this.#printed.set(eventId, asPrinted);
    for (const { what, isFirst } of statedBy(recorded)) {
      const key = keyOf(what);
      this.#byWhat.set(key, [...(isFirst ? [] : (this.#byWhat.get(key) ?? [])), event]);
    }
  }

  event(eventId: string): StatingEvent | null {
    return this.#byId.get(eventId) ?? null;
  }

  /** The event that states it now. */
  last(...what: readonly (string | number)[]): StatingEvent | null {
    return this.at(-1, ...what);
  }

  /** The event that stated one version of it. */
  at(index: number, ...what: readonly (string | number)[]): StatingEvent | null {
    return this.#byWhat.get(keyOf(what))?.at(index) ?? null;
  }

  /** What a document prints beside what the event states. */
  printedBy(eventId: string): string | undefined {
    return this.#printed.get(eventId);
  }
}

interface Stated {
  readonly what: readonly (string | number)[];
  /** What was stated before is no version of it. */
  readonly isFirst?: true;
}

function statedBy(recorded: DecodedEvent): readonly Stated[] {
  const event = recorded as unknown as AgreementEvent | SchemeEvent;
  switch (event.type) {
    case 'IndicatorAdded':
    case 'IndicatorRevised':
      return [{ what: ['weight', event.data.indicatorId], isFirst: true }];
    case 'WeightAmended':
      return [{ what: ['weight', event.data.indicatorId] }];
    case 'IndicatorCancelled':
      return [{ what: ['cancelled', event.data.indicatorId] }];
    case 'ExemptionGranted':
      return [{ what: ['exempt', event.data.indicatorId, event.data.round] }];
    case 'ActualCertified':
      return [{ what: ['certified', event.data.indicatorId, event.data.span, event.data.officeId ?? ''] }];
    case 'ScoreDetermined':
      return [{ what: ['score', event.data.round, event.data.indicatorId ?? '', event.data.assessor] }];
    case 'EvaluationRoundClosed':
      return [{ what: ['closed', event.data.round] }];
    case 'ResultAnnounced':
      return [{ what: ['result', event.data.round] }];
    case 'ScoringRulePublished':
      return [{ what: ['scoringRule', event.data.ruleVersion] }];
    case 'BandsPublished':
      return [{ what: ['bands'] }, { what: ['bands', event.data.bandsVersion] }];
    case 'StatusRulesPublished':
      return [{ what: ['statusRules'] }];
    default:
      return [];
  }
}

function keyOf(what: readonly (string | number)[]): string {
  return JSON.stringify(what);
}
