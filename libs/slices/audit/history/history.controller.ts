import { applyDecorators, Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isStreamName, streamName, type StreamName } from '@khamrap/kernel';
import { Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { encodeCursor, IdentifierParameter, pathParameter, Stopping, UuidParameter } from '@khamrap/platform/http';
import { CLOUD_EVENTS_BATCH, cloudEventOfHistory } from '../views/trail/cloud-events';
import { sendTrail } from '../views/trail/send-trail';
import { HistoryAnswer, type ActAnswer } from './history.answer';
import { HISTORY_COLUMNS } from './history.columns';
import { HistoryQuery, ReadHistory, type HistoryPage } from './history.query';

/** Parameter of a handler: the name of any stream in the path. */
const StreamParameter = pathParameter((text) => (isStreamName(text) ? text : undefined));

/** A history in every form in which events are answered. */
const AnswersHistory = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(HistoryAnswer),
    ApiOkResponse({
      description: 'Pages lead on by `Link: …; rel="next"`; lines go on to the end by themselves',
      headers: {
        'Khamrap-Position': { description: 'The position that the answer shows', schema: { type: 'string' } },
      },
      content: {
        'application/json': { schema: { $ref: getSchemaPath(HistoryAnswer) } },
        'text/csv': { schema: { type: 'string' } },
        'application/x-ndjson': { schema: { type: 'string' } },
        [CLOUD_EVENTS_BATCH]: { schema: { type: 'array', items: { type: 'object', additionalProperties: true } } },
      },
    }),
  );

interface HistoryAsked {
  readonly stream: StreamName;
  readonly query: HistoryQuery;
  readonly requester: Requester | undefined;
  /** Only what concerns this one. */
  readonly indicatorId?: string;
}

@ApiTags('audit')
@Controller('v1/audit')
export class HistoryController {
  constructor(
    private readonly queries: QueryBus,
    private readonly stopping: Stopping,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get('agreements/:agreementId/history')
  @ApiOperation({ summary: 'What happened to an agreement, act by act: who, what, when, why, on what evidence' })
  @Published('audit.read')
  @AnswersHistory()
  agreement(
    @UuidParameter('agreementId') agreementId: string,
    @Query() query: HistoryQuery,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send({ stream: streamName('agreement', agreementId), query, requester }, request, reply);
  }

  @Get('agreements/:agreementId/indicators/:indicatorId/history')
  @ApiOperation({ summary: 'What happened to one indicator of an agreement' })
  @Published('audit.read')
  @AnswersHistory()
  indicator(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @Query() query: HistoryQuery,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const stream = streamName('agreement', agreementId);
    return this.#send({ stream, query, requester, indicatorId }, request, reply);
  }

  @Get('awards/:awardId/history')
  @ApiOperation({ summary: 'What happened to an award' })
  @Published('audit.read')
  @AnswersHistory()
  award(
    @UuidParameter('awardId') awardId: string,
    @Query() query: HistoryQuery,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send({ stream: streamName('award', awardId), query, requester }, request, reply);
  }

  @Get('offices/:officeId/history')
  @ApiOperation({ summary: 'What happened to an office: its names, holders, delegations and roles' })
  @Published('audit.read')
  @AnswersHistory()
  office(
    @IdentifierParameter('officeId') officeId: string,
    @Query() query: HistoryQuery,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send({ stream: streamName('office', officeId), query, requester }, request, reply);
  }

  @Get('streams/:stream/history')
  @ApiOperation({ summary: 'What happened in any stream of the ledger, by its name' })
  @Published('audit.read')
  @AnswersHistory()
  stream(
    @StreamParameter('stream') stream: string,
    @Query() query: HistoryQuery,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.#send({ stream: stream as StreamName, query, requester }, request, reply);
  }

  #send(asked: HistoryAsked, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { stream } = asked;
    const { origin } = this.store.identity();
    return sendTrail<ActAnswer>(request, reply, {
      page: () => this.#page(asked, asked.query),
      pages: () => this.#pages(asked),
      cloudEvents: (act) =>
        act.events.map((event) => cloudEventOfHistory({ stream, who: act.who, act }, event, origin)),
      columns: HISTORY_COLUMNS,
      fileName: 'history',
      signal: this.stopping.signal,
    });
  }

  #page({ stream, requester, indicatorId }: HistoryAsked, query: HistoryQuery): Promise<HistoryPage> {
    return this.queries.execute(new ReadHistory(stream, query, requester, indicatorId));
  }

  /** All pages from the one that is asked for on, up to where the log was at the first. */
  async *#pages(asked: HistoryAsked): AsyncGenerator<HistoryPage> {
    let { query } = asked;
    for (;;) {
      const page = await this.#page(asked, query);
      yield page;
      if (page.next === undefined) return;
      const { to = String(page.position) } = query;
      query = Object.assign(new HistoryQuery(), query, { cursor: encodeCursor(page.next), to });
    }
  }
}
