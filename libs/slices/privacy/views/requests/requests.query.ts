import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import { FULL_SIGHT, type Requester } from '@khamrap/platform/access';
import { decodeCursor, FreshnessQuery, PageQuery, type CsvColumn, type Page } from '@khamrap/platform/http';
import { ReadModels, type Standpoint } from '@khamrap/platform/projections';
import type { EntityManager } from 'typeorm';
import { isPrivacyOfficer } from '../../commands/privacy-officer';
import { REQUEST_KINDS, type RefusalGround, type RequestKind } from '../../domain/personal-data-request.events';
import type { FiledRequest } from '../../domain/personal-data-request.state';
import { daysLeft } from '../../domain/personal-data-request.terms';
import { PERSONAL_DATA_REQUESTS } from './requests.projection';
import { requestTable, type RequestRow } from './requests.table';

const STATUSES = ['open', 'fulfilled', 'refused'] as const;

export class PersonalDataRequestsQuery extends IntersectionType(PageQuery, FreshnessQuery) {
  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: FiledRequest['status'];

  @ApiPropertyOptional({ enum: REQUEST_KINDS })
  @IsOptional()
  @IsIn(REQUEST_KINDS)
  readonly kind?: RequestKind;

  @ApiPropertyOptional({ enum: ['only'], description: 'Only requests that are open although their term has ended' })
  @IsOptional()
  @IsIn(['only'])
  readonly overdue?: 'only';
}

export interface PersonalDataRequestItem {
  readonly requestId: string;
  readonly kind: RequestKind;
  /** Pseudonyms: of the person whose data it is about, and of who has filed it. */
  readonly subject: string;
  readonly filedBy: string;
  readonly receivedOn: string;
  readonly dueOn: string;
  readonly status: FiledRequest['status'];
  /** Until the term has ended, less than none afterwards; null where it is decided. */
  readonly daysLeft: number | null;
  readonly overdue: boolean;
  readonly ground: RefusalGround | null;
  readonly decidedAt: string | null;
  readonly erasedValueCount: number;
  readonly erasedFileCount: number;
  readonly identityErased: boolean;
  readonly position: number;
}

export const PERSONAL_DATA_REQUEST_COLUMNS: readonly CsvColumn<PersonalDataRequestItem>[] = [
  { header: 'requestId', value: (request) => request.requestId },
  { header: 'kind', value: (request) => request.kind },
  { header: 'subject', value: (request) => request.subject },
  { header: 'receivedOn', value: (request) => request.receivedOn },
  { header: 'dueOn', value: (request) => request.dueOn },
  { header: 'status', value: (request) => request.status },
  { header: 'daysLeft', value: (request) => request.daysLeft },
  { header: 'ground', value: (request) => request.ground },
  { header: 'decidedAt', value: (request) => request.decidedAt },
  { header: 'erasedValueCount', value: (request) => request.erasedValueCount },
  { header: 'erasedFileCount', value: (request) => request.erasedFileCount },
];

export class ListPersonalDataRequests extends Query<Page<PersonalDataRequestItem>> {
  constructor(
    readonly query: PersonalDataRequestsQuery,
    readonly requester: Requester,
    /** In Bangkok. */
    readonly today: IsoDate,
  ) {
    super();
  }
}

/** Shows the privacy officer all requests, and everybody else those about themselves; soonest due first. */
@QueryHandler(ListPersonalDataRequests)
export class ListPersonalDataRequestsHandler implements IQueryHandler<ListPersonalDataRequests> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ query, requester, today }: ListPersonalDataRequests): Promise<Page<PersonalDataRequestItem>> {
    const subject = isPrivacyOfficer(requester) ? null : requester.actor.id;
    const { standpoint, result } = await this.readModels.read(
      PERSONAL_DATA_REQUESTS,
      query,
      (manager, at) => pageOf(manager, at, query, subject, today),
      FULL_SIGHT,
    );
    const last = result.length > query.limit ? result[query.limit - 1] : undefined;
    return {
      items: result.slice(0, query.limit).map((row) => itemOf(row, today)),
      position: standpoint.position,
      ...(last && { next: [last.due_on, last.request_id] }),
    };
  }
}

/** The rows as they are now, or as they were: then every request is looked up once in the history. */
function pageOf(
  manager: EntityManager,
  { past, position }: Standpoint,
  { status, kind, overdue, cursor, limit }: PersonalDataRequestsQuery,
  subject: string | null,
  today: IsoDate,
): Promise<RequestRow[]> {
  const [dueOn = null, requestId = null] = cursor === undefined ? [] : decodeCursor(cursor, ['text', 'text']);
  const inHistory = `CROSS JOIN LATERAL (SELECT * FROM read_model.${requestTable.history} AS h
    WHERE h.request_id = k.request_id AND h.from_position <= $8 ORDER BY h.from_position DESC LIMIT 1) AS s`;
  const shown = past ? 's' : 'k';
  return manager.query<RequestRow[]>(
    `SELECT ${shown}.* FROM read_model.${requestTable.name} AS k ${past ? inHistory : ''}
     WHERE ($1::text IS NULL OR k.subject = $1) AND ($2::text IS NULL OR ${shown}.status = $2)
       AND ($3::text IS NULL OR k.kind = $3) AND ($4::text IS NULL OR (${shown}.status = 'open' AND k.due_on < $4))
       AND ($5::text IS NULL OR (k.due_on, k.request_id::text) > ($5, $6))
     ORDER BY k.due_on, k.request_id::text LIMIT $7`,
    [
      subject,
      status ?? null,
      kind ?? null,
      overdue === undefined ? null : today,
      dueOn,
      requestId,
      limit + 1,
      ...(past ? [position] : []),
    ],
  );
}

function itemOf(row: RequestRow, today: IsoDate): PersonalDataRequestItem {
  const left = row.status === 'open' ? daysLeft(row.due_on as IsoDate, today) : null;
  return {
    requestId: row.request_id,
    kind: row.kind,
    subject: row.subject,
    filedBy: row.filed_by,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    status: row.status,
    daysLeft: left,
    overdue: left !== null && left < 0,
    ground: row.ground,
    decidedAt: row.decided_at_ms === null ? null : new Date(Number(row.decided_at_ms)).toISOString(),
    erasedValueCount: row.erased_value_count,
    erasedFileCount: row.erased_file_count,
    identityErased: row.identity_erased,
    position: Number(row.from_position),
  };
}

/** How many requests of somebody's own are open, as far as the read model has come. */
export async function openRequestCount(readModels: ReadModels, pseudonym: string): Promise<number> {
  const { result } = await readModels.read(
    PERSONAL_DATA_REQUESTS,
    {},
    (manager) =>
      manager.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM read_model.${requestTable.name}
         WHERE subject = $1 AND filed_by = $1 AND status = 'open'`,
        [pseudonym],
      ),
    FULL_SIGHT,
  );
  return result[0]?.count ?? 0;
}
