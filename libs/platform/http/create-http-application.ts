import { type DynamicModule, type LogLevel as NestLogLevel, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RejectionCatalogue } from '@khamrap/kernel';
import type { Config, LogLevel } from '@khamrap/platform/config';
import { answerBrokenRequest } from './broken-requests';
import { acceptBytesWhereTaken } from './bytes-body';
import { SystemClock, type Clock } from './clock';
import { answerCommand } from './command-answer';
import { correlationIdOf } from './correlation';
import { HttpModule } from './http.module';
import { acceptOnlyJson, BODY_BYTES_MAX } from './json-body';
import { serveOpenApi } from './openapi';
import { RequestRefused } from './problem';
import { ProblemCatalogue } from './problem-catalogue';
import { ProblemTranslator, type ProblemTranslation } from './problem-translation';
import { ProblemFilter } from './problem.filter';
import { RequestValidationPipe } from './request-validation.pipe';
import { SECURITY_HEADERS } from './security-headers';
import { ServiceLogger } from './service-logger';
import { Stopping } from './stopping';

export interface HttpApplicationOptions {
  readonly rootModule: Type | DynamicModule;
  readonly config: Config;
  /** What the slices' refusals mean. */
  readonly problems: readonly RejectionCatalogue[];
  /** How errors of other capabilities are told to clients. */
  readonly translations?: readonly ProblemTranslation[];
  /** Where `decidedAt` comes from; the system's clock by default. */
  readonly clock?: Clock;
}

/** How long a request may take to arrive whole: 50 MB of evidence over a slow line still fits. */
const REQUEST_MS_MAX = 120_000;
const HEADERS_MS_MAX = 15_000;
const HEADERS_BYTES_MAX = 16_384;
const PARAMETER_LENGTH_MAX = 300;

/**
 * The application over HTTP, all but listening. It has no middleware and cannot be given any: whoever has to see a request
 * is a guard, an interceptor or a pipe, which run for the route that answers and for no other spelling of its address.
 */
export async function createHttpApplication(options: HttpApplicationOptions): Promise<NestFastifyApplication> {
  const catalogue = new ProblemCatalogue(options.problems);
  const filter = new ProblemFilter(new ProblemTranslator(options.translations ?? []), catalogue);
  const stopping = new Stopping();
  const adapter = createAdapter(options.config, filter);
  prepare(adapter.getInstance(), stopping);
  const module = HttpModule.around({
    rootModule: options.rootModule,
    catalogue,
    clock: options.clock ?? new SystemClock(),
    stopping,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new ServiceLogger({ json: !process.stdout.isTTY, logLevels: LEVELS[options.config.logLevel] }),
  });
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(filter);
  serveOpenApi(app);
  return app;
}

function createAdapter({ http }: Config, filter: ProblemFilter): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    skipMiddie: true,
    multipart: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    trustProxy: http.trustedProxies.length > 0 ? [...http.trustedProxies] : false,
    requestIdHeader: false,
    genReqId: correlationIdOf,
    // Answered in `prepare` instead, as a problem.
    return503OnClosing: false,
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: PARAMETER_LENGTH_MAX },
    http: {
      headersTimeout: HEADERS_MS_MAX,
      maxHeaderSize: HEADERS_BYTES_MAX,
      // A repeated Authorization or Content-Type would otherwise count by its first value, for a proxy perhaps by its last.
      joinDuplicateHeaders: true,
    },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply),
    clientErrorHandler: answerBrokenRequest,
  });
}

function prepare(server: FastifyInstance, stopping: Stopping): void {
  acceptOnlyJson(server);
  // Declared once, so that requests keep one shape for the engine when the guard fills it in.
  server.decorateRequest('requester', undefined);
  server.addHook('preSerialization', answerCommand);
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (!stopping.signal.aborted) return done();
    reply.header('connection', 'close').header('retry-after', '5');
    return done(new RequestRefused('stopping'));
  });
  acceptBytesWhereTaken(server);
}

const LEVELS: Readonly<Record<LogLevel, NestLogLevel[]>> = {
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};
