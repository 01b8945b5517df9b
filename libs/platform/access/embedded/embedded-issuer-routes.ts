import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ForeignHost } from '../access-refused';
import { ServiceAddress } from '../service-address';
import { ISSUER_PATH } from './embedded-issuer';
import { EmbeddedProvider } from './embedded-provider';
import { choicePage, failurePage, PAGE_SECURITY_POLICY, STYLE, STYLE_PATH } from './pages';

const FORM_BYTES_MAX = 1_000;
const HTML = 'text/html; charset=utf-8';

/**
 * Puts the embedded issuer under `/issuer`, by routes and never by middleware. They are the server's own and not controllers:
 * the guard of the API would take a client's credentials for a bad token, and its bodies are forms.
 */
@Injectable()
export class EmbeddedIssuerRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly provider: EmbeddedProvider,
    private readonly address: ServiceAddress,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.register((scope, _options, done) => {
      scope.addHook('onRequest', (request, _reply, next) =>
        next(this.address.isOwnHost(request.headers.host) ? undefined : new ForeignHost()),
      );
      // Bodies are left for the provider to read, which has its own limit and takes nothing but forms.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      scope.get(`${ISSUER_PATH}${STYLE_PATH}`, (_request, reply) =>
        reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(STYLE),
      );
      scope.get(`${ISSUER_PATH}/interaction/:uid`, (request, reply) => this.choose(request, reply));
      scope.post(`${ISSUER_PATH}/interaction/:uid`, (request, reply) => this.chosen(request, reply));
      scope.route({
        method: ['GET', 'POST'],
        url: `${ISSUER_PATH}/*`,
        handler: (request, reply) => this.hand(request, reply),
      });
      done();
    });
  }

  private async choose(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.header('content-security-policy', PAGE_SECURITY_POLICY).type(HTML);
    const isUnderWay = await this.provider.isUnderWay(request.raw, reply.raw);
    return isUnderWay
      ? reply.send(choicePage(request.url))
      : reply.status(400).send(failurePage('authorization request has expired'));
  }

  private async chosen(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const form = await formOf(request.raw);
    const next = await this.provider.signIn(request.raw, reply.raw, form?.get('subject') ?? '');
    if (next !== undefined) return reply.redirect(next, 303);
    return reply
      .header('content-security-policy', PAGE_SECURITY_POLICY)
      .type(HTML)
      .status(400)
      .send(failurePage('invalid_request'));
  }

  private async hand(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // Another spelling of the path is another path.
    if (!request.url.startsWith(`${ISSUER_PATH}/`)) return reply.callNotFound();
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.raw.setHeader('content-security-policy', PAGE_SECURITY_POLICY);
    await this.provider.answer(request.raw, reply.raw);
  }
}

/** The fields of a form that was sent; undefined when it is too large. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of request) {
    byteCount += (chunk as Buffer).length;
    if (byteCount > FORM_BYTES_MAX) return undefined;
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
