import type { AgreementDrafted } from '@khamrap/agreements/events';
import type { ZoneEvent } from '@khamrap/offices/events';
import { streamName, type Position } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore } from '@khamrap/platform/event-store';
import { eventsBefore } from '@khamrap/platform/projections';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter, RowChange } from '@khamrap/platform/projections';
import { LRUCache } from 'lru-cache';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AGREEMENT_EVENTS, takeIn } from './agreement-fold';
import { foldedAgreement, type FoldedAgreement } from './folded-agreement';
import { PUBLIC_VIEWS, publicStatements } from './published-columns';
import type { SchemeFacts } from '../../domain/scheme-facts';
import { SCHEME_EVENTS, SchemeShelf } from './scheme-shelf';
import { agreementIdOf, StandingsChanges } from './standings-changes';
import { agreementTable, schemeTable, standingsTables, standingTable, zoneTable } from './standings.tables';

export const STANDINGS = 'standings';

const ZONE_EVENTS = ['ZoneRegistered', 'ZoneProvincesSet'] as const satisfies readonly ZoneEvent['type'][];
const CACHED_ROW_COUNT_MAX = 100_000;
/** How many events are folded while the rows of as many before them are being written. */
const FOLDED_COUNT = 250;
/** How many agreements of a scheme are judged anew at once. */
const ANEW_COUNT = 200;

/**
 * The read model behind every standing: latest state and history of agreements, indicators, their standings, and rounds.
 * @param cachedRowCountMax rows at the most, and one more for each agreement, that the fold keeps in memory
 */
export function standingsProjection(
  store: EventStore,
  codec: EventCodec,
  cachedRowCountMax: number = CACHED_ROW_COUNT_MAX,
): ProjectionDefinition {
  return {
    name: STANDINGS,
    version: 4,
    // The live stream shows what is written.
    gatherMs: 5,
    eventTypes: [...AGREEMENT_EVENTS, ...SCHEME_EVENTS, ...ZONE_EVENTS],
    tables: standingsTables.flatMap((table) => [table.name, table.history]),
    views: PUBLIC_VIEWS,
    createTables: (schema) => [
      ...standingsTables.flatMap((table) => table.createStatements(schema)),
      // The live stream reads the newest changes by position; they lie at the end of the table, where this index is exact.
      `CREATE INDEX ON ${schema}.${standingTable.history} USING brin (from_position) WITH (pages_per_range = 16, autosummarize = on)`,
      ...publicStatements(schema),
    ],
    begin: () => new StandingsFold(store, codec, cachedRowCountMax),
  };
}

