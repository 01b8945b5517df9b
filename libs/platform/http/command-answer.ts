import {
  applyDecorators,
  HttpCode,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { CommandAccepted } from '@khamrap/platform/event-store';
import { entityTag } from './entity-tag';

/** What a handler of a command returns: the acceptance, and what it was about. */
export type CommandOutcome = CommandAccepted & { readonly id: string };

class ReceiptAnswer {
  @ApiProperty({ type: Number, nullable: true }) readonly position: number | null;
  @ApiProperty({ description: 'SHA-256 of salt and body, hexadecimal' }) readonly bodyHash: string;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
  @ApiProperty({ enum: ['sequenced'] }) readonly status: 'sequenced';
}

/** The body of every accepted command. */
export class CommandAnswer {
  @ApiProperty({ description: 'Identifier of what the command was about' }) readonly id: string;
  @ApiProperty({ description: 'Revision of the stream after the command; also the ETag' }) readonly revision: number;
  @ApiProperty({ type: Number, nullable: true, description: 'Position of the last event, for `minPosition`' })
  readonly position: number | null;
  @ApiProperty({ description: 'Opaque; reads accept it as `after`' }) readonly after: string;
  @ApiProperty({ type: [String] }) readonly eventIds: readonly string[];
  @ApiProperty({ type: ReceiptAnswer, nullable: true }) readonly receipt: ReceiptAnswer | null;
}

const LOCATION = 'khamrap:location';

@Injectable()
class CommandAnswerInterceptor implements NestInterceptor<CommandOutcome, CommandAnswer> {
  intercept(context: ExecutionContext, next: CallHandler<CommandOutcome>): Observable<CommandAnswer> {
    const location = Reflect.getMetadata(LOCATION, context.getHandler()) as string | undefined;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((outcome) => answer(reply, outcome, location)));
  }
}

function answer(
  reply: FastifyReply,
  { replayed, ...body }: CommandOutcome,
  location: string | undefined,
): CommandAnswer {
  reply.header('etag', entityTag(body.revision));
  if (replayed) reply.header('idempotent-replayed', 'true');
  if (location !== undefined) reply.header('location', location.replace(':id', encodeURIComponent(body.id)));
  return body;
}

const HEADERS_OF_COMMANDS = [
  UseInterceptors(CommandAnswerInterceptor),
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
];

/**
 * A command that creates something: 201 with `Location` and `ETag`.
 * @param location where the created is read, with `:id` in place of its identifier
 */
export function Creates(location: `/${string}:id${string}`): MethodDecorator {
  return applyDecorators(
    SetMetadata(LOCATION, location),
    HttpCode(201),
    ApiCreatedResponse({ type: CommandAnswer }),
    ...HEADERS_OF_COMMANDS,
  );
}

/** A command that changes something that exists: 200 with `ETag`. */
export function Changes(): MethodDecorator {
  return applyDecorators(HttpCode(200), ApiOkResponse({ type: CommandAnswer }), ...HEADERS_OF_COMMANDS);
}
