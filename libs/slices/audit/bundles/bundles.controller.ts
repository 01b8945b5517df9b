import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFiscalYear } from '@khamrap/kernel';
import { Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import {
  IdentifierParameter,
  OpenStreams,
  pathParameter,
  sendBytes,
  Stopping,
  UuidParameter,
} from '@khamrap/platform/http';
import { Bundles, type Bundle } from './bundles';
import { zipStream } from './zip/zip-stream';

/** Parameter of a handler: a fiscal year in the path, by its number in the Buddhist Era. */
const FiscalYearParameter = pathParameter((text) =>
  /^\d{4}$/.test(text) && isFiscalYear(Number(text)) ? text : undefined,
);

/** The whole log keeps the database busy for long: one at a time for each, and few together. */
const WHOLE_LOG_COUNT_MAX = 4;

const BUNDLE_SCHEMA = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('audit')
@Controller('v1/audit/bundles')
export class BundlesController {
  private readonly wholeLogs = new OpenStreams(1, WHOLE_LOG_COUNT_MAX);

  constructor(
    private readonly bundles: Bundles,
    private readonly stopping: Stopping,
  ) {}

  @Get('agreements/:agreementId')
  @ApiOperation({
    summary:
      'An agreement as a zip to take away and verify: every entry of its stream, proofs, and what may be disclosed',
  })
  @Published('audit.read')
  @ApiProduces('application/zip')
  @ApiOkResponse(BUNDLE_SCHEMA)
  async agreement(
    @UuidParameter('agreementId') agreementId: string,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#send(await this.bundles.agreement(agreementId, requester), request, reply);
  }

  @Get('office-years/:office/:fiscalYear')
  @ApiOperation({
    summary: 'The agreements that an office made for a fiscal year, and the awards granted to it, as a zip',
  })
  @Published('audit.read')
  @ApiParam({ name: 'fiscalYear', schema: { type: 'integer', example: 2569 } })
  @ApiProduces('application/zip')
  @ApiOkResponse(BUNDLE_SCHEMA)
  async officeYear(
    @IdentifierParameter('office') office: string,
    @FiscalYearParameter('fiscalYear') fiscalYear: string,
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#send(await this.bundles.officeYear(office, Number(fiscalYear), requester), request, reply);
  }

  @Get('log')
  @ApiOperation({ summary: 'The whole verifiable log as a zip: a folder of tiles, and what may be disclosed of it' })
  @Published('audit.read')
  @ApiProduces('application/zip')
  @ApiOkResponse(BUNDLE_SCHEMA)
  async log(
    @RequestedBy() requester: Requester | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.#send(await this.bundles.wholeLog(requester), request, reply, this.wholeLogs);
  }

  async #send(bundle: Bundle, request: FastifyRequest, reply: FastifyReply, places?: OpenStreams): Promise<void> {
    const { head, fileName, recordedAt, files } = bundle;
    reply
      .header('content-type', 'application/zip')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .header('khamrap-position', String(head.size - 1));
    await sendBytes(request, reply, () => zipStream(files(), { head, writtenAt: new Date(recordedAt) }), {
      signal: this.stopping.signal,
      ...(places && { places }),
    });
  }
}
