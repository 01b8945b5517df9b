import type { AgreementEvent, TargetSet } from '@khamrap/agreements/events';
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

/** Agreements are kept by the number of their indicators. */
const CACHED_INDICATOR_COUNT_MAX = 50_000;
const PAGE_COUNT = 1_000;

/** The read model behind every standing: latest state and history of agreements, indicators and their standings. */
export function standingsProjection(store: EventStore, codec: EventCodec): ProjectionDefinition {
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
    begin: () => new StandingsFold(store, codec),
  };
}

class StandingsFold implements ProjectionFold {
  readonly #agreements = new LRUCache<string, FoldedAgreement>({
    maxSize: CACHED_INDICATOR_COUNT_MAX,
    sizeCalculation: (agreement) => Math.min(1 + agreement.indicators.size, CACHED_INDICATOR_COUNT_MAX),
  });

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

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
    for (const [agreementId, agreement] of agreements) this.#agreements.set(agreementId, agreement);
    await agreementTable.write(writer, changes.agreements);
    await indicatorTable.write(writer, changes.indicators);
    await standingTable.write(writer, changes.standings);
  }

  /** The agreements that the batch touches, as they were before it. */
  async #agreementsOf(batch: readonly DecodedEvent[]): Promise<Map<string, FoldedAgreement>> {
    const agreements = new Map<string, FoldedAgreement>();
    for (const event of batch) {
      const agreementId = agreementIdOf(event.stream);
      if (agreements.has(agreementId) || event.revision === 0) continue;
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
        return void this.agreements.push(change(event, agreement.heading));
      }
      case 'AgreementTookEffect': {
        const { heading } = this.#agreement(agreementId);
        Object.assign(heading, { status: 'inEffect', effective_on: stated.data.effectiveOn });
        return void this.agreements.push(change(event, { ...heading }));
      }
      case 'IndicatorAdded': {
        const agreement = this.#agreement(agreementId);
        agreement.indicators.set(stated.data.indicatorId, { targets: new Map(), placeholder: true });
        this.indicators.push(change(event, indicatorRow(agreement, stated.data)));
        return this.#place(event, agreement, stated.data.indicatorId, NOT_STATED, undefined);
      }
      case 'TargetSet':
        return this.#retarget(event, this.#agreement(agreementId), stated.data);
      case 'ActualReported': {
        const { indicatorId } = stated.data;
        const actual = standingActual(stated.data, event.eventId);
        this.actuals.add(agreementId, indicatorId, actual);
        const agreement = this.#agreement(agreementId);
        this.#place(event, agreement, indicatorId, actual.span, actual);
        // An actual without a stated span makes the placeholder's row its own.
        if (actual.span === NOT_STATED) indicatorOf(agreement, indicatorId).placeholder = false;
        return this.#removePlaceholder(event, agreement, indicatorId);
      }
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

  /** A new target may change the standing of its own span and, where its span is not stated, of all of them. */
  #retarget(event: DecodedEvent, agreement: FoldedAgreement, data: TargetSet['data']): void {
    const indicator = indicatorOf(agreement, data.indicatorId);
    const target = standingTarget(data, event.eventId);
    indicator.targets.set(target.span, target);
    const actuals = this.actuals.of(agreement.agreementId, data.indicatorId);
    for (const actual of actuals.values()) {
      if (target.span === NOT_STATED || target.span === actual.span) {
        this.#place(event, agreement, data.indicatorId, actual.span, actual);
      }
    }
    const standsAlone = target.span !== NOT_STATED || indicator.placeholder;
    if (standsAlone && !actuals.has(target.span))
      this.#place(event, agreement, data.indicatorId, target.span, undefined);
    if (target.span !== NOT_STATED) this.#removePlaceholder(event, agreement, data.indicatorId);
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

  /** The row for "nothing stated" gives way to the first row of a stated span. */
  #removePlaceholder(event: DecodedEvent, agreement: FoldedAgreement, indicatorId: string): void {
    const indicator = indicatorOf(agreement, indicatorId);
    if (!indicator.placeholder) return;
    indicator.placeholder = false;
    const row = standingRow(agreement, indicatorId, NOT_STATED, undefined);
    this.standings.push({ ...change(event, row), present: false });
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
