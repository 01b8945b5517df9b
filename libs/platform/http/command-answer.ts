import { applyDecorators, HttpCode } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  type ApiResponseNoStatusOptions,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest, preSerializationHookHandler } from 'fastify';
import type { CommandAccepted } from '@khamrap/platform/event-store';
import type { CommandReceipts, ProvenReceipt } from './command-receipts';
import { CommandWarningAnswer, warningsOf, type CommandWarning } from './command-warnings';
import { entityTag } from './entity-tag';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Marks the route of a command. */
    command?: CommandRoute;
  }
}

interface CommandRoute {
  /** Where what was created is read, with `:id` in place of its identifier. */
  readonly location?: string;
}

/** What a handler of a command returns: the acceptance, and what it was about. */
export type CommandOutcome = CommandAccepted & { readonly id: string };

class ReceiptAnswer implements ProvenReceipt {
  @ApiProperty({ type: Number, nullable: true }) readonly position: number | null;
  @ApiProperty({ description: 'SHA-256 of salt and body, hexadecimal' }) readonly bodyHash: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null together with the position, where the engine learns both later',
  })
  readonly recordedAt: string | null;
  @ApiProperty({
    enum: ['sequenced', 'included', 'witnessed'],
    description: '`sequenced` unless `Prefer: wait` asked for more; `GET /v1/audit/receipts/{eventId}` gives it later',
  })
  readonly status: ProvenReceipt['status'];
  @ApiPropertyOptional({ description: 'Entry of the verifiable log, byte for byte; absent while sequenced' })
  readonly leaf?: string;
  @ApiPropertyOptional({ description: 'c2sp.org/tlog-proof of the entry; absent while sequenced' })
  readonly proof?: string;
}

/** The body of every accepted command. */
export class CommandAnswer {
  @ApiProperty({ description: 'Identifier of what the command was about' }) readonly id: string;
  @ApiProperty({ description: 'Revision of the stream after the command; also the ETag' }) readonly revision: number;
  @ApiProperty({
    type: Number,
    nullable: true,
    description:
      'Position of the last event, for `minPosition`; null where nothing had to change, or where the engine learns it later: then ' +
      '`after` stands for it',
  })
  readonly position: number | null;
  @ApiProperty({ description: 'Opaque; reads accept it as `after`' }) readonly after: string;
  @ApiProperty({ type: [String] }) readonly eventIds: readonly string[];
  @ApiProperty({ type: ReceiptAnswer, nullable: true }) readonly receipt: ReceiptAnswer | null;
  @ApiPropertyOptional({
    type: [CommandWarningAnswer],
    description:
      'What was accepted, and should be looked at again: personal numbers in a text. Absent when there is none',
  })
  readonly warnings?: readonly CommandWarningAnswer[];
}

/**
 * Puts what an acceptance says into the headers of its answer, and a proof into its receipt where the client waits for one. A
 * hook of the server and not an interceptor, which would cost every command more than validating it does.
 */
export function answerCommandsWith(receipts: CommandReceipts): preSerializationHookHandler {
  return (request, reply, payload, done) => {
    const { command } = request.routeOptions.config;
    if (command === undefined) return done(null, payload);
    const outcome = payload as CommandOutcome;
    if (request.headers.prefer === undefined) return done(null, answerOf(command, request, reply, outcome));
    return void receipts
      .preferredBy(request, reply, outcome)
      .then((receipt) => done(null, { ...answerOf(command, request, reply, outcome), receipt }));
  };
}

function answerOf(
  command: CommandRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: CommandOutcome,
): Omit<CommandOutcome, 'replayed'> & { readonly warnings?: readonly CommandWarning[] } {
  const { replayed, ...body } = outcome;
  reply.header('etag', entityTag(body.revision));
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (command.location !== undefined)
    reply.header('location', command.location.replace(':id', encodeURIComponent(body.id)));
  const warnings = warningsOf(request.body);
  return warnings.length > 0 ? { ...body, warnings } : body;
}

const HEADERS_OF_COMMANDS = [
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: '1 to 255 visible ASCII characters; the same key with the same request is the same command, for ever',
  }),
  ApiHeader({
    name: 'If-Match',
    required: false,
    description:
      'The revision that was read, as a strong entity tag; the command is refused with 412 when there is a later one',
  }),
  ApiHeader({
    name: 'Prefer',
    required: false,
    description:
      '`wait=5` (RFC 7240): waits so many seconds, at most 30, until the receipt is `included` and brings its proof; ' +
      '`wait=5; receipt=witnessed` until it is `witnessed`. Then it answers with what there is',
  }),
];

const HEADERS_OF_ANSWERS = {
  ETag: { description: 'The revision after the command, for `If-Match`', schema: { type: 'string', example: '"0"' } },
  'Idempotent-Replayed': {
    description: '`true` where the command had been accepted before: this is that acceptance',
    schema: { type: 'string', enum: ['true'] },
  },
  'Preference-Applied': {
    description: 'What was done of `Prefer`: the answer has waited for its receipt',
    schema: { type: 'string', example: 'wait=5' },
  },
} satisfies NonNullable<ApiResponseNoStatusOptions['headers']>;
const LOCATION = { description: 'Where it is read', schema: { type: 'string' as const, format: 'uri-reference' } };

/**
 * A command that creates something: 201 with `Location` and `ETag`.
 * @param location where the created is read, with `:id` in place of its identifier
 */
export function Creates(location: `/${string}:id${string}`): MethodDecorator {
  return applyDecorators(
    RouteConfig({ command: { location } satisfies CommandRoute }),
    HttpCode(201),
    ApiCreatedResponse({ type: CommandAnswer, headers: { ...HEADERS_OF_ANSWERS, Location: LOCATION } }),
    ...HEADERS_OF_COMMANDS,
  );
}

/** A command that changes something that exists: 200 with `ETag`. */
export function Changes(): MethodDecorator {
  return applyDecorators(
    RouteConfig({ command: {} satisfies CommandRoute }),
    HttpCode(200),
    ApiOkResponse({ type: CommandAnswer, headers: HEADERS_OF_ANSWERS }),
    ...HEADERS_OF_COMMANDS,
  );
}
