import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  beforeShown,
  linkToNext,
  prefersMediaType,
  sendBytes,
  writeCsv,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';
import { CLOUD_EVENTS_BATCH, type CloudEvent } from './cloud-events';

const JSON_TYPE = 'application/json';
const CSV = 'text/csv';
const LINES = 'application/x-ndjson';

/** Every form in which events are answered. */
export const TRAIL_MEDIA_TYPES = [JSON_TYPE, CSV, LINES, CLOUD_EVENTS_BATCH] as const;

type MediaType = (typeof TRAIL_MEDIA_TYPES)[number];

/** How events are asked for, and what answers. */
export interface TrailSource<Row> {
  page(): Promise<Page<Row>>;
  pages(): AsyncIterable<Page<Row>>;
  /** The events of a row, each as a CloudEvent. */
  cloudEvents(row: Row): readonly CloudEvent[];
  readonly columns: readonly CsvColumn<Row>[];
  /** Name of the downloaded file, without its ending. */
  readonly fileName: string;
  /** Ends an answer in lines when the service stops. */
  readonly signal: AbortSignal;
}

/** Answers with a page in the form that is asked for, or with lines from there on: all that there is, as fast as they are taken. */
export async function sendTrail<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  source: TrailSource<Row>,
): Promise<void> {
  const type = mediaTypeOf(request.headers.accept);
  reply.header('vary', 'accept');
  if (type === LINES) return sendLines(request, reply, source);
  const page = await source.page();
  const { next, ...body } = page;
  reply.header('khamrap-position', String(page.position));
  if (next !== undefined) reply.header('link', linkToNext(request.url, next));
  request.shownRowCount = page.items.length;
  await beforeShown(request);
  switch (type) {
    case CSV:
      reply
        .header('content-type', 'text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${source.fileName}.csv"`);
      return void (await reply.send(writeCsv(page.items, source.columns)));
    case CLOUD_EVENTS_BATCH:
      reply.header('content-type', `${CLOUD_EVENTS_BATCH}; charset=utf-8`);
      return void (await reply.send(JSON.stringify(page.items.flatMap((row) => source.cloudEvents(row)))));
    case JSON_TYPE:
      return void (await reply.header('content-type', `${JSON_TYPE}; charset=utf-8`).send(JSON.stringify(body)));
  }
}

/** What is wrong with the question is told before the answer begins: the first page is read before. */
async function sendLines<Row>(request: FastifyRequest, reply: FastifyReply, source: TrailSource<Row>): Promise<void> {
  const pages = source.pages()[Symbol.asyncIterator]();
  const first = await pages.next();
  const position = first.done === true ? 0 : first.value.position;
  reply
    .header('content-type', LINES)
    .header('content-disposition', `attachment; filename="${source.fileName}.ndjson"`)
    .header('cache-control', 'no-store')
    .header('khamrap-position', String(position));
  await sendBytes(request, reply, () => Readable.from(linesOf(first, pages), { objectMode: false }), {
    signal: source.signal,
  });
}

async function* linesOf<Row>(
  first: IteratorResult<Page<Row>>,
  pages: AsyncIterator<Page<Row>>,
): AsyncGenerator<string> {
  try {
    for (let page = first; page.done !== true; page = await pages.next())
      yield page.value.items.map((item) => `${JSON.stringify(item)}\n`).join('');
  } finally {
    await pages.return?.();
  }
}

function mediaTypeOf(accept: string | undefined): MediaType {
  return (
    ([CLOUD_EVENTS_BATCH, LINES, CSV].find((type) => prefersMediaType(accept, type, JSON_TYPE)) as
      MediaType | undefined) ?? JSON_TYPE
  );
}
