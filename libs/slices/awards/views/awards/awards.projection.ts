import type { DecodedEvent } from '@khamrap/platform/event-store';
import {
  writeTogether,
  type ProjectionDefinition,
  type ProjectionFold,
  type ProjectionWriter,
  type RowChange,
} from '@khamrap/platform/projections';
import {
  BASIS_EVENT_TYPES,
  basisChange,
  basisSuperseded,
  subjectOf,
  subjectsOf,
  type BasisEvent,
} from '../../domain/award.basis';
import type { AwardEvent } from '../../domain/award.events';
import { correctedStatement } from '../../domain/award.evolve';
import { basisIn, correctedRow, firstRow, revokedRow, supersededColumns } from './award-rows';
import { AwardsInBatch } from './awards-in-batch';
import { awardBasisTable, awardsTables, awardTable, type AwardRow } from './awards.table';

export const AWARDS = 'awards';

type Listened = AwardEvent | BasisEvent;
const EVENT_TYPES: readonly Listened['type'][] = [
  'AwardGranted',
  'AwardsAnnounced',
  'AwardCorrected',
  'AwardRevoked',
  ...BASIS_EVENT_TYPES,
];

/** The list of awards: those with named recipients, and the numbers that were announced without names. */
export const awardsProjection: ProjectionDefinition = {
  name: AWARDS,
  version: 2,
  eventTypes: EVENT_TYPES,
  tables: awardsTables.flatMap((table) => [table.name, table.history]),
  createTables: (schema) => awardsTables.flatMap((table) => table.createStatements(schema)),
  begin: (): ProjectionFold => ({ project }),
};

// What is needed of earlier batches is read from the tables, so there is nothing to remember from one to the next.
async function project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
  const changes = new Changes(await AwardsInBatch.read(writer, batch));
  for (const event of batch) changes.take(event);
  await writeTogether(writer, [
    [awardTable, changes.awards],
    [awardBasisTable, changes.bases],
  ]);
}

/** What a batch changes, in the order of its events. */
class Changes {
  readonly awards: RowChange[] = [];
  readonly bases: RowChange[] = [];

  constructor(private readonly known: AwardsInBatch) {}

  take(event: DecodedEvent): void {
    const awardId = event.stream.slice('award-'.length);
    const stated = event as unknown as Listened;
    switch (stated.type) {
      case 'AwardGranted':
        return this.#state(event, firstRow(awardId, { kind: 'granted', data: stated.data }, event));
      case 'AwardsAnnounced':
        return this.#state(event, firstRow(awardId, { kind: 'announced', data: stated.data }, event));
      case 'AwardCorrected': {
        const statement = correctedStatement(stated.data);
        if (!statement) throw new Error(`the correction ${event.eventId} states nothing`);
        return this.#state(event, correctedRow(this.known.award(awardId), statement, stated.data.reason, event));
      }
      case 'AwardRevoked':
        return this.#change(event, revokedRow(this.known.award(awardId), stated.data, event));
      case 'EvaluationRoundClosed':
      case 'EvaluationRoundReopened':
      case 'ActualCorrected':
        return this.#supersede(event, stated);
    }
  }

  /** A new statement may rest on what has gone already. */
  #state(event: DecodedEvent, row: AwardRow): void {
    this.#change(event, { ...row, ...this.#supersededColumns(row) });
  }

  #supersede(event: DecodedEvent, stated: BasisEvent): void {
    const agreementId = event.stream.slice('agreement-'.length);
    const subject = subjectOf(stated);
    const { eventId, position, recordedAtMs } = event;
    const change = basisChange(stated, eventId, position);
    this.known.keepChange(agreementId, subject, change);
    this.bases.push({
      row: { agreement_id: agreementId, subject, type: change.type, event_id: eventId, revision: change.revision },
      present: true,
      position,
      recordedAtMs,
    });
    for (const row of this.known.awardsRestingOn(agreementId, subject)) {
      const columns = this.#supersededColumns(row);
      if (columns.superseded_event_id !== row.superseded_event_id) this.#change(event, { ...row, ...columns });
    }
  }

  #supersededColumns(row: AwardRow) {
    const basis = basisIn(row);
    if (!basis) return supersededColumns(undefined);
    const changes = subjectsOf(basis).flatMap((subject) => this.known.changeOf(basis.agreementId, subject) ?? []);
    return supersededColumns(basisSuperseded(basis, changes, row.stated_position));
  }

  #change({ position, recordedAtMs }: DecodedEvent, row: AwardRow): void {
    this.known.keepAward(row);
    this.awards.push({ row: { ...row }, present: true, position, recordedAtMs });
  }
}
