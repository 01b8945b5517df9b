import { Injectable, RequestMethod, type OnModuleInit, type PipeTransform, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RequestRefused } from './problem';
import { RequestValidationPipe } from './request-validation.pipe';

/** What Nest notes of a parameter of a handler. */
interface NotedParameter {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly (Type<PipeTransform> | PipeTransform)[];
}

interface KnownRoute {
  readonly segments: readonly string[];
  /** Class of the query; absent where the route takes none. */
  readonly query?: Type;
  /** Class of the whole path, where the handler takes it as one. */
  readonly path?: Type;
  readonly pathPipes: ReadonlyMap<string, readonly PipeTransform[]>;
}

/** The routes that are read, as their own controllers declare them: says of an address whether its route would take it. */
@Injectable()
export class KnownRoutes implements OnModuleInit {
  readonly #routes = new Map<string, KnownRoute>();
  readonly #validation = new RequestValidationPipe();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const name of this.scanner.getAllMethodNames(prototype)) this.#take(metatype as Type, prototype, name);
    }
  }

  /** Whether there is a route of this pattern, such as `/v1/agreements/:agreementId`, that is read. */
  has(pattern: string): boolean {
    return this.#routes.has(pattern);
  }

  /**
   * Holds an address against the rules of its route: the very classes and pipes that a request goes through.
   * @param patterns of which one has to match, and nothing else is known
   * @throws RequestRefused with `notFound` where none matches, or where a part of the path names nothing; with
   *   `invalidRequest` where a parameter is not valid
   */
  async check(address: string, patterns: readonly string[]): Promise<void> {
    const [path = '', query = ''] = address.split('?', 2);
    const segments = path.split('/');
    const route = patterns.map((pattern) => this.#routes.get(pattern)).find((known) => known && fits(known, segments));
    if (!route) throw new RequestRefused('notFound');
    const named = Object.fromEntries(
      route.segments.flatMap((segment, index) =>
        segment.startsWith(':') ? [[segment.slice(1), decoded(segments[index] ?? '')]] : [],
      ),
    );
    for (const [name, value] of Object.entries(named)) {
      let read: unknown = value;
      for (const pipe of route.pathPipes.get(name) ?? [])
        read = await pipe.transform(read, { type: 'param', data: name });
    }
    if (route.path) await this.#validation.transform(named, { type: 'param', metatype: route.path, data: undefined });
    await this.#checkQuery(route, query);
  }

  async #checkQuery(route: KnownRoute, query: string): Promise<void> {
    const parameters: Record<string, unknown> = {};
    for (const [name, value] of new URLSearchParams(query)) {
      if (route.query === undefined || Object.hasOwn(parameters, name))
        throw new RequestRefused('invalidRequest', { errors: [{ code: 'whitelistValidation', parameter: name }] });
      parameters[name] = value;
    }
    if (route.query !== undefined)
      await this.#validation.transform(parameters, { type: 'query', metatype: route.query, data: undefined });
  }

  #take(controller: Type, prototype: Record<string, object>, name: string): void {
    const handler = prototype[name] as object;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method !== RequestMethod.GET) return;
    const parts = [Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler)];
    const pattern = `/${parts
      .map((part) => String(part ?? '').replace(/^\/+|\/+$/g, ''))
      .filter((part) => part !== '')
      .join('/')}`;
    const noted = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, NotedParameter>;
    const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as readonly Type[];
    const pathPipes = new Map<string, readonly PipeTransform[]>();
    let query: Type | undefined;
    let path: Type | undefined;
    for (const [key, { index, data, pipes = [] }] of Object.entries(noted)) {
      const kind = Number(key.split(':', 1)[0]);
      if (kind === Number(RouteParamtypes.QUERY) && data === undefined) query = types[index];
      if (kind === Number(RouteParamtypes.PARAM) && data === undefined) path = types[index];
      if (kind === Number(RouteParamtypes.PARAM) && typeof data === 'string')
        pathPipes.set(
          data,
          pipes.filter((pipe): pipe is PipeTransform => typeof pipe === 'object'),
        );
    }
    this.#routes.set(pattern, {
      segments: pattern.split('/'),
      ...(query && { query }),
      ...(path && { path }),
      pathPipes,
    });
  }
}

function fits({ segments }: KnownRoute, given: readonly string[]): boolean {
  return (
    segments.length === given.length &&
    segments.every((segment, index) => (segment.startsWith(':') ? given[index] !== '' : segment === given[index]))
  );
}

/** @throws RequestRefused where it cannot be read */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new RequestRefused('notFound');
  }
}
