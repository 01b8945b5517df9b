import { eventsBefore } from '@khamrap/platform/projections';
import type { AgreementDrafted, EvaluationRoundClosed, EvaluationRoundReopened } from '@khamrap/agreements/events';
import { streamName, type Band, type Position } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore } from '@khamrap/platform/event-store';
import type { BandsPublished, SchemeEvent } from '@khamrap/schemes/events';
import { judgingRulesOf, NO_SCHEME_FACTS, roundsOf, schemeFactsAfter } from '../../domain/scheme-facts';
import { AGREEMENT_EVENTS, takeIn } from '../standings/agreement-fold';
import { foldedAgreement, type FoldedAgreement } from '../standings/folded-agreement';
import { calendarOf } from '../standings/round-calendar';
import { Statements } from './statements';

/** What an agreement is at a moment, by its own events and those of its scheme. */
export interface Moment {
  readonly agreement: FoldedAgreement;
  readonly statements: Statements;
  /** By version. */
  readonly bands: ReadonlyMap<number, readonly Band[]>;
  /** The newest. */
  readonly bandsVersion: number | undefined;
}

type Closed = EvaluationRoundClosed['data'];

/** An agreement at a moment, with what its closed rounds came to as they were closed. */
export interface RecordedLife<Closing> extends Moment {
  /** By round, those that are closed. */
  readonly closings: ReadonlyMap<string, Closing>;
}

const LISTENED: ReadonlySet<string> = new Set(AGREEMENT_EVENTS);

/**
 * Reads what the log says of an agreement, and of its scheme, up to a position.
 * @param closedBy works out a round from what was known as it was closed
 * @returns undefined where there is no such agreement by then
 */
export async function readLife<Closing>(
  { store, codec }: { readonly store: EventStore; readonly codec: EventCodec },
  agreementId: string,
  position: Position,
  closedBy: (moment: Moment, closed: Closed) => Closing,
): Promise<RecordedLife<Closing> | undefined> {
  const own = await eventsUpTo(store, codec, streamName('agreement', agreementId), position);
  const drafted = own.findLast(({ type }) => type === 'AgreementDrafted')?.data as AgreementDrafted['data'] | undefined;
  if (!drafted) return undefined;
  const { scheme } = drafted;
  const ofScheme = scheme ? await eventsUpTo(store, codec, streamName('scheme', scheme.schemeId), position) : [];
  const life = new Life(agreementId, drafted, closedBy);
  for (const event of [...own, ...ofScheme].toSorted((one, other) => one.position - other.position)) life.take(event);
  return life;
}

async function eventsUpTo(
  store: EventStore,
  codec: EventCodec,
  stream: ReturnType<typeof streamName>,
  position: Position,
): Promise<readonly DecodedEvent[]> {
  const events: DecodedEvent[] = [];
  for await (const event of eventsBefore(store, codec, stream, position + 1)) events.push(event);
  return events;
}

class Life<Closing> implements RecordedLife<Closing> {
  agreement: FoldedAgreement;
  readonly statements = new Statements();
  readonly bands = new Map<number, readonly Band[]>();
  bandsVersion: number | undefined;
  readonly closings = new Map<string, Closing>();
  #facts = NO_SCHEME_FACTS;

  constructor(
    private readonly agreementId: string,
    drafted: AgreementDrafted['data'],
    private readonly closedBy: (moment: Moment, closed: Closed) => Closing,
  ) {
    this.agreement = foldedAgreement(agreementId, drafted);
  }

  take(event: DecodedEvent): void {
    this.statements.take(event);
    if (event.stream.startsWith('scheme-')) this.#takeScheme(event as unknown as SchemeEvent);
    else if (event.type === 'AgreementDrafted') this.#draft(event.data as unknown as AgreementDrafted['data']);
    else if (LISTENED.has(event.type)) this.#takeOwn(event);
  }

  #draft(drafted: AgreementDrafted['data']): void {
    this.agreement = foldedAgreement(this.agreementId, drafted);
    this.#pin();
  }

  #takeOwn(event: DecodedEvent): void {
    if (event.type === ('EvaluationRoundClosed' satisfies EvaluationRoundClosed['type'])) {
      const closed = event.data as unknown as Closed;
      this.closings.set(closed.round, this.closedBy(this, closed));
    }
    if (event.type === ('EvaluationRoundReopened' satisfies EvaluationRoundReopened['type']))
      this.closings.delete((event.data as unknown as EvaluationRoundReopened['data']).round);
    takeIn(this.agreement, event);
  }

  #takeScheme(event: SchemeEvent): void {
    this.#facts = schemeFactsAfter(this.#facts, event);
    if (event.type === 'BandsPublished') this.#takeBands(event.data);
    this.#pin();
  }

  #takeBands({ bandsVersion, bands }: BandsPublished['data']): void {
    this.bands.set(bandsVersion, bands);
    this.bandsVersion = bandsVersion;
  }

  #pin(): void {
    const { agreement } = this;
    const { scheme, fiscalYear } = agreement;
    agreement.rules = judgingRulesOf(this.#facts, scheme);
    agreement.calendar = calendarOf(roundsOf(this.#facts, fiscalYear, scheme));
    agreement.bands = this.#facts.bands;
  }
}
