import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition, ProjectionFold, ProjectionWriter, RowChange } from '@khamrap/platform/projections';
import type { PersonalDataRequestEvent } from '../../domain/personal-data-request.events';
import { createRequestTables, requestTable } from './requests.table';

export const PERSONAL_DATA_REQUESTS = 'personal_data_requests';

const PREFIX = 'personal-data-request-';
const EVENT_TYPES: readonly PersonalDataRequestEvent['type'][] = [
  'PersonalDataRequestFiled',
  'PersonalDataRequestFulfilled',
  'PersonalDataRequestRefused',
  'PersonalDataErased',
];

type Row = RowChange['row'];

/** The list of requests, with the terms in which they are to be decided. */
export const personalDataRequestsProjection: ProjectionDefinition = {
  name: PERSONAL_DATA_REQUESTS,
  version: 1,
  eventTypes: EVENT_TYPES,
  tables: [requestTable.name, requestTable.history],
  createTables: createRequestTables,
  begin: (): ProjectionFold => new RequestsFold(),
};

class RequestsFold implements ProjectionFold {
  /** As they are, as far as they have been needed. A row a request: there are never many of them. */
  readonly #rows = new Map<string, Row>();

  async project(batch: readonly DecodedEvent[], writer: ProjectionWriter): Promise<void> {
    await this.#read(batch, writer);
    const changes = batch.map((event): RowChange => {
      const requestId = event.stream.slice(PREFIX.length);
      const row = rowAfter(this.#rows.get(requestId) ?? { request_id: requestId }, event);
      this.#rows.set(requestId, row);
      return { row, present: true, position: event.position, recordedAtMs: event.recordedAtMs };
    });
    await requestTable.write(writer, changes);
  }

  async #read(batch: readonly DecodedEvent[], { client, schema }: ProjectionWriter): Promise<void> {
    const missing = batch.map(({ stream }) => stream.slice(PREFIX.length)).filter((id) => !this.#rows.has(id));
    if (missing.length === 0) return;
    const columns = Object.keys({ ...requestTable.options.key, ...requestTable.options.columns }).join(', ');
    const { rows } = await client.query<Row & { request_id: string }>(
      `SELECT ${columns} FROM ${schema}.${requestTable.name} WHERE request_id = ANY ($1::uuid[])`,
      [missing],
    );
    for (const row of rows) this.#rows.set(row.request_id, row);
  }
}

function rowAfter(row: Row, event: DecodedEvent): Row {
  const told = event as unknown as PersonalDataRequestEvent;
  switch (told.type) {
    case 'PersonalDataRequestFiled': {
      const { kind, subject, filedBy, receivedOn, dueOn } = told.data;
      const asked = { kind, subject, filed_by: filedBy, received_on: receivedOn, due_on: dueOn, status: 'open' };
      return { ...row, ...asked, ...UNDECIDED };
    }
    case 'PersonalDataRequestFulfilled':
      return { ...row, status: 'fulfilled', decided_at_ms: event.recordedAtMs };
    case 'PersonalDataRequestRefused':
      return { ...row, status: 'refused', ground: told.data.ground, decided_at_ms: event.recordedAtMs };
    case 'PersonalDataErased': {
      const { fromVault, evidence } = told.data;
      return {
        ...row,
        erased_value_count: fromVault.commitments.length,
        erased_file_count: evidence.length,
        identity_erased: fromVault.pseudonym !== undefined,
      };
    }
  }
}

const UNDECIDED = {
  ground: null,
  decided_at_ms: null,
  erased_value_count: 0,
  erased_file_count: 0,
  identity_erased: false,
};
