import type { ActualReported, AgreementEvent, AgreementTookEffect, TargetSet } from '@khamrap/agreements/events';
import { NOT_STATED, type StreamName } from '@khamrap/kernel';
import type { DecodedEvent, EventCodec, EventStore } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter, RowChange } from '@khamrap/platform/projections';
import { LRUCache } from 'lru-cache';
import {
  foldedAgreement,
  indicatorRow,
  standingActual,
  standingRow,
  standingTarget,
  standsOpen,
  type FoldedAgreement,
  type FoldedIndicator,
  type Row,
  type StandingActual,
} from './agreement-fold';
import { ActualsOfIndicators } from './actuals-of-indicators';
import { agreementTable, indicatorTable, standingsTables, standingTable } from './standings.tables';

export const STANDINGS = 'standings';

type Listened = Exclude<AgreementEvent['type'], 'AgreementSigned' | 'SignaturesVoided'>;
const EVENT_TYPES: readonly Listened[] = [
  'AgreementDrafted',
  'IndicatorAdded',
  'TargetSet',
  'AgreementTookEffect',
  'ActualReported',
];

const CACHED_INDICATOR_COUNT_MAX = 50_000;
const PAGE_COUNT = 1_000;

/**
 * The read model behind every standing: latest state and history of agreements, indicators and their standings.
 * @param cachedIndicatorCountMax indicators at the most, and one more for each agreement, that the fold keeps in memory
 */
export function standingsProjection(
  store: EventStore,
  codec: EventCodec,
  cachedIndicatorCountMax: number = CACHED_INDICATOR_COUNT_MAX,
): ProjectionDefinition {
  return {
    name: STANDINGS,
    version: 1,
    eventTypes: EVENT_TYPES,
    tables: standingsTables.flatMap((table) => [table.name, table.history]),
    createTables: (schema) => [
      ...standingsTables.flatMap((table) => table.createStatements(schema)),
      // The live stream reads the newest changes by position; they lie at the end of the table, where this index is exact.
      `CREATE INDEX ON ${schema}.${standingTable.history} USING brin (from_position) WITH (pages_per_range = 16, autosummarize = on)`,
    ],
    begin: () => new StandingsFold(store, codec, cachedIndicatorCountMax),
  };
}

class StandingsFold implements ProjectionFold {
  readonly #agreements: LRUCache<string, FoldedAgreement>;

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    cachedIndicatorCountMax: number,
  ) {
    this.#agreements = new LRUCache({
      maxSize: cachedIndicatorCountMax,
      sizeCalculation: ({ indicators }) => Math.min(1 + indicators.size, cachedIndicatorCountMax),
    });
  }

  async project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
    const agreements = await this.#agreementsOf(batch);
    const retargeted = batch.filter(({ type }) => type === ('TargetSet' satisfies Listened));
    const actuals = await ActualsOfIndicators.read(
      writer,
      retargeted.map((event) => [
        agreementIdOf(event.stream),
        (event.data as unknown as TargetSet['data']).indicatorId,
      ]),
    );
    const changes = new Changes(agreements, actuals);
    for (const event of batch) changes.take(event);
    for (const [agreementId, agreement] of agreements) {
      // It has grown in place; the cache measures only what is new to it.
      this.#agreements.delete(agreementId);
      this.#agreements.set(agreementId, agreement);
    }
    await agreementTable.write(writer, changes.agreements);
    await indicatorTable.write(writer, changes.indicators);
    await standingTable.write(writer, changes.standings);
  }

  /** The agreements that the batch touches, as they were before it. */
  async #agreementsOf(batch: readonly DecodedEvent[]): Promise<Map<string, FoldedAgreement>> {
    const agreements = new Map<string, FoldedAgreement>();
    const draftedHere = new Set<string>();
    for (const event of batch) {
      const agreementId = agreementIdOf(event.stream);
      if (event.revision === 0) draftedHere.add(agreementId);
      if (agreements.has(agreementId) || draftedHere.has(agreementId)) continue;
      const known = this.#agreements.get(agreementId) ?? (await this.#folded(event));
      if (known) agreements.set(agreementId, known);
    }
    return agreements;
  }

  /** An agreement that is not at hand, folded from its stream up to the event that comes next. */
  async #folded(next: DecodedEvent): Promise<FoldedAgreement | undefined> {
    const agreements = new Map<string, FoldedAgreement>();
    const changes = new Changes(agreements, ActualsOfIndicators.none());
    for (let from = 0; from < next.revision; from += PAGE_COUNT) {
      for (const recorded of await this.store.readStream(
        next.stream,
        from,
        Math.min(PAGE_COUNT, next.revision - from),
      )) {
        changes.take({
          ...this.codec.decode(recorded),
          position: recorded.position,
          recordedAtMs: recorded.recordedAt,
        });
      }
      changes.forget();
    }
    return agreements.get(agreementIdOf(next.stream));
  }
}

/** What a batch changes, in the order of its events. */
class Changes {
  agreements: RowChange[] = [];
  indicators: RowChange[] = [];
  standings: RowChange[] = [];

  constructor(
    private readonly folded: Map<string, FoldedAgreement>,
    private readonly actuals: ActualsOfIndicators,
  ) {}

