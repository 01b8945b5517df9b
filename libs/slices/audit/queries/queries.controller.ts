import { Body, Controller, Get, Header, HttpCode, Post, Query, Redirect, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  FromRequest,
  IdentifierParameter,
  Lists,
  PageQuery,
  UuidParameter,
  WithoutBody,
  type Page,
} from '@khamrap/platform/http';
import { Queries } from './queries';
import { QUERY_COLUMNS, QueryAnswer, SaveQueryBody } from './queries.answer';

/** Questions under a name: what they ask is an address, which everybody can share, and which shows each what they may see. */
@ApiTags('audit')
@Controller('v1/audit/queries')
export class QueriesController {
  constructor(private readonly queries: Queries) {}

  @Get()
  @ApiOperation({ summary: 'Ready questions; for those who read histories also their own and the shared ones' })
  @Published('audit.read')
  @Lists({ fileName: 'queries', columns: QUERY_COLUMNS })
  list(@Query() query: PageQuery, @RequestedBy() requester: Requester | undefined): Promise<Page<QueryAnswer>> {
    return this.queries.list(query, requester);
  }

  @Post()
  @ApiOperation({ summary: 'Keeps a question, after holding it against the rules of its route' })
  @Allow('audit.read')
  @ApiCreatedResponse({ type: QueryAnswer })
  async save(
    @Body() body: SaveQueryBody,
    @RequestedBy() requester: Requester,
    @FromRequest() { commandId }: CommandContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueryAnswer> {
    const kept = await this.queries.save(commandId, body, requester);
    reply.header('location', `/v1/audit/queries/${kept.queryId}`);
    return kept;
  }

  @Get(':queryId')
  @ApiOperation({ summary: 'A question, and the address that asks it' })
  @Published('audit.read')
  @ApiOkResponse({ type: QueryAnswer })
  one(
    @IdentifierParameter('queryId') queryId: string,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<QueryAnswer> {
    return this.queries.one(queryId, requester);
  }

  @Get(':queryId/answer')
  @ApiOperation({ summary: 'Leads to the address that asks it, where each is answered what they may see' })
  @Published('audit.read')
  @ApiResponse({ status: 303, description: 'See other: the address' })
  @Header('cache-control', 'no-store')
  @Redirect()
  async answer(
    @IdentifierParameter('queryId') queryId: string,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<{ readonly url: string; readonly statusCode: number }> {
    return { url: (await this.queries.one(queryId, requester)).address, statusCode: 303 };
  }

  @Post(':queryId/end')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends a question of your own: it is kept no longer' })
  @Allow('audit.read')
  @WithoutBody()
  @ApiNoContentResponse()
  async end(@UuidParameter('queryId') queryId: string, @RequestedBy() requester: Requester): Promise<void> {
    await this.queries.end(queryId, requester);
  }
}
