import { eventsBefore } from '@khamrap/platform/projections';
import { streamName, type Position } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore } from '@khamrap/platform/event-store';
import type { SchemeEvent } from '@khamrap/schemes/events';
import { NO_SCHEME_FACTS, schemeFactsAfter, type SchemeFacts } from '../../domain/scheme-facts';

/** The events of a scheme that change how agreements are judged, or when something is due. */
export const SCHEME_EVENTS = [
  'ScoringRulePublished',
  'BandsPublished',
  'StatusRulesPublished',
  'ReportingCalendarPublished',
  'DeadlineExtended',
] as const satisfies readonly SchemeEvent['type'][];

/** What schemes have published up to the event that comes next; read from their streams when first asked for. */
export class SchemeShelf {
  readonly #facts = new Map<string, SchemeFacts>();

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  /** Has the facts of a scheme at hand, as they are before a position. */
  async fetch(schemeId: string, before: Position): Promise<void> {
    if (this.#facts.has(schemeId)) return;
    let facts = NO_SCHEME_FACTS;
    const stream = streamName('scheme', schemeId);
    for await (const event of eventsBefore(this.store, this.codec, stream, before)) {
      facts = schemeFactsAfter(facts, event as unknown as SchemeEvent);
    }
    this.#facts.set(schemeId, facts);
  }

  take(schemeId: string, event: DecodedEvent): SchemeFacts {
    const facts = schemeFactsAfter(this.of(schemeId), event as unknown as SchemeEvent);
    this.#facts.set(schemeId, facts);
    return facts;
  }

  /** Without a scheme there are no facts. */
  of(schemeId: string | undefined): SchemeFacts {
    return (schemeId !== undefined && this.#facts.get(schemeId)) || NO_SCHEME_FACTS;
  }
}