  take(event: DecodedEvent): void {
    const agreementId = agreementIdOf(event.stream);
    const stated = event as unknown as AgreementEvent;
    switch (stated.type) {
      case 'AgreementDrafted': {
        const agreement = foldedAgreement(agreementId, stated.data);
        this.folded.set(agreementId, agreement);
        return this.#head(event, agreement);
      }
      case 'AgreementTookEffect':
        return this.#takeEffect(event, this.#agreement(agreementId), stated.data);
      case 'IndicatorAdded': {
        const agreement = this.#agreement(agreementId);
        const { indicatorId, direction } = stated.data;
        agreement.indicators.set(indicatorId, { direction, targets: new Map(), reportedSpans: new Set() });
        this.indicators.push(change(event, indicatorRow(agreement, stated.data)));
        return this.#place(event, agreement, indicatorId, NOT_STATED, undefined);
      }
      case 'TargetSet':
        return this.#retarget(event, this.#agreement(agreementId), stated.data);
      case 'ActualReported':
        return this.#report(event, this.#agreement(agreementId), stated.data);
      case 'AgreementSigned':
      case 'SignaturesVoided':
        return;
    }
  }

  forget(): void {
    this.agreements = [];
    this.indicators = [];
    this.standings = [];
  }

  /** The heading as it is from this event on; it goes on changing, the row does not. */
  #head(event: DecodedEvent, { heading }: FoldedAgreement): void {
    this.agreements.push(change(event, { ...heading }));
  }

  /** What the parties had drafted becomes standings now, at the position from which others may see them. */
  #takeEffect(event: DecodedEvent, agreement: FoldedAgreement, data: AgreementTookEffect['data']): void {
    Object.assign(agreement.heading, { status: 'inEffect', effective_on: data.effectiveOn });
    this.#head(event, agreement);
    for (const [indicatorId, indicator] of agreement.indicators) {
      const spans = [...indicator.targets.keys()].filter((span) => span !== NOT_STATED);
      if (standsOpen(indicator)) spans.push(NOT_STATED);
      // Before it took effect nothing can have been reported.
      for (const span of spans) this.#place(event, agreement, indicatorId, span, undefined);
    }
  }

  /** A new target may change the standing of its own span and, where its span is not stated, of those without a target. */
  #retarget(event: DecodedEvent, agreement: FoldedAgreement, data: TargetSet['data']): void {
    const { indicatorId, span } = data;
    const indicator = indicatorOf(agreement, indicatorId);
    const stoodOpen = standsOpen(indicator);
    indicator.targets.set(span, standingTarget(data, event.eventId));
    for (const actual of this.actuals.of(agreement.agreementId, indicatorId).values()) {
      if (actual.span === span || (span === NOT_STATED && !indicator.targets.has(actual.span)))
        this.#place(event, agreement, indicatorId, actual.span, actual);
    }
    if (span !== NOT_STATED && !indicator.reportedSpans.has(span))
      this.#place(event, agreement, indicatorId, span, undefined);
    this.#settleOpen(event, agreement, indicatorId, stoodOpen && span !== NOT_STATED);
  }

  #report(event: DecodedEvent, agreement: FoldedAgreement, data: ActualReported['data']): void {
    const { indicatorId, span } = data;
    const indicator = indicatorOf(agreement, indicatorId);
    const stoodOpen = standsOpen(indicator);
    const actual = standingActual(data, event.eventId);
    indicator.reportedSpans.add(span);
    this.actuals.add(agreement.agreementId, indicatorId, actual);
    this.#place(event, agreement, indicatorId, span, actual);
    this.#settleOpen(event, agreement, indicatorId, stoodOpen);
  }

  #place(
    event: DecodedEvent,
    agreement: FoldedAgreement,
    indicatorId: string,
    period: string,
    actual: StandingActual | undefined,
  ): void {
    this.standings.push(change(event, standingRow(agreement, indicatorId, period, actual)));
  }

  /** Shows or removes the row of the open span after an event, unless an actual has made that row its own. */
  #settleOpen(event: DecodedEvent, agreement: FoldedAgreement, indicatorId: string, stoodOpen: boolean): void {
    const indicator = indicatorOf(agreement, indicatorId);
    const standsNow = standsOpen(indicator);
    if (standsNow === stoodOpen || indicator.reportedSpans.has(NOT_STATED)) return;
    const row = standingRow(agreement, indicatorId, NOT_STATED, undefined);
    this.standings.push({ ...change(event, row), present: standsNow });
  }

  #agreement(agreementId: string): FoldedAgreement {
    const agreement = this.folded.get(agreementId);
    if (!agreement) throw new Error(`agreement ${agreementId} has events before it was drafted`);
    return agreement;
  }
}

function indicatorOf(agreement: FoldedAgreement, indicatorId: string): FoldedIndicator {
  const indicator = agreement.indicators.get(indicatorId);
  if (!indicator) throw new Error(`agreement ${agreement.agreementId} has no indicator ${indicatorId}`);
  return indicator;
}

function change({ position, recordedAtMs }: DecodedEvent, row: Row): RowChange {
  return { row, present: true, position, recordedAtMs };
}

function agreementIdOf(stream: StreamName): string {
  return stream.slice('agreement-'.length);
}
