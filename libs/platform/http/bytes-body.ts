import type { Readable } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestRefused } from './problem';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Marks a route whose body is bytes that the handler takes as they come. */
    takesBytes?: TakesBytesOptions;
  }
}

export interface TakesBytesOptions {
  /** A body that says beforehand that it is longer is refused; for one that does not say, the handler counts. */
  readonly bytesMax: number;
}

const BYTES_MEDIA_TYPE = 'application/octet-stream';

/** A route whose body is bytes of any type, handed to the handler unread (`@RequestBytes()`). Every other route takes JSON. */
export function TakesBytes(options: TakesBytesOptions): MethodDecorator {
  return applyDecorators(
    RouteConfig({ takesBytes: options }),
    ApiConsumes(BYTES_MEDIA_TYPE),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
  );
}

/** Parameter of a handler behind `@TakesBytes(…)`: the bytes of the body. Taking them in part leaves the connection whole. */
export const RequestBytes = createParamDecorator(
  (_data: undefined, context: ExecutionContext): AsyncIterable<Uint8Array> => {
    const { body } = context.switchToHttp().getRequest<FastifyRequest<{ Body: Readable }>>();
    return body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  },
);

/** Lets routes that are marked so have their body as a stream. For all others a body of bytes stays a wrong type. */
export function acceptBytesWhereTaken(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { takesBytes } = request.routeOptions.config;
    if (takesBytes === undefined) return done();
    // What the client says of the type decides nothing here, and must not bring another parser in.
    request.headers['content-type'] = BYTES_MEDIA_TYPE;
    // What nobody has read would stand before the next request on the connection.
    reply.raw.once('finish', () => request.raw.resume());
    const isTooLarge = Number(request.headers['content-length']) > takesBytes.bytesMax;
    return done(isTooLarge ? new RequestRefused('bodyTooLarge') : undefined);
  });
  server.addContentTypeParser(BYTES_MEDIA_TYPE, (request, payload, done) => {
    const isTaken = request.is404 || request.routeOptions.config.takesBytes !== undefined;
    done(isTaken ? null : new RequestRefused('unsupportedMediaType'), payload);
  });
}
