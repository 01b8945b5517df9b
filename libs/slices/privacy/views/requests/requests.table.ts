import { VersionedTable } from '@khamrap/platform/projections';
import type { RefusalGround, RequestKind } from '../../domain/personal-data-request.events';
import type { FiledRequest } from '../../domain/personal-data-request.state';

/** Requests as they are. */
export const requestTable = new VersionedTable({
  name: 'personal_data_request',
  key: { request_id: 'uuid' },
  columns: {
    kind: 'text',
    subject: 'text',
    filed_by: 'text',
    received_on: 'text',
    due_on: 'text',
    status: 'text',
    ground: 'text',
    decided_at_ms: 'bigint',
    erased_value_count: 'integer',
    erased_file_count: 'integer',
    identity_erased: 'boolean',
  },
  indexes: ['(due_on, request_id)', '(subject)'],
});

/** A row of the table, as it is read. */
export interface RequestRow {
  request_id: string;
  kind: RequestKind;
  subject: string;
  filed_by: string;
  received_on: string;
  due_on: string;
  status: FiledRequest['status'];
  ground: RefusalGround | null;
  /** Milliseconds since 1970; null while it is open. */
  decided_at_ms: number | null;
  erased_value_count: number;
  erased_file_count: number;
  identity_erased: boolean;
  from_position: number;
  from_recorded_at_ms: number;
}

/**
 * Nothing of this is ever published, so the database shows it to no statement but one that is told to see everything: what the
 * handler asks for, who then hands on what is the requester's own.
 */
export function createRequestTables(schema: string): readonly string[] {
  const policies = [requestTable.name, requestTable.history].flatMap((name) => [
    `ALTER TABLE ${schema}.${name} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY within_sight ON ${schema}.${name} FOR SELECT
     USING ((SELECT current_setting('khamrap.sight', true)) = 'all')`,
  ]);
  return [...requestTable.createStatements(schema), ...policies];
}
