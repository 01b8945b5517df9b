import {
  applyDecorators,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Position } from '@khamrap/kernel';
import { writeCsv, type CsvColumn } from './csv';
import { prefersMediaType } from './header-quality';
import type { TimesOfAnswer } from './freshness';
import { linkToNext, type CursorKey } from './paging';

/** What the handler of a list returns. Members beside these are stated in the JSON answer as they are. */
export interface Page<Row> extends TimesOfAnswer {
  readonly items: readonly Row[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: CursorKey | undefined;
  /** The position that the answer shows. */
  readonly position: Position;
}

export interface ListOptions<Row> {
  /** Name of the downloaded file, without its ending. */
  readonly fileName: string;
  readonly columns: readonly CsvColumn<Row>[];
}

const OPTIONS = 'khamrap:list-options';

class ListAnswerInterceptor implements NestInterceptor<Page<unknown>, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<Page<unknown>>): Observable<unknown> {
    const options = Reflect.getMetadata(OPTIONS, context.getHandler()) as ListOptions<unknown>;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(map((page) => answer(request, reply, page, options)));
  }
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page<unknown>,
  options: ListOptions<unknown>,
): unknown {
  const { next, ...body } = page;
  request.shownRowCount = page.items.length;
  reply.header('vary', 'accept').header('khamrap-position', String(page.position));
  if (next !== undefined) reply.header('link', linkToNext(request.url, next));
  if (!prefersMediaType(request.headers.accept, 'text/csv', 'application/json')) return body;
  reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${options.fileName}.csv"`);
  return writeCsv(page.items, options.columns);
}

/** A list: paged by `Link: …; rel="next"`, as JSON or, for those who accept `text/csv`, as a table. */
export function Lists<Row>(options: ListOptions<Row>): MethodDecorator {
  return applyDecorators(
    SetMetadata(OPTIONS, options),
    UseInterceptors(ListAnswerInterceptor),
    ApiProduces('application/json', 'text/csv'),
  );
}
