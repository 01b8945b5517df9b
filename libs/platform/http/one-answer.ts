import {
  applyDecorators,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';
import type { Position, Revision } from '@khamrap/kernel';
import { entityTag } from './entity-tag';

/** What the handler of a route returns that tells of one thing with a stream of its own. */
export type OneAnswer = { readonly revision: Revision } & (
  { readonly asOfPosition: Position } | { readonly position: Position }
);

class OneAnswerInterceptor implements NestInterceptor<OneAnswer, OneAnswer> {
  intercept(context: ExecutionContext, next: CallHandler<OneAnswer>): Observable<OneAnswer> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap((answer) => tellHeaders(reply, answer)));
  }
}

function tellHeaders(reply: FastifyReply, answer: OneAnswer): void {
  const position = 'asOfPosition' in answer ? answer.asOfPosition : answer.position;
  reply.header('etag', entityTag(answer.revision)).header('khamrap-position', String(position));
}

const HEADERS = {
  ETag: { description: 'The revision, for `If-Match`', schema: { type: 'string' as const, example: '"0"' } },
  'Khamrap-Position': {
    description: 'The position that the answer shows',
    schema: { type: 'string' as const, example: '41' },
  },
};

/** A route that tells of one thing, with its revision as `ETag` and the position that the answer shows. */
export function TellsOne(type: Type<OneAnswer>): MethodDecorator {
  return applyDecorators(UseInterceptors(OneAnswerInterceptor), ApiOkResponse({ type, headers: HEADERS }));
}
