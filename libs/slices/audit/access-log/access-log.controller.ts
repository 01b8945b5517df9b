import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import { Lists, PageQuery, pathParameter, type Page } from '@khamrap/platform/http';
import {
  ACCESS_COLUMNS,
  AccessLogQuery,
  AccessProofAnswer,
  SEAL_COLUMNS,
  type AccessItem,
  type AccessSealItem,
} from './access-log.answer';
import { ListAccesses, ListAccessSeals, ProveAccess } from './access-log.queries';

/** Parameter of a handler: the number of a row in the path. */
const NumberParameter = pathParameter((text) =>
  /^(?:0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? text : undefined,
);

/** Who read what. To look here is a read as any other, and stands here itself. */
@ApiTags('audit')
@Controller('v1/audit/access-log')
export class AccessLogController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'Who read what is private or not published, the newest first' })
  @Allow('accessLog.read')
  @Lists({ fileName: 'access-log', columns: ACCESS_COLUMNS })
  list(@Query() query: AccessLogQuery, @RequestedBy() requester: Requester): Promise<Page<AccessItem>> {
    return this.queries.execute(new ListAccesses(query, requester));
  }

  @Get('seals')
  @ApiOperation({ summary: 'How the ledger has sealed the access log, the newest first' })
  @Allow('accessLog.read')
  @Lists({ fileName: 'access-log-seals', columns: SEAL_COLUMNS })
  seals(@Query() query: PageQuery): Promise<Page<AccessSealItem>> {
    return this.queries.execute(new ListAccessSeals(query));
  }

  @Get('proofs/:number')
  @ApiOperation({ summary: 'The proof that a row of the access log stands among those that the ledger has sealed' })
  @Allow('accessLog.read')
  @ApiParam({ name: 'number', schema: { type: 'integer', minimum: 0, example: 0 } })
  @ApiOkResponse({ type: AccessProofAnswer })
  proof(@NumberParameter('number') number: string, @RequestedBy() requester: Requester): Promise<AccessProofAnswer> {
    return this.queries.execute(new ProveAccess(Number(number), requester));
  }
}
