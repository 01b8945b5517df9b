import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { ruleOf } from '@khamrap/platform/access';
import { AccessLog } from './access-log';
import { addressedBy } from './addressed';
import { Reading, type Answered } from './reading';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Around every route: a read by somebody who is known is kept before its answer is sent, if it shows more than everybody may see.
 * Where that cannot be kept, the answer is not sent. An answer that is refused shows nothing and is not kept.
 */
@Injectable()
export class AccessLogInterceptor implements NestInterceptor {
  constructor(private readonly log: AccessLog) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { requester } = request;
    if (requester === undefined || !READS.has(request.method)) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    const reading = new Reading(this.log, requester, ruleOf(context.getHandler()), addressedBy(request));
    request.requester = { ...requester, noteShown: (shown) => reading.note(shown) };
    request.beforeShown = () => reading.answer(answeredBy(request, reply));
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await reading.answer(answeredBy(request, reply));
        return answer;
      }),
    );
  }
}

function answeredBy(request: FastifyRequest, reply: FastifyReply): Answered {
  const position = reply.getHeader('khamrap-position');
  const rowCount = request.shownRowCount;
  return {
    status: reply.statusCode,
    ...(position !== undefined && { position: Number(position) }),
    ...(rowCount !== undefined && { rowCount }),
  };
}
