import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import {
  ApiExcludeEndpoint,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '@khamrap/platform/access';
import { IsWholeNumberText, pathParameter, ReadsLog, RequestRefused } from '@khamrap/platform/http';
import type { KeptCheckpoint } from './checkpoints';
import { Malformed, parseTilePath, wholeNumberOf, type TileName } from './proof';
import { TransparencyLog } from './transparency-log';

const PREFIX = '/log/';
const NOTE_TYPE = 'text/plain; charset=utf-8';
const FOR_A_MOMENT = 'public, max-age=2';
const FOR_EVER = 'public, max-age=31536000, immutable';
const LIST_COUNT_MAX = 1_000;

/** A size as checkpoints write it, in its one form. */
const SizeParameter = pathParameter((text) => (/^(?:0|[1-9][0-9]{0,15})$/.test(text) ? text : undefined));

class KeptCheckpointsQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Only those of more events than this' })
  @IsOptional()
  @IsWholeNumberText(0, Number.MAX_SAFE_INTEGER)
  readonly after?: number;
}

class KeptCheckpointAnswer {
  @ApiProperty({ description: 'How many events it covers' }) readonly size: number;
  @ApiProperty({ example: 'khamrap.phrae.go.th/log' }) readonly origin: string;
  @ApiProperty({ description: 'Whether a quorum of witnesses has cosigned it' }) readonly witnessed: boolean;
  @ApiProperty({ format: 'date-time' }) readonly keptAt: string;
}

class KeptCheckpointsAnswer {
  @ApiProperty({ type: [KeptCheckpointAnswer], description: `The smallest first, at most ${LIST_COUNT_MAX}` })
  readonly checkpoints: readonly KeptCheckpointAnswer[];
}

/**
 * The verifiable log as verifiers read it (c2sp.org/tlog-tiles, with `/log` as prefix): what is not covered by the published
 * checkpoint is not there.
 */
@ApiTags('log')
@Controller('log')
export class LogController {
  constructor(private readonly log: TransparencyLog) {}

  @Get('checkpoint')
  @ApiOperation({
    summary:
      'The newest signed checkpoint (c2sp.org/tlog-checkpoint); tiles and entries are beside it, as in c2sp.org/tlog-tiles',
  })
  @Public()
  @ReadsLog()
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiNotFoundResponse({ description: 'Nothing has been signed yet' })
  async checkpoint(@Res() reply: FastifyReply): Promise<void> {
    const latest = await this.log.latest();
    if (!latest) throw new RequestRefused('notFound');
    await reply.header('cache-control', FOR_A_MOMENT).type(NOTE_TYPE).send(latest.note);
  }

  @Get('checkpoints')
  @ApiOperation({ summary: 'The checkpoints that are kept: one a minute, and those that witnesses have cosigned' })
  @Public()
  @ReadsLog()
  @ApiOkResponse({ type: KeptCheckpointsAnswer })
  async checkpoints(
    @Query() { after }: KeptCheckpointsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KeptCheckpointsAnswer> {
    const kept = await this.log.heldCheckpoints(after, LIST_COUNT_MAX);
    reply.header('cache-control', FOR_A_MOMENT);
    return { checkpoints: kept.map(keptAnswer) };
  }

  @Get('checkpoints/:size')
  @ApiOperation({ summary: 'The kept checkpoint of so many events, with the cosignatures that it has' })
  @Public()
  @ReadsLog()
  @ApiParam({ name: 'size', schema: { type: 'string', pattern: '^(0|[1-9][0-9]*)$' } })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiNotFoundResponse({ description: 'None of this size is kept' })
  async keptCheckpoint(@SizeParameter('size') size: string, @Res() reply: FastifyReply): Promise<void> {
    // Where an epoch was opened at this size there are two: the later one is what the log stands by.
    const kept = (await this.log.heldCheckpointsOf(sizeOf(size))).at(-1);
    if (!kept) throw new RequestRefused('notFound');
    await reply.header('cache-control', FOR_A_MOMENT).type(NOTE_TYPE).send(kept.note);
  }

  // The path is one of a format of its own, which OpenAPI has no words for.
  @Get('tile/*')
  @ApiExcludeEndpoint()
  @Public()
  @ReadsLog()
  async tile(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const name = tileNamed(request.url);
    const bytes = name && (await this.#bytesOf(name));
    if (!bytes) throw new RequestRefused('notFound');
    await reply.header('cache-control', FOR_EVER).type('application/octet-stream').send(Buffer.from(bytes));
  }

  #bytesOf({ level, index, width }: TileName): Promise<Uint8Array | undefined> {
    return level === 'entries' ? this.log.entries(index, width) : this.log.tile(level, index, width);
  }
}

/** As the client has spelled it: one tile has one name, and none with escapes in it. */
function tileNamed(url: string): TileName | undefined {
  const [path = ''] = url.split('?');
  try {
    return parseTilePath(path.slice(PREFIX.length));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function sizeOf(text: string): number {
  try {
    return wholeNumberOf(text);
  } catch {
    throw new RequestRefused('notFound');
  }
}

function keptAnswer({ size, origin, witnessed, keptAt }: KeptCheckpoint): KeptCheckpointAnswer {
  return { size, origin, witnessed, keptAt: new Date(keptAt).toISOString() };
}
