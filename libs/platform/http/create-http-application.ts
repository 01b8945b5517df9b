import { type DynamicModule, type LogLevel as NestLogLevel, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RejectionCatalogue } from '@khamrap/kernel';
import type { Config, LogLevel } from '@khamrap/platform/config';
import type { StoreCondition } from '@khamrap/platform/event-store';
import { answerBrokenRequest } from './broken-requests';
import { acceptBytesWhereTaken } from './bytes-body';
import { SystemClock, type Clock } from './clock';
import { answerCommandsWith } from './command-answer';
import { CommandReceipts } from './command-receipts';
import { tellCompleteUntil } from './complete-until';
import { correlationIdOf } from './correlation';
import { allowOrigins } from './cross-origin';
import { HttpModule } from './http.module';
import { acceptOnlyJson, BODY_BYTES_MAX } from './json-body';
import { limitRequests, RateLimitGuard, RateLimits } from './limits/rate-limits';
import { serveOpenApi } from './openapi';
import { RequestRefused } from './problem';
import { ProblemCatalogue } from './problem-catalogue';
import { ProblemTranslator, type ProblemTranslation } from './problem-translation';
import { ProblemFilter } from './problem.filter';
import { RequestValidationPipe } from './request-validation.pipe';
import { protectDocumentation, securityHeadersFor } from './security-headers';
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
  /** How the store of the log is, where it can be away while what is recorded is read on. */
  readonly condition?: () => StoreCondition;
  /** How slowly a request may arrive; for tests, which do not wait for minutes. */
  readonly arrival?: ArrivalLimits;
}

/** How slowly a request may arrive before its connection is closed. */
export interface ArrivalLimits {
  /** From the first byte to the end of the header fields. */
  readonly headersMs: number;
  /** From the first byte to the end of the body. */
  readonly requestMs: number;
  /** How often connections are looked at, and so how much later than that one is closed. */
  readonly checkMs: number;
}

/** 50 MB of evidence over a slow line still fit. */
const ARRIVAL: ArrivalLimits = { headersMs: 15_000, requestMs: 120_000, checkMs: 5_000 };
/** Far more than a service of this size answers at once, and fewer than a process may have files open. */
const CONNECTION_COUNT_MAX = 8_000;
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
  const adapter = createAdapter(options.config, options.arrival ?? ARRIVAL, filter);
  const limits = limitsOf(options.config);
  const receipts = new CommandReceipts(stopping);
  adapter.getInstance().addHook('preSerialization', answerCommandsWith(receipts));
  await prepare(adapter.getInstance(), options.config, stopping, limits);
  if (options.condition) tellCompleteUntil(adapter.getInstance(), options.condition);
  const module = HttpModule.around({
    rootModule: options.rootModule,
    catalogue,
    clock: options.clock ?? new SystemClock(),
    stopping,
    receipts,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new ServiceLogger({ json: !process.stdout.isTTY, logLevels: LEVELS[options.config.logLevel] }),
  });
  // After the access guard, which comes with a module.
  if (limits) app.useGlobalGuards(new RateLimitGuard(limits));
  app.useGlobalPipes(new RequestValidationPipe());
  app.useGlobalFilters(filter);
  serveOpenApi(app);
  return app;
}

function createAdapter(config: Config, arrival: ArrivalLimits, filter: ProblemFilter): FastifyAdapter {
  const securityHeadersOf = securityHeadersFor(config);
  const { trustedProxies } = config.http;
  return new FastifyAdapter({
    logger: false,
    skipMiddie: true,
    multipart: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: arrival.requestMs,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    requestIdHeader: false,
    genReqId: correlationIdOf,
    // Answered in `prepare` instead, as a problem.
    return503OnClosing: false,
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: false, caseSensitive: true, maxParamLength: PARAMETER_LENGTH_MAX },
    http: {
      headersTimeout: arrival.headersMs,
      connectionsCheckingInterval: arrival.checkMs,
      maxHeaderSize: HEADERS_BYTES_MAX,
      // A repeated Authorization or Content-Type would otherwise count by its first value, for a proxy perhaps by its last.
      joinDuplicateHeaders: true,
    },
    // An address that cannot be read is answered before any hook.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply.headers(securityHeadersOf(request)).header('x-request-id', request.id)),
    clientErrorHandler: answerBrokenRequest,
  });
}

function limitsOf({ http: { limits } }: Config): RateLimits | undefined {
  return limits.kind === 'off' ? undefined : new RateLimits(limits.budgets);
}

async function prepare(
  server: FastifyInstance,
  config: Config,
  stopping: Stopping,
  limits: RateLimits | undefined,
): Promise<void> {
  server.server.maxConnections = CONNECTION_COUNT_MAX;
  acceptOnlyJson(server);
  // Declared once, so that requests keep one shape for the engine when the guard fills it in.
  server.decorateRequest('requester', undefined);
  const securityHeadersOf = securityHeadersFor(config);
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeadersOf(request)).header('x-request-id', request.id);
    if (!isOfOneHost(request)) return done(new RequestRefused('malformedRequest'));
    if (!stopping.signal.aborted) return done();
    reply.header('connection', 'close').header('retry-after', '5');
    return done(new RequestRefused('stopping'));
  });
  // First, so that a page of another origin can read that it asks too often.
  await allowOrigins(server, config.http.corsOrigins);
  if (limits) limitRequests(server, limits);
  acceptBytesWhereTaken(server);
  protectDocumentation(server);
}

/** A second Host (RFC 9112 §3.2), which the parser joins to the first, and HTTP/0.9, which has none: both are let in by Node. */
function isOfOneHost({ headers: { host }, raw: { httpVersionMajor } }: FastifyRequest): boolean {
  return httpVersionMajor > 0 && host?.includes(',') !== true;
}

const LEVELS: Readonly<Record<LogLevel, NestLogLevel[]>> = {
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};
