import { Readable } from 'node:stream';
import { Body, Controller, Get, Module, Param, Post, Put, Query, Req, Res, type DynamicModule } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Rejection, type RejectionCatalogue } from '@khamrap/kernel';
import { AccessModule, Allow, permits, Public, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { Config } from '@khamrap/platform/config';
import {
  CommandRejected,
  IdempotencyKeyReused,
  OutcomeUnknown,
  RevisionMismatch,
  StoreUnavailable,
  type CommandContext,
} from '@khamrap/platform/event-store';
import {
  byteRangeOf,
  Changes,
  Creates,
  decodeCursor,
  FreshnessQuery,
  FromRequest,
  IsDateText,
  IsDecimalText,
  IsFiscalYear,
  IsIdentifier,
  IsPlainText,
  lastEventIdOf,
  Lists,
  OpenStreams,
  PageQuery,
  RequestBytes,
  sendBytes,
  sendEvents,
  Sha256Parameter,
  Stopping,
  TakesBytes,
  type CommandOutcome,
  type Page,
  type ServerSentEvent,
} from '../index';
import { ProbeVaultModule } from './probe-vault';

/** A slice of nothing but the edge: what every real slice relies on, made visible. */
export const PROBE_PROBLEMS: RejectionCatalogue = {
  alreadySigned: { kind: 'conflict', title: { th: 'ลงนามแล้ว', en: 'Already signed' } },
  weightTooLarge: { kind: 'unprocessable', title: { th: 'น้ำหนักมากเกินไป', en: 'The weight is too large' } },
  noSuchAgreement: { kind: 'notFound', title: { th: 'ไม่พบคำรับรอง', en: 'There is no such agreement' } },
  notYours: { kind: 'forbidden', title: { th: 'ไม่ใช่คำรับรองของท่าน', en: 'It is not your agreement' } },
};

class PartBody {
  @ApiProperty()
  @IsIdentifier()
  readonly indicator: string;

  @ApiProperty()
  @IsInt()
  @Min(0)
  @Max(100)
  readonly weight: number;
}

export class ProbeBody {
  @ApiProperty()
  @IsPlainText({ bytesMax: 30 })
  readonly title: string;

  @ApiProperty()
  @IsFiscalYear()
  readonly fiscalYear: number;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsDecimalText()
  readonly value?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsDateText({ each: true })
  readonly days?: readonly string[];

  @ApiProperty({ required: false, type: [PartBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => PartBody)
  readonly parts?: readonly PartBody[];
}

class ProbeQuery extends IntersectionType(PageQuery, FreshnessQuery) {}

interface Row {
  readonly name: string;
  readonly value: string;
}

const ACCEPTED = {
  revision: 3,
  position: 12,
  after: '12',
  eventIds: ['e1'],
  receipt: { position: 12, bodyHash: 'ab', recordedAt: '2025-01-01T00:00:00.000Z', status: 'sequenced' as const },
};

const FAILURES: Readonly<Record<string, () => Error>> = {
  alreadySigned: () => new CommandRejected(new Rejection('alreadySigned', { status: 'signed' }, '/title')),
  weightTooLarge: () => new CommandRejected(new Rejection('weightTooLarge')),
  noSuchAgreement: () => new CommandRejected(new Rejection('noSuchAgreement')),
  notYours: () => new CommandRejected(new Rejection('notYours')),
  undescribed: () => new CommandRejected(new Rejection('undescribed')),
  revisionMismatch: () => new RevisionMismatch(7),
  idempotencyKeyReused: () => new IdempotencyKeyReused(),
  outcomeUnknown: () => new OutcomeUnknown('connection lost'),
  storeUnavailable: () => new StoreUnavailable('no connection'),
  internalError: () => new Error('canary: insert into events values (1)'),
  tellingError: () =>
    Object.assign(
      new Error('for 1-2345-67890-12-1 with Bearer secret-token\n[Nest] LOG made up', {
        cause: new Error('connect postgres://writer:secret-word@db/khamrap, telephone 081-234-5678'),
      }),
      { detail: 'Key (name)=(secret-name) already exists.', parameters: ['secret-name'] },
    ),
};

/** What a spec makes of the probe while it runs. */
export class ProbeState {
  contexts: CommandContext[] = [];
  bodies: ProbeBody[] = [];
  /** Awaited by the slow route. */
  gate: Promise<void> = Promise.resolve();
  slowRequests = 0;
  onSlowRequest: () => void = () => undefined;
  source: (signal: AbortSignal, after: number | undefined) => AsyncIterable<ServerSentEvent> = async function* () {};
  /** Made by the route whose answer goes on for long. */
  bytes: () => Readable = () => Readable.from([]);
  destroyedAfterSlow: boolean | undefined;
  /** False from when on the token of whoever listens is over. */
  isKnown = true;
}

@Controller('v1/probes')
class ProbeController {
  private readonly places = new OpenStreams(1, 2);

  constructor(
    private readonly state: ProbeState,
    private readonly stopping: Stopping,
  ) {}

  @Post()
  @Allow('agreement.draft')
  @Creates('/v1/probes/:id')
  create(@Body() body: ProbeBody, @FromRequest() context: CommandContext): CommandOutcome {
    this.state.contexts.push(context);
    this.state.bodies.push(body);
    return { id: 'a/b', ...ACCEPTED, replayed: body.title === 'again' };
  }

  @Post(':id/signatures')
  @Allow('agreement.sign')
  @Changes()
  sign(@Param('id') id: string, @FromRequest() context: CommandContext): CommandOutcome {
    this.state.contexts.push(context);
    return { id, ...ACCEPTED, replayed: false };
  }

  @Post('failures/:code')
  @Public()
  fail(@Param('code') code: string): never {
    throw FAILURES[code]?.() ?? new Error('no such failure');
  }

  @Get()
  @Public()
  @Lists<Row>({
    fileName: 'probes',
    columns: [
      { header: 'name', value: (row) => row.name },
      { header: 'value', value: (row) => row.value },
    ],
  })
  list(@Query() query: ProbeQuery): Page<Row> & { readonly query: ProbeQuery } {
    const after = query.cursor === undefined ? 0 : (decodeCursor(query.cursor, ['text', 'integer'])[1] as number);
    const items = ROWS.slice(after, after + query.limit);
    const isLast = after + query.limit >= ROWS.length;
    const next = isLast ? undefined : [items.at(-1)?.name ?? '', after + query.limit];
    return { items, next, position: 41, query };
  }

  @Get('mine')
  @Allow('standings.read', 'audit.read')
  @ApiOkResponse()
  mine(@RequestedBy() requester: Requester) {
    return {
      actor: requester.actor,
      inPhrae: permits(requester, 'agreement.sign', { province: 'TH-54' }),
      atPhraeCdd: permits(requester, 'agreement.sign', { province: 'TH-54', office: 'phrae-cdd' }),
      nowhere: permits(requester, 'agreement.sign', {}),
    };
  }

  @Get('open')
  @Public()
  open(@RequestedBy() requester: Requester | undefined) {
    return { subject: requester?.subject ?? null };
  }

  @Get('slow')
  @Public()
  async slow() {
    this.state.slowRequests += 1;
    this.state.onSlowRequest();
    await this.state.gate;
    return { moduleWasDestroyed: this.state.destroyedAfterSlow === true };
  }

  @Get('stream')
  @Public()
  async stream(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const after = lastEventIdOf(request);
    if (request.requester) {
      request.requester = { ...request.requester, isCurrent: () => Promise.resolve(this.state.isKnown) };
    }
    await sendEvents(request, reply, (signal) => this.state.source(signal, after), {
      signal: this.stopping.signal,
      heartbeatMs: 20,
    });
  }

  @Get('made')
  @Public()
  async made(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { state, stopping, places } = this;
    reply.header('content-type', 'application/octet-stream');
    await sendBytes(request, reply, () => state.bytes(), { signal: stopping.signal, places });
  }

  /** Takes at the most `taken` bytes, and tells how many there were. */
  @Put('bytes/:taken')
  @Allow('evidence.upload')
  @TakesBytes({ bytesMax: 4_000_000 })
  async takeBytes(@Param('taken') taken: string, @RequestBytes() bytes: AsyncIterable<Uint8Array>) {
    let count = 0;
    for await (const piece of bytes) {
      count += piece.length;
      if (count >= Number(taken)) break;
    }
    return { count };
  }

  @Get('range/:sha256')
  @Public()
  range(@Sha256Parameter('sha256') sha256: string, @Req() request: FastifyRequest) {
    return { sha256, range: byteRangeOf(request, 10, '"tag"') ?? null };
  }

  onModuleDestroy(): void {
    this.state.destroyedAfterSlow = true;
  }
}

export const ROWS: readonly Row[] = [
  { name: 'คำรับรอง, ก', value: '1887.00' },
  { name: '=HYPERLINK("http://x")', value: '-5.25' },
  { name: '＝1+1', value: '-1+cmd' },
];

@Module({})
export class ProbeModule {
  static with(config: Config, state: ProbeState, imports: DynamicModule[] = []): DynamicModule {
    return {
      module: ProbeModule,
      imports: [ProbeVaultModule, AccessModule.register({ config, imports })],
      controllers: [ProbeController],
      providers: [{ provide: ProbeState, useValue: state }],
    };
  }
}
