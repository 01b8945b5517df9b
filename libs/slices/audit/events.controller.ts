import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import { EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { Stopping } from '@khamrap/platform/http';
import { CLOUD_EVENTS_BATCH, cloudEventOf } from './views/trail/cloud-events';
import { sendTrail } from './views/trail/send-trail';
import { Trail } from './views/trail/trail';
import { TRAIL_COLUMNS, TrailPageAnswer } from './views/trail/trail.answer';
import { TrailQuery } from './views/trail/trail.query';

@ApiTags('audit')
@ApiExtraModels(TrailPageAnswer)
@Controller('v1/audit/events')
export class EventsController {
  constructor(
    private readonly trail: Trail,
    private readonly stopping: Stopping,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Events of the log, by who, where, what, when and in which words, as far as they are published or may be had',
  })
  @Published('audit.read')
  @ApiOkResponse({
    description: 'Pages lead on by `Link: …; rel="next"`; lines go on to the end by themselves',
    headers: {
      'Khamrap-Position': {
        description: 'The position that the answer shows',
        schema: { type: 'string', example: '41' },
      },
    },
    content: {
      'application/json': { schema: { $ref: getSchemaPath(TrailPageAnswer) } },
      'text/csv': { schema: { type: 'string' } },
      'application/x-ndjson': { schema: { type: 'string' } },
      [CLOUD_EVENTS_BATCH]: { schema: { type: 'array', items: { type: 'object', additionalProperties: true } } },
    },
  })
  list(
    @Query() query: TrailQuery,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendTrail(request, reply, {
      page: () => this.trail.page(query, requester),
      pages: () => this.trail.pages(query, requester),
      cloudEvents: (event) => [cloudEventOf(event, this.store.identity().origin)],
      columns: TRAIL_COLUMNS,
      fileName: 'events',
      signal: this.stopping.signal,
    });
  }
}