class StandingsFold implements ProjectionFold {
  readonly #agreements: LRUCache<string, FoldedAgreement>;
  readonly #schemes: SchemeShelf;

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    cachedRowCountMax: number,
  ) {
    this.#schemes = new SchemeShelf(store, codec);
    this.#agreements = new LRUCache({
      maxSize: cachedRowCountMax,
      sizeCalculation: (agreement) => Math.min(1 + rowCountOf(agreement), cachedRowCountMax),
    });
  }

  async project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
    for (let from = 0; from < batch.length;) {
      const first = batch[from] as DecodedEvent;
      const category = categoryOf(first);
      const other = batch.findIndex((event, index) => index > from && categoryOf(event) !== category);
      const until = other < 0 ? batch.length : other;
      const alike = batch.slice(from, until);
      if (category === 'agreement') await this.#projectAgreements(alike, writer);
      else if (category === 'scheme') for (const event of alike) await this.#projectScheme(event, writer);
      else await zoneTable.write(writer, alike.map(zoneChange));
      from = until;
    }
  }

  async #projectAgreements(events: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
    let written: Promise<void> | undefined;
    for (let from = 0; from < events.length; from += FOLDED_COUNT) {
      const some = events.slice(from, from + FOLDED_COUNT);
      const agreements = await this.#agreementsOf(some);
      const changes = this.#changes(agreements);
      for (const event of some) changes.take(event);
      this.#keep(agreements);
      await written;
      written = changes.write(writer);
      // Awaited below or by the next turn of the loop; until then its failure is nobody's.
      written.catch(() => undefined);
      // What is to be written has to leave before this thread is busy again.
      if (from + FOLDED_COUNT < events.length) await nextTurn();
    }
    await written;
  }

  /** What a scheme publishes changes every agreement that is judged by it. */
  async #projectScheme(event: DecodedEvent, writer: ProjectionWriter): Promise<void> {
    const { position, recordedAtMs } = event;
    const schemeId = event.stream.slice('scheme-'.length);
    await this.#schemes.fetch(schemeId, position);
    const before = this.#schemes.of(schemeId);
    const { calendars } = this.#schemes.take(schemeId, event);
    if (calendars !== before.calendars) {
      const row = { scheme_id: schemeId, calendars: JSON.stringify(calendars) };
      await schemeTable.write(writer, [{ row, present: true, position, recordedAtMs }]);
    }
    // Deadlines change when something is due, and no standing.
    if (event.type === 'DeadlineExtended') return;
    const { rows } = await writer.client.query<{ agreement_id: string }>(
      `SELECT agreement_id FROM ${writer.schema}.${agreementTable.name} WHERE scheme_id = $1 ORDER BY agreement_id`,
      [schemeId],
    );
    for (let from = 0; from < rows.length; from += ANEW_COUNT) {
      const some = rows.slice(from, from + ANEW_COUNT);
      const agreements = await this.#atHand(
        some.map(({ agreement_id: agreementId }) => ({ agreementId, position })),
        before,
      );
      const changes = this.#changes(agreements);
      for (const agreement of agreements.values()) changes.judgeAnew(agreement, event);
      this.#keep(agreements);
      await changes.write(writer);
    }
  }

  /** The agreements that the events touch, as they were before them. */
  async #agreementsOf(events: readonly DecodedEvent[]): Promise<Map<string, FoldedAgreement>> {
    const firsts = new Map<string, DecodedEvent>();
    for (const event of events) {
      if (event.type === 'AgreementDrafted') {
        const { scheme } = event.data as unknown as AgreementDrafted['data'];
        if (scheme) await this.#schemes.fetch(scheme.schemeId, event.position);
      }
      const agreementId = agreementIdOf(event.stream);
      if (!firsts.has(agreementId)) firsts.set(agreementId, event);
    }
    const earlier = [...firsts].filter(([, { revision }]) => revision > 0);
    return this.#atHand(earlier.map(([agreementId, { position }]) => ({ agreementId, position })));
  }

  /**
   * Agreements as they are before a position each; those that are not remembered are read all at once.
   * @param facts what their scheme had published when their rows were made
   */
  async #atHand(
    places: readonly { readonly agreementId: string; readonly position: Position }[],
    facts?: SchemeFacts,
  ): Promise<Map<string, FoldedAgreement>> {
    const found = await Promise.all(
      places.map(
        async ({ agreementId, position }) =>
          this.#agreements.get(agreementId) ?? (await this.#folded(agreementId, position, facts)),
      ),
    );
    return new Map(found.flatMap((agreement) => (agreement ? [[agreement.agreementId, agreement]] : [])));
  }

  /**
   * An agreement that is not at hand, folded from its stream up to a position.
   * @param facts what its scheme had published when its rows were made
   */
  async #folded(agreementId: string, before: Position, facts?: SchemeFacts) {
    let agreement: FoldedAgreement | undefined;
    for await (const event of eventsBefore(this.store, this.codec, streamName('agreement', agreementId), before)) {
      if (event.type === 'AgreementDrafted')
        agreement = foldedAgreement(agreementId, event.data as unknown as AgreementDrafted['data']);
      else if (agreement && LISTENED.has(event.type)) takeIn(agreement, event);
    }
    if (!agreement) return undefined;
    const { scheme } = agreement;
    if (scheme) await this.#schemes.fetch(scheme.schemeId, before);
    // The rows that were written last follow from what was known then; they are written already.
    const known = new Map([[agreementId, agreement]]);
    const written = new StandingsChanges(known, (schemeId) => facts ?? this.#schemes.of(schemeId));
    written.judgeAnew(agreement, { position: before, recordedAtMs: 0 });
    return agreement;
  }

  #changes(agreements: Map<string, FoldedAgreement>): StandingsChanges {
    return new StandingsChanges(agreements, (schemeId) => this.#schemes.of(schemeId));
  }

  #keep(agreements: ReadonlyMap<string, FoldedAgreement>): void {
    for (const [agreementId, agreement] of agreements) {
      // It has grown in place; the cache measures only what is new to it.
      this.#agreements.delete(agreementId);
      this.#agreements.set(agreementId, agreement);
    }
  }
}

const LISTENED: ReadonlySet<string> = new Set(AGREEMENT_EVENTS);

function categoryOf({ stream }: DecodedEvent): string {
  return stream.slice(0, stream.indexOf('-'));
}

function rowCountOf({ indicators, shown }: FoldedAgreement): number {
  let count = indicators.size;
  for (const rows of shown.standings.values()) count += rows.size;
  return count;
}

function zoneChange(event: DecodedEvent): RowChange {
  const { position, recordedAtMs } = event;
  const stated = event as unknown as ZoneEvent;
  const zoneId = event.stream.slice('zone-'.length);
  const row =
    stated.type === 'ZoneRegistered'
      ? { zone_id: zoneId, effective_from: '', scheme: stated.data.scheme, provinces: null }
      : {
          zone_id: zoneId,
          effective_from: stated.data.effectiveFrom,
          scheme: null,
          provinces: JSON.stringify(stated.data.provinces),
        };
  return { row, present: true, position, recordedAtMs };
}
