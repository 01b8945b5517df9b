import { Readable } from 'node:stream';
import { Body, Controller, Get, Post, Put, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { EVIDENCE_BYTES_MAX, EvidenceStore } from '@khamrap/platform/files';
import {
  beforeShown,
  byteRangeOf,
  Changes,
  FromRequest,
  RequestBytes,
  Sha256Parameter,
  TakesBytes,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { EraseEvidence, EraseEvidenceBody } from './commands/erase-evidence';
import { StoreEvidence } from './commands/store-evidence';
import { downloadHeaders, entityTagOf } from './views/evidence/evidence-headers';
import { EvidenceFileAnswer, evidenceAnswer } from './views/evidence/evidence.answer';
import { FindEvidence } from './views/evidence/evidence.query';

@ApiTags('evidence')
@Controller('v1/evidence')
export class EvidenceController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly files: EvidenceStore,
  ) {}

  @Put(':sha256')
  @ApiOperation({ summary: 'Uploads a file of evidence; the same file again is the same evidence' })
  @Allow('evidence.upload')
  @TakesBytes({ bytesMax: EVIDENCE_BYTES_MAX })
  @ApiCreatedResponse({ type: EvidenceFileAnswer })
  @ApiOkResponse({ type: EvidenceFileAnswer, description: 'It was there already' })
  async upload(
    @Sha256Parameter('sha256') sha256: string,
    @RequestBytes() bytes: AsyncIterable<Uint8Array>,
    @RequestedBy() requester: Requester,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { file, isNew } = await this.commands.execute(new StoreEvidence(sha256, bytes, requester.actor.id));
    if (isNew) reply.header('location', `/v1/evidence/${sha256}`);
    await reply
      .code(isNew ? 201 : 200)
      .header('etag', entityTagOf(file))
      .send(evidenceAnswer(file));
  }

  @Get(':sha256')
  @ApiOperation({
    summary: 'The bytes of a file of evidence, for who uploaded it or works where it is named: all or a range',
  })
  @Allow('evidence.read')
  @ApiHeader({ name: 'Range', required: false, description: 'One range of bytes (RFC 9110 §14)' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @Sha256Parameter('sha256') sha256: string,
    @RequestedBy() requester: Requester,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.queries.execute(new FindEvidence(sha256, requester));
    const isHead = request.method === 'HEAD';
    // A range is for GET alone (RFC 9110 §14.2).
    const range = isHead ? undefined : byteRangeOf(request, file.byteCount, entityTagOf(file));
    const span = range ?? { first: 0, last: file.byteCount - 1 };
    reply.code(range ? 206 : 200);
    await beforeShown(request);
    const bytes = Readable.from(isHead ? [] : this.files.read(sha256, span), { objectMode: false });
    await reply.headers(downloadHeaders(file, span, range !== undefined)).send(bytes);
  }

  @Post(':sha256/erasure')
  @ApiOperation({ summary: 'Erases the bytes of a file of evidence for good; its hash stays' })
  @Allow('evidence.erase')
  @Changes()
  erase(
    @Sha256Parameter('sha256') sha256: string,
    @Body() body: EraseEvidenceBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new EraseEvidence({ sha256 }, body, requester, context));
  }
}
